// How often one may ask.
import t from 'tap';
import { askToken, buildPlatformApp, makeCaller } from './platform-app.ts';
import { onEachDatabase, openTestService } from './test-service.ts';

const limits = { rateLimits: { clientPerMinute: 4, addressPerMinute: 3, tokenPerMinute: 5 } };

await onEachDatabase(
  t,
  'clients are limited each for itself, and told when to come again',
  async (t, service) => {
    const app = buildPlatformApp(service);
    t.teardown(() => app.close());
    app.get('/x', async () => 'ok');
    const [one, two] = [await makeCaller(app, service, ['admin']), await makeCaller(app, service, ['admin'])];
    const call = async (token: string): Promise<number> =>
      (await app.inject({ url: '/x', headers: { authorization: `Bearer ${token}` } })).statusCode;
    const answers: number[] = [];
    for (let i = 0; i < 6; i++) answers.push(await call(one.token));
    t.same(answers, [200, 200, 200, 200, 429, 429]);
    t.equal(await call(two.token), 200);
    const refused = await app.inject({ url: '/x', headers: { authorization: `Bearer ${one.token}` } });
    t.match(refused.json(), { code: 'too_many_requests', status: 429 });
    t.ok(Number(refused.headers['retry-after']) > 0);
    service.clock.advance(60_000);
    t.equal(await call(one.token), 200);
  },
  limits,
);

await t.test('guessing at secrets and at tokens is limited by address; plain documents are not', async (t) => {
  const service = await openTestService('pglite', limits);
  t.teardown(() => service.close());
  const app = buildPlatformApp(service);
  t.teardown(() => app.close());
  app.get('/document', async () => 'ok');
  app.get('/dear', { config: { limitBy: 'address' } }, async () => 'ok');
  const statuses = async (times: number, ask: () => Promise<{ statusCode: number }>): Promise<number[]> => {
    const found: number[] = [];
    for (let i = 0; i < times; i++) found.push((await ask()).statusCode);
    return found;
  };
  t.same(await statuses(6, () => askToken(app, undefined)), [401, 401, 401, 401, 401, 429]);
  t.same(await statuses(8, () => app.inject('/document')), Array(8).fill(200));
  t.same(await statuses(4, () => app.inject('/dear')), [200, 200, 200, 429]);
  t.same(
    (
      await statuses(4, () =>
        app.inject({ url: '/document', headers: { authorization: 'Bearer x', 'x-forwarded-for': '9.9.9.9' } }),
      )
    ).at(-1),
    429,
  );
});

await t.test('a limit of 0 is none', async (t) => {
  const service = await openTestService('pglite', {
    rateLimits: { clientPerMinute: 0, addressPerMinute: 0, tokenPerMinute: 0 },
  });
  t.teardown(() => service.close());
  const app = buildPlatformApp(service);
  t.teardown(() => app.close());
  for (let i = 0; i < 20; i++) t.equal((await askToken(app, undefined)).statusCode, 401);
});

await onEachDatabase(
  t,
  'replicas hold to one limit together',
  async (t, service) => {
    if (service.db.kind === 'pglite') return t.pass('one process alone');
    const replica = await service.openReplica();
    t.teardown(() => replica.close());
    const apps = [buildPlatformApp(service), buildPlatformApp(replica)];
    for (const app of apps) {
      t.teardown(() => app.close());
      app.get('/x', async () => 'ok');
    }
    const { token } = await makeCaller(apps[0]!, service, ['admin']);
    const answers: number[] = [];
    for (let i = 0; i < 12; i++) {
      answers.push(
        (await apps[i % 2]!.inject({ url: '/x', headers: { authorization: `Bearer ${token}` } })).statusCode,
      );
    }
    t.equal(answers.filter((status) => status === 200).length, 4);
  },
  limits,
);
