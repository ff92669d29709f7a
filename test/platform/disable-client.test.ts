// Clients that may not call any more.
import t from 'tap';
import { createClient } from '../../src/platform/create-client.ts';
import { disableClient } from '../../src/platform/disable-client.ts';
import { findClient, readClients } from '../../src/platform/store.ts';
import { askToken, basic, buildPlatformApp, makeCaller } from './platform-app.ts';
import { allow } from '../../src/platform/callers.ts';
import { onEachDatabase } from './test-service.ts';

await onEachDatabase(
  t,
  'a disabled client loses its secrets at once and its tokens within seconds',
  async (t, service) => {
    const app = buildPlatformApp(service);
    t.teardown(() => app.close());
    app.get('/mine', { onRequest: allow() }, async () => 'ok');
    const { id, secret, token } = await makeCaller(app, service, ['completions:read']);
    const call = async (): Promise<number> =>
      (await app.inject({ url: '/mine', headers: { authorization: `Bearer ${token}` } })).statusCode;
    t.equal(await call(), 200);
    await disableClient(service, id);
    t.equal((await askToken(app, basic(id, secret))).statusCode, 401);
    service.clock.advance(5_000);
    t.equal(await call(), 401);
  },
);

await onEachDatabase(t, 'disabling again changes nothing; an unknown client is told', async (t, service) => {
  const { client } = await createClient(service, { name: 'LMS', sources: [], scopes: ['admin'] });
  await disableClient(service, client.id);
  const before = await readClients(service.db.read);
  service.clock.advance(1000);
  await disableClient(service, client.id);
  t.same(await readClients(service.db.read), before);
  t.equal(await findClient(service.db.read, client.id), undefined);
  await t.rejects(disableClient(service, 'nobody'), { code: 'client_unknown' });
});
