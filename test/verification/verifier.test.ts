// The way to a verification: the thread is given the time and who we are, and its questions are answered by our routes.
import Fastify from 'fastify';
import t from 'tap';
import type { Ask } from '../../src/platform/worker-thread.ts';
import { makeVerifier } from '../../src/verification/verifier.ts';

await t.test('each kind by its task; own documents by our routes', async (t) => {
  const app = Fastify();
  t.teardown(() => app.close());
  app.get('/issuer', async () => ({ id: 'us' }));
  const runs: [string, Record<string, unknown>][] = [];
  const now = new Date('2026-03-04T00:00:00Z');
  const workers = {
    async run(name: string, given: Record<string, unknown>, ask: Ask) {
      runs.push([name, given]);
      return await ask({ url: 'https://badges.example.org/issuer', accept: '*/*' });
    },
  };
  const service = { config: { publicUrl: 'https://badges.example.org' }, workers, now: () => now } as never;
  const verifier = makeVerifier(app, service);
  t.match(await verifier.submission({ input: 'x', at: undefined, recipient: undefined }), { body: '{"id":"us"}' });
  await verifier.written({ input: 'y', at: undefined, recipient: undefined });
  await verifier.credential({ credential: { a: 1 }, proof: undefined });
  await verifier.presentation({ presentation: { b: 2 }, jwt: undefined, challenge: 'c', domain: undefined });
  const given = { publicUrl: 'https://badges.example.org', now, ownIssuers: ['did:web:badges.example.org'] };
  t.match(runs, [
    ['verify-submission', { ...given, input: 'x' }],
    ['write-report', { ...given, input: 'y' }],
    ['verify-credential', { ...given, credential: { a: 1 } }],
    ['verify-presentation', { ...given, presentation: { b: 2 }, challenge: 'c' }],
  ]);
});
