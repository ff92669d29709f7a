// Numbers for operators.
import Fastify from 'fastify';
import t from 'tap';
import { installMetrics, showsToken } from '../../src/platform/metrics.ts';
import { openTestService } from './test-service.ts';

await t.test('requests are counted by pattern and status, never by address; jobs by queue', async (t) => {
  const service = await openTestService();
  t.teardown(() => service.close());
  const app = Fastify();
  const registry = installMetrics(app, service);
  app.get('/credentials/:id', async () => 'x');
  await app.inject('/credentials/9f1d6f0e');
  await app.inject('/nowhere/ada@example.edu');
  const text = await registry.metrics();
  t.match(text, /route="\/credentials\/:id",status="200"\} 1/);
  t.notMatch(text, /9f1d6f0e|ada@/);
  t.match(text, /cairn_jobs\{queue="credentials-issued",state="waiting"\} 0/);
  await app.close();
});

await t.test('a token is shown whole, by Bearer in any case, or not at all', (t) => {
  const token = '0123456789abcdef';
  for (const good of [`Bearer ${token}`, `bearer  ${token}`, `BEARER ${token} `])
    t.equal(showsToken(good, token), true);
  for (const bad of [
    undefined,
    '',
    'Bearer',
    token,
    `Basic ${token}`,
    `Bearer ${token}0`,
    'Bearer 0123',
    `Bearer ${token} x`,
  ])
    t.equal(showsToken(bad, token), false, String(bad));
  t.end();
});
