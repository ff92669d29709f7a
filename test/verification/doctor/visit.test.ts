// What goes wrong on the way becomes a sentence.
import t from 'tap';
import { beginVisit, getPublic } from '../../../src/verification/doctor/visit.ts';

const visitWith = (fetch: () => Promise<Response>) =>
  beginVisit({ url: 'https://a.example', now: () => new Date('2026-03-04T12:00:00Z'), fetch });

void t.test('a connection that fails is a finding that names the remedy', async (t) => {
  for (const [code, remedy] of [
    ['ENOTFOUND', /DNS/],
    ['ECONNREFUSED', /start the service/],
    ['CERT_HAS_EXPIRED', /renew/],
    ['EPIPE', /proxy/],
  ] as const) {
    const visit = visitWith(async () => {
      throw Object.assign(new TypeError('fetch failed'), { cause: Object.assign(new Error('what it was'), { code }) });
    });
    t.equal(await visit.get('x', '/y'), undefined);
    t.match(visit.findings, [{ id: 'x', status: 'bad', sentence: /a\.example\/y .*what it was/, remedy }]);
  }
  const slow = visitWith(async () => {
    throw new DOMException('late', 'TimeoutError');
  });
  await slow.get('x', '/y');
  t.match(slow.findings[0]?.sentence, /within 10 seconds/);
});

void t.test('what strangers need is JSON of a fitting type, readable elsewhere, with a word on caching', async (t) => {
  const answer = (headers: Record<string, string>, body = '{"a":1}', status = 200) =>
    visitWith(async () => new Response(body, { status, headers }));
  const types = ['application/vc'];
  const sound = { 'content-type': 'application/vc', 'access-control-allow-origin': '*', 'cache-control': 'max-age=60' };
  const good = answer(sound);
  t.same(await getPublic(good, 'x', '/y', types), { a: 1 });
  t.match(good.findings, [{ id: 'x', status: 'good' }]);
  const bare = answer({ 'content-type': 'text/html' });
  await getPublic(bare, 'x', '/y', types);
  t.match(
    bare.findings.map((one) => `${one.status} ${one.id}`),
    ['bad x', 'bad x_cors', 'odd x_cache'],
  );
  for (const visit of [answer(sound, '[]'), answer(sound, 'no'), answer(sound, '{}', 502)]) {
    t.equal(await getPublic(visit, 'x', '/y', types), undefined);
    t.match(visit.findings, [{ status: 'bad' }]);
  }
});
