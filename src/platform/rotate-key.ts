// The next key begins to sign, the active one retires (and stays published, since what it signed stays valid), and a
// new next key is made, so that verifiers meet it in our documents long before it signs.
import { openKeyFiles } from './key-files.ts';
import type { KeyUse, RingKey } from './key-ring.ts';
import { keyFileName, makeKey } from './make-key.ts';
import { Problem } from './problem.ts';
import type { Service } from './service.ts';
import { lockKeys, moveKey, readKeys } from './store.ts';
import type { Tx } from './database.ts';

export type KeyService = Pick<Service, 'config' | 'db' | 'keys' | 'now'>;

/** Puts the next key in place of one that stops signing, and makes another next. The caller holds the lock. */
export async function succeed(
  tx: Tx,
  service: KeyService,
  use: KeyUse,
  known: RingKey[],
): Promise<{ active: string; next: string }> {
  const { config } = service;
  const files = await openKeyFiles(config.keysDir, config.keysPassphrase);
  const at = service.now();
  const next = known.find((key) => key.use === use && key.state === 'next');
  if (next && !(await files.read(keyFileName(next)))) {
    throw new Problem(
      'key_not_here',
      409,
      `The private part of the next key ${next.kid} is not in ${files.folder}: rotate where it is.`,
    );
  }
  if (next) await moveKey(tx, next.kid, 'active', at);
  const active = next ?? (await makeKey(tx, use, 'active', { config, files, at }));
  const following = await makeKey(tx, use, 'next', { config, files, at });
  return { active: active.kid, next: following.kid };
}

/** @throws {Problem} 409 when the next key's private part is not on this machine */
export async function rotateKey(
  service: KeyService,
  use: KeyUse,
): Promise<{ use: KeyUse; retired: string | null; active: string; next: string }> {
  const rotated = await service.db.transaction(async (tx) => {
    await lockKeys(tx);
    const known = await readKeys(tx);
    const active = known.find((key) => key.use === use && key.state === 'active');
    if (active) await moveKey(tx, active.kid, 'retired', service.now());
    return { use, retired: active?.kid ?? null, ...(await succeed(tx, service, use, known)) };
  });
  await service.keys.refresh();
  return rotated;
}
