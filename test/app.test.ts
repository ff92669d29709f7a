// What holds for every route.
import { Writable } from 'node:stream';
import t from 'tap';
import { buildApp, registerJobs } from '../src/app.ts';
import { openLog } from '../src/platform/logging.ts';
import { openTestService } from './platform/test-service.ts';

await t.test('every answer carries the policy of the house, and any page may read what anyone may', async (t) => {
  const service = await openTestService();
  t.teardown(() => service.close());
  const app = buildApp(service);
  t.teardown(() => app.close());
  for (const url of ['/healthz', '/nowhere', '/.well-known/did.json']) {
    const { headers } = await app.inject(url);
    t.match(headers, {
      'content-security-policy': /default-src 'none'/,
      'x-content-type-options': 'nosniff',
      'strict-transport-security': /max-age/,
      'access-control-allow-origin': '*',
    });
    t.notOk(headers['set-cookie']);
    t.notOk(headers['access-control-allow-credentials']);
  }
});

await t.test('what a browser draws says more than data does: pictures and error pages', async (t) => {
  const service = await openTestService();
  t.teardown(() => service.close());
  const app = buildApp(service);
  t.teardown(() => app.close());
  for (const [url, accept] of [
    ['/achievements/core/commons/image.svg', '*/*'],
    ['/nowhere', 'text/html'],
  ] as const) {
    const { headers } = await app.inject({ url, headers: { accept } });
    t.match(headers['content-type'], /^image|^text\/html/, url);
    t.match(headers, {
      'content-security-policy': /default-src 'none'.*style-src 'self'.*base-uri 'none'/,
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'cross-origin',
      'x-content-type-options': 'nosniff',
      'strict-transport-security': /max-age/,
    });
  }
  const { headers } = await app.inject('/nowhere');
  t.match(headers['content-security-policy'], /frame-ancestors 'none'/);
  t.notOk(headers['cross-origin-resource-policy'], 'nobody embeds JSON');
});

await t.test('the log has a line for each request, and neither addresses of badges nor queries in it', async (t) => {
  const service = await openTestService();
  t.teardown(() => service.close());
  let written = '';
  const sink = new Writable({ write: (chunk, _encoding, done) => ((written += String(chunk)), done()) });
  const app = buildApp({ ...service, log: openLog({ logLevel: 'info' }, sink) });
  t.teardown(() => app.close());
  await app.inject('/credentials/9f1d6f0e-2c53-4f0e-9d5e-0d1b3f6f8c11');
  await app.inject('/v1/learners?identifier=ada@example.edu');
  await app.inject({
    method: 'POST',
    url: '/v1/completions',
    headers: { authorization: 'Bearer abc.def.ghi' },
    payload: { email: 'ada@example.edu' },
  });
  t.match(written, /"route":"\/credentials\/:id".*"msg":"answered"/);
  t.notMatch(written, /9f1d6f0e|ada@|abc\.def/);
});

await t.test('the jobs of every room have somebody who does them', async (t) => {
  const service = await openTestService();
  t.teardown(() => service.close());
  await registerJobs(service);
  await service.jobs.start();
  t.ok(service.jobs.ready());
});

await t.test(
  'while stopping, an answer ends its connection, so that stopping does not wait for idle clients',
  async (t) => {
    const service = await openTestService();
    t.teardown(() => service.close());
    const app = buildApp(service);
    let release = (): void => {};
    const begun = new Promise<void>((resolve) => {
      app.get('/slow', async () => {
        resolve();
        await new Promise<void>((go) => (release = go));
        return 'done';
      });
    });
    // The service's own hook has run when this one does.
    const stopping = new Promise<void>((resolve) => app.addHook('preClose', async () => resolve()));
    const address = await app.listen({ port: 0, host: '127.0.0.1' });
    const answer = fetch(`${address}/slow`, { headers: { connection: 'keep-alive' } });
    await begun;
    const closed = app.close();
    await stopping;
    release();
    t.equal((await answer).headers.get('connection'), 'close');
    t.equal(await (await answer).text(), 'done');
    await closed;
  },
);
