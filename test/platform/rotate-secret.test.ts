// Secrets change over without a gap.
import t from 'tap';
import { hashSecret } from '../../src/platform/clients.ts';
import { createClient } from '../../src/platform/create-client.ts';
import { disableClient } from '../../src/platform/disable-client.ts';
import { rotateSecret } from '../../src/platform/rotate-secret.ts';
import { readSecretHashes } from '../../src/platform/store.ts';
import { onEachDatabase } from './test-service.ts';

const description = { name: 'LMS', sources: [], scopes: ['completions:write'] };

await onEachDatabase(t, 'two secrets live; a third ends the first', async (t, service) => {
  const { client, secret: first } = await createClient(service, description);
  const living = (): Promise<string[]> => readSecretHashes(service.db.read, client.id);
  service.clock.advance(1000);
  const second = await rotateSecret(service, client.id);
  t.same(await living(), [second.secret, first].map(hashSecret));
  service.clock.advance(1000);
  const third = await rotateSecret(service, client.id);
  t.same(await living(), [third.secret, second.secret].map(hashSecret));
  t.equal(third.living, 2);
});

await onEachDatabase(t, 'rotations at the same time leave two secrets', async (t, service) => {
  const { client } = await createClient(service, description);
  await Promise.all([1, 2, 3, 4].map(() => rotateSecret(service, client.id)));
  t.equal((await readSecretHashes(service.db.read, client.id)).length, 2);
});

await onEachDatabase(t, 'an unknown client has no secrets, a disabled one gets none', async (t, service) => {
  await t.rejects(rotateSecret(service, 'nobody'), { code: 'client_unknown' });
  const { client } = await createClient(service, description);
  await disableClient(service, client.id);
  await t.rejects(rotateSecret(service, client.id), { code: 'client_disabled' });
});
