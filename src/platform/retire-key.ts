// A key that shall not sign in future although nothing is wrong with it: a next key that is given up for another.
import type { RingKey } from './key-ring.ts';
import { Problem } from './problem.ts';
import { openKeyFiles } from './key-files.ts';
import { makeKey } from './make-key.ts';
import type { KeyService } from './rotate-key.ts';
import { lockKeys, moveKey, readKeys } from './store.ts';

/** A key of the ring by its kid. @throws {Problem} 404 */
export function findKey(known: RingKey[], kid: string): RingKey {
  const found = known.find((key) => key.kid === kid);
  if (!found) throw new Problem('key_unknown', 404, 'There is no key with this kid: see "cairn keys list".');
  return found;
}

/** Retired already: nothing happens. @throws {Problem} 409 for the active key, which is rotated, and a compromised one */
export async function retireKey(
  service: KeyService,
  kid: string,
): Promise<{ kid: string; state: 'retired'; next?: string }> {
  const retired = await service.db.transaction(async (tx) => {
    await lockKeys(tx);
    const key = findKey(await readKeys(tx), kid);
    if (key.use === 'did-key')
      throw new Problem(
        'key_of_an_issuer',
        409,
        'This key is a did:key issuer: its status lists must be signed as long as its credentials are used.',
      );
    if (key.state === 'active')
      throw new Problem('key_active', 409, `This key signs now: use "cairn keys rotate ${key.use}".`);
    if (key.state === 'compromised') throw new Problem('key_compromised', 409, 'A compromised key stays so.');
    if (key.state === 'retired') return { kid, state: 'retired' as const };
    await moveKey(tx, kid, 'retired', service.now());
    const files = await openKeyFiles(service.config.keysDir, service.config.keysPassphrase);
    const next = await makeKey(tx, key.use, 'next', { config: service.config, files, at: service.now() });
    return { kid, state: 'retired' as const, next: next.kid };
  });
  await service.keys.refresh();
  return retired;
}
