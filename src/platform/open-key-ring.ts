// The keys at start: made when there are none, under a database lock so that replicas starting at once make one set,
// and refused when this replica lacks the private part of a key that signs.
import type { Config } from './config.ts';
import type { Database } from './database.ts';
import { belongsTo, KeyFileError, openKeyFiles } from './key-files.ts';
import type { KeyFiles } from './key-files.ts';
import { KEY_USES, makeKeyRing } from './key-ring.ts';
import type { KeyRing, KeyUse } from './key-ring.ts';
import type { Logger } from './logging.ts';
import { keyFileName, makeKey } from './make-key.ts';
import { lockKeys, readKeys } from './store.ts';

/** A signing key whose private part is not in KEYS_DIR. */
export class MissingPrivateKeyError extends Error {
  constructor(missing: string[], folder: string) {
    super(
      `The private part of ${missing.join(' and ')} is not in ${folder}. Every replica needs the same keys: ` +
        'copy the folder from a replica that has them, or restore it from your backup.',
    );
    this.name = 'MissingPrivateKeyError';
  }
}

/** Makes an active and a next key for each use that has none; answers with those uses. */
async function makeMissing(config: Config, db: Database, files: KeyFiles, at: Date): Promise<KeyUse[]> {
  return await db.transaction(async (tx) => {
    await lockKeys(tx);
    const known = await readKeys(tx);
    const tools = { config, files, at };
    const fresh = KEY_USES.filter((use) => !known.some((key) => key.use === use && key.state === 'active'));
    for (const use of fresh) {
      await makeKey(tx, use, 'active', tools);
      if (!known.some((key) => key.use === use && key.state === 'next')) await makeKey(tx, use, 'next', tools);
    }
    return fresh;
  });
}

/** What whoever runs the service has to know of its keys. @throws {MissingPrivateKeyError} */
function tellOfKeys(ring: KeyRing, { folder }: KeyFiles, log: Logger): void {
  const lacking = KEY_USES.map((use) => ring.active(use)).filter((key) => !holds(ring, key.kid));
  if (lacking.length > 0) {
    throw new MissingPrivateKeyError(
      lacking.map((key) => `the active ${key.use} key ${key.kid}`),
      folder,
    );
  }
  const waiting = KEY_USES.flatMap((use) => ring.keys(use)).filter(
    (key) => key.state === 'next' && !holds(ring, key.kid),
  );
  for (const { kid, use } of waiting)
    log.warn({ kid, use, folder }, 'the private part of the next key is not here: copy it before rotating');
}

/**
 * Opens the ring, making an active and a next key for each use that has none.
 *
 * @throws {MissingPrivateKeyError} naming every active key whose private part is not held
 */
export async function openKeyRing(config: Config, db: Database, log: Logger, now: () => Date): Promise<KeyRing> {
  const files = await openKeyFiles(config.keysDir, config.keysPassphrase);
  const made = await makeMissing(config, db, files, now());
  const ring = await makeKeyRing({
    read: () => readKeys(db.read),
    async loadPrivate(key) {
      const found = await files.read(keyFileName(key));
      if (found && !belongsTo(found, key.publicJwk)) {
        throw new KeyFileError(
          `The file ${keyFileName(key)} in ${files.folder} holds another key than its name says: restore it from your backup.`,
        );
      }
      return found;
    },
  });
  // A retired key is not read any more, and what is signed with it is believed all the same.
  const all = [...KEY_USES, 'did-key' as const].flatMap((use) => ring.keys(use));
  for (const key of all) await files.seal(keyFileName(key));
  if (made.length > 0) {
    log.warn(
      { folder: files.folder, uses: made, encrypted: config.keysPassphrase !== undefined },
      `NEW KEYS were made in ${files.folder}. Back that folder up now: badges can never again be signed as this issuer ` +
        'without it. It must not be committed or shared.',
    );
  }
  tellOfKeys(ring, files, log);
  return ring;
}

function holds(ring: KeyRing, kid: string): boolean {
  try {
    ring.privateKey(kid);
    return true;
  } catch {
    return false;
  }
}
