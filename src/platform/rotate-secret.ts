// A second secret beside the first, so that a platform changes over without a gap; the one before the last stops.
import { hashSecret } from './clients.ts';
import { makeSecret } from './create-client.ts';
import { Problem } from './problem.ts';
import type { Service } from './service.ts';
import { deleteSecrets, insertSecret, lockClient, readSecretHashes } from './store.ts';

const livingSecrets = 2;

/** @throws {Problem} 404 for a client that is not there, 409 for one that was disabled */
export async function rotateSecret(
  service: Pick<Service, 'db' | 'now' | 'random'>,
  clientId: string,
): Promise<{ secret: string; living: number }> {
  const secret = makeSecret(service);
  return await service.db.transaction(async (tx) => {
    const client = await lockClient(tx, clientId);
    if (!client) throw new Problem('client_unknown', 404, 'There is no client with this id: see "cairn clients list".');
    if (client.disabledAt) throw new Problem('client_disabled', 409, 'This client was disabled: create another one.');
    const before = await readSecretHashes(tx, clientId);
    await deleteSecrets(tx, before.slice(livingSecrets - 1));
    await insertSecret(tx, clientId, hashSecret(secret), service.now());
    return { secret, living: Math.min(before.length + 1, livingSecrets) };
  });
}
