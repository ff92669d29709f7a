// New clients.
import { sql } from '../../src/platform/sql.ts';
import t from 'tap';
import { createClient, makeSecret } from '../../src/platform/create-client.ts';
import { rows } from '../../src/platform/database.ts';
import { readClients } from '../../src/platform/store.ts';
import { onEachDatabase } from './test-service.ts';

await onEachDatabase(t, 'a secret of 256 bits is shown once and stored only as its hash', async (t, service) => {
  const { client, secret } = await createClient(service, {
    name: 'LMS',
    sources: ['https://lms.example'],
    scopes: ['completions:write'],
  });
  t.equal(Buffer.from(secret, 'base64url').length, 32);
  t.not(makeSecret(service), makeSecret(service));
  const stored = JSON.stringify(await rows(service.db.read, sql`select * from client_secrets, clients`));
  t.notMatch(stored, secret);
  t.match(await readClients(service.db.read), [{ id: client.id, secrets: 1, sources: ['https://lms.example'] }]);
});

await onEachDatabase(t, 'a wrong description stores nothing', async (t, service) => {
  await t.rejects(createClient(service, { name: 'LMS', sources: [], scopes: [] }), { code: 'client_invalid' });
  t.same(await readClients(service.db.read), []);
});
