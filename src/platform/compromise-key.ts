// A key that somebody else may hold: it stops signing and verifying at once, and another takes its place. What it
// signed must be signed again; the room of credentials does that, since the platform knows nothing of badges.
import type { Tx } from './database.ts';
import type { KeyUse } from './key-ring.ts';
import { openKeyFiles } from './key-files.ts';
import { makeKey } from './make-key.ts';
import { findKey } from './retire-key.ts';
import { succeed } from './rotate-key.ts';
import type { KeyService } from './rotate-key.ts';
import { lockKeys, moveKey, readKeys } from './store.ts';

export interface CompromisedKey {
  kid: string;
  use: KeyUse;
  state: 'compromised';
  /** What signs from now on, when the key was the active one. */
  active?: string;
  next?: string;
}

/** What must happen in the same transaction: a job that signs again what the key had signed. */
export type Alongside = (tx: Tx, kid: string) => Promise<void>;

/**
 * A key that is compromised already stays so, and what goes alongside happens again.
 *
 * @throws {Problem} 404 for a kid that is not in the ring
 */
export async function compromiseKey(service: KeyService, kid: string, alongside?: Alongside): Promise<CompromisedKey> {
  const marked = await service.db.transaction(async (tx): Promise<CompromisedKey> => {
    await lockKeys(tx);
    const known = await readKeys(tx);
    const key = findKey(known, kid);
    const told = { kid, use: key.use, state: 'compromised' as const };
    if (key.use !== 'access-token') await alongside?.(tx, kid);
    if (key.state === 'compromised') return told;
    await moveKey(tx, kid, 'compromised', service.now());
    // A did:key is its key: nothing can take its place.
    if (key.use === 'did-key') return told;
    if (key.state === 'active') return { ...told, ...(await succeed(tx, service, key.use, known)) };
    if (key.state === 'retired') return told;
    const files = await openKeyFiles(service.config.keysDir, service.config.keysPassphrase);
    const next = await makeKey(tx, key.use, 'next', { config: service.config, files, at: service.now() });
    return { ...told, next: next.kid };
  });
  await service.keys.refresh();
  return marked;
}
