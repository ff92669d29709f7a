// A new client with its first secret, which is shown this once.
import { randomUUID } from 'node:crypto';
import { hashSecret, parseNewClient } from './clients.ts';
import type { Service } from './service.ts';
import { insertClient, insertSecret } from './store.ts';
import type { ClientRecord } from './store.ts';

/** A fresh secret: 256 random bits, base64url. */
export function makeSecret(service: Pick<Service, 'random'>): string {
  return service.random(32).toString('base64url');
}

/** @throws {Problem} when the description is not right */
export async function createClient(
  service: Pick<Service, 'db' | 'now' | 'random'>,
  given: unknown,
): Promise<{ client: ClientRecord; secret: string }> {
  const createdAt = service.now();
  const client = { id: randomUUID(), ...parseNewClient(given), createdAt, disabledAt: null };
  const secret = makeSecret(service);
  await service.db.transaction(async (tx) => {
    await insertClient(tx, client);
    await insertSecret(tx, client.id, hashSecret(secret), createdAt);
  });
  return { client, secret };
}
