// The public URL is written down at the first start and held to ever after: it stands in every badge as the issuer's
// name (did:web) and in every link, so a service that starts under another one would break them all in silence.
import type { Config } from './config.ts';
import type { Database } from './database.ts';
import type { Logger } from './logging.ts';
import { insertSetting, readSetting, replaceSetting } from './store.ts';

const name = 'public_url';

/** PUBLIC_URL is not what this database was begun with. */
export class PublicUrlChangedError extends Error {
  constructor(stored: string, given: string) {
    super(
      `This database belongs to ${stored}, and PUBLIC_URL says ${given}. Every badge issued so far names the former as ` +
        `its issuer. Set PUBLIC_URL=${stored}, or, if those badges may stop verifying, start once with ` +
        'ALLOW_PUBLIC_URL_CHANGE=yes.',
    );
    this.name = 'PublicUrlChangedError';
  }
}

/** @throws {PublicUrlChangedError} unless the settings allow the change, which is then stored and loudly logged */
export async function fixPublicUrl(config: Config, db: Database, log: Logger, now: Date): Promise<void> {
  const stored = await readSetting(db.read, name);
  if (stored === config.publicUrl) return;
  await db.transaction(async (tx) => {
    await insertSetting(tx, name, config.publicUrl, now);
    const held = (await readSetting(tx, name)) ?? config.publicUrl;
    if (held === config.publicUrl) return;
    if (!config.allowPublicUrlChange) throw new PublicUrlChangedError(held, config.publicUrl);
    await replaceSetting(tx, name, config.publicUrl, now);
    log.warn(
      { from: held, to: config.publicUrl },
      'PUBLIC_URL was changed: badges issued before name the former issuer',
    );
  });
}
