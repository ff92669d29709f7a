// One test for each answer about endorsements.
import { randomUUID } from 'node:crypto';
import t from 'tap';
import { openTestApp } from '../platform/test-app.ts';
import { openTestService } from '../platform/test-service.ts';

const service = await openTestService();
t.teardown(() => service.close());
const app = await openTestApp(service);
t.teardown(() => app.close());
const admin = await app.caller(['admin']);
const order = { subject: 'did:web:partner.example', name: 'Accredited', comment: 'Delivers the sessions well.' };

void t.test('201 and then there for anybody, in the form that is asked for', async (t) => {
  const made = await admin.call('POST', '/v1/endorsements', { ...order, validUntil: '2028-01-01T00:00:00Z' });
  t.equal(made.statusCode, 201);
  const { id, url } = made.json<{ id: string; url: string }>();
  t.equal(made.headers.location, url);
  t.match(made.json(), {
    status: 'live',
    subject: order.subject,
    url: `https://badges.example.org/endorsements/${id}`,
  });
  const json = await app.get(`/endorsements/${id}`);
  t.match(json.json(), { id: url, validUntil: '2028-01-01T00:00:00Z', credentialSubject: { id: order.subject } });
  const forms = [
    ['application/vc', 'application/vc', json.body],
    ['application/ld+json', 'application/ld+json', json.body],
    ['application/vc+jwt', 'application/vc+jwt', undefined],
    ['text/plain', 'text/plain; charset=utf-8', undefined],
    ['image/png', 'application/json', json.body],
  ] as const;
  for (const [accept, type, body] of forms) {
    const answer = await app.get(`/endorsements/${id}`, { accept });
    t.equal(answer.headers['content-type'], type);
    if (body === undefined) t.match(answer.body, /^[\w-]+\.[\w-]+\.[\w-]+$/);
    else t.equal(answer.body, body, 'the same bytes');
  }
  t.equal((await app.get(`/endorsements/${id}.json`)).body, json.body);
  t.match((await app.get(`/endorsements/${id}.jwt`)).headers, { 'content-type': 'application/vc+jwt' });
  const again = await app.get(`/endorsements/${id}`, { 'if-none-match': String(json.headers.etag) });
  t.equal(again.statusCode, 304);
});

void t.test('200 when it is revoked', async (t) => {
  const { id } = (await admin.call('POST', '/v1/endorsements', order)).json<{ id: string }>();
  const answer = await admin.call('POST', `/v1/endorsements/${id}/revoke`);
  t.match(answer.json(), { id, status: 'revoked', revokedAt: /^2026/ });
});

void t.test('401 and 403 for whoever is no administrator', async (t) => {
  t.equal((await app.call('POST', '/v1/endorsements', order)).statusCode, 401);
  const other = await app.caller(['vc:issue', 'credentials:revoke']);
  t.equal((await other.call('POST', '/v1/endorsements', order)).statusCode, 403);
  t.equal((await other.call('POST', `/v1/endorsements/${randomUUID()}/revoke`)).statusCode, 403);
});

void t.test('422 with the field and the remedy', async (t) => {
  for (const [change, pointer] of [
    [{ subject: 'partner' }, '/subject'],
    [{ name: ' ' }, '/name'],
    [{ comment: undefined }, '/comment'],
    [{ validUntil: '2028' }, '/validUntil'],
    [{ more: 1 }, '/more'],
  ] as const)
    t.match((await admin.call('POST', '/v1/endorsements', { ...order, ...change })).json(), {
      status: 422,
      errors: [{ pointer }],
    });
  const rewritten = await admin.call('POST', '/v1/endorsements', { ...order, comment: 'R&amp;D' });
  t.match(rewritten.json(), { status: 422, code: 'endorsement_malformed' });
});

void t.test('404 for what was never issued', async (t) => {
  for (const url of [`/endorsements/${randomUUID()}`, '/endorsements/nonsense', '/endorsements/x.jwt'])
    t.match((await app.get(url)).json(), { status: 404 });
  t.equal((await admin.call('POST', `/v1/endorsements/${randomUUID()}/revoke`)).statusCode, 404);
});
