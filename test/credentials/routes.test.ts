// What registrars and platforms read and decide about badges: one test for each answer.
import { sql } from '../../src/platform/sql.ts';
import t from 'tap';
import { markForReview } from '../../src/credentials/store.ts';
import { openTestApp } from '../platform/test-app.ts';
import { openTestService } from '../platform/test-service.ts';
import { issueCommons, readIssued } from './issued.ts';

const service = await openTestService();
const app = await openTestApp(service);
t.teardown(async () => {
  await app.close();
  await service.close();
});

const UNKNOWN = '11111111-1111-4111-8111-111111111111';
const registrar = await app.caller(['credentials:read', 'credentials:revoke']);
const stranger = await app.caller(['credentials:read', 'credentials:revoke'], ['https://canvas.example.org']);
const reader = await app.caller(['credentials:read']);
const admin = await app.caller(['admin'], []);
const ada = await issueCommons(service, 'ada', { name: 'Adda', consents: { name: true } });
service.clock.advance(2000);
const bob = await issueCommons(service, 'bob');
const revocation = { reason: 'issued_in_error', sentence: 'It was issued to somebody else.' };

await t.test('200: one credential with where it and its award are', async (t) => {
  const answer = await reader.call('GET', `/v1/credentials/${ada.id}`);
  t.equal(answer.statusCode, 200);
  t.same(answer.json(), {
    id: ada.id,
    url: `https://badges.example.org/credentials/${ada.id}`,
    achievement: 'core/commons',
    learner: ada.learnerId,
    status: 'live',
    awardedAt: '2026-03-04T12:00:00.000Z',
    validFrom: '2026-03-04T12:00:00.000Z',
    award: `https://badges.example.org/awards/${ada.awardId}`,
    visibility: 'link',
  });
});

await t.test('200: pages of credentials, each once, by cursor', async (t) => {
  const first = (await reader.call('GET', '/v1/credentials?limit=1')).json();
  const second = (await reader.call('GET', `/v1/credentials?limit=1&cursor=${first.next}`)).json();
  t.same(
    [...first.credentials, ...second.credentials].map((one: { id: string }) => one.id),
    [ada.id, bob.id],
  );
  t.equal(second.next, undefined);
  const found = async (query: string) =>
    (await reader.call('GET', `/v1/credentials?${query}`)).json().credentials.map((one: { id: string }) => one.id);
  t.same(await found(`learner=${bob.learnerId}`), [bob.id]);
  t.same(await found('achievement=core/commons&status=revoked'), []);
});

await t.test(
  'whoever’s sources did not bring the learner sees nothing: empty lists and the 404 of the unknown',
  async (t) => {
    t.same((await stranger.call('GET', '/v1/credentials')).json(), { credentials: [] });
    t.equal((await admin.call('GET', '/v1/credentials')).json().credentials.length, 2);
    const seen = async (method: 'GET' | 'POST', url: string, body?: object) => {
      const answer = await stranger.call(method, url, body);
      const { instance: _, ...problem } = answer.json();
      return { status: answer.statusCode, problem };
    };
    for (const [method, deed, body] of [
      ['GET', '', undefined],
      ['POST', '/revoke', revocation],
      ['POST', '/correct', {}],
      ['POST', '/keep', {}],
    ] as const) {
      const known = await seen(method, `/v1/credentials/${ada.id}${deed}`, body);
      t.equal(known.status, 404, deed);
      t.same(known, await seen(method, `/v1/credentials/${UNKNOWN}${deed}`, body), deed);
    }
  },
);

await t.test('401 without a token, 403 without the scope', async (t) => {
  t.equal((await app.get('/v1/credentials')).statusCode, 401);
  t.equal((await app.get(`/v1/credentials/${ada.id}`, { authorization: 'Bearer x.y.z' })).statusCode, 401);
  for (const deed of ['revoke', 'correct', 'keep'])
    t.equal((await reader.call('POST', `/v1/credentials/${ada.id}/${deed}`, revocation)).statusCode, 403, deed);
  const writer = await app.caller(['completions:write']);
  t.equal((await writer.call('GET', '/v1/credentials')).statusCode, 403);
});

await t.test('422 for what cannot be asked, naming the member', async (t) => {
  for (const [query, pointer] of [
    ['cursor=nonsense', '/cursor'],
    ['limit=0', '/limit'],
    ['status=lost', '/status'],
    ['learner=ada', '/learner'],
    ['achievement=%00', '/achievement'],
  ] as const) {
    const answer = await reader.call('GET', `/v1/credentials?${query}`);
    t.equal(answer.statusCode, 422, query);
    t.equal(answer.json().errors[0].pointer, pointer);
  }
  for (const body of [
    {},
    { ...revocation, reason: 'mood' },
    { ...revocation, sentence: '' },
    { ...revocation, more: 1 },
    { ...revocation, sentence: 'a\0b' },
    { ...revocation, sentence: 'a\ud800b' },
  ])
    t.equal((await registrar.call('POST', `/v1/credentials/${ada.id}/revoke`, body)).statusCode, 422);
});

await t.test('correct: 200 with a newer copy under the same id; 422 for a name that cannot be signed', async (t) => {
  const url = `/v1/credentials/${ada.id}/correct`;
  for (const name of ['Tom &amp; Jerry', ' ', 'a\0', '\udc00'])
    t.equal((await registrar.call('POST', url, { name })).statusCode, 422, JSON.stringify(name));
  service.clock.advance(5000);
  const answer = await registrar.call('POST', url, { name: 'Ada' });
  t.equal(answer.statusCode, 200);
  t.match(answer.json(), { id: ada.id, awardedAt: '2026-03-04T12:00:00.000Z', validFrom: '2026-03-04T12:00:07.000Z' });
  t.ok((await readIssued(service, ada.id)).json.includes('"Ada"'));
});

await t.test('keep: 200 ends a review, 409 when nobody asked for one', async (t) => {
  await service.db.transaction((tx) => markForReview(tx, [ada.id], 'a unit was withdrawn', service.now()));
  const listed = (await reader.call('GET', '/v1/credentials?status=review')).json();
  t.match(listed.credentials, [{ id: ada.id, review: { cause: 'a unit was withdrawn' } }]);
  const url = `/v1/credentials/${ada.id}/keep`;
  const kept = await registrar.call('POST', url);
  t.equal(kept.statusCode, 200);
  t.equal(kept.json().review, undefined);
  t.match((await registrar.call('POST', url)).json(), { status: 409, code: 'not_in_review' });
});

await t.test(
  'revoke: 200, 200 again for the same, 409 for another reason; a revoked badge is not corrected',
  async (t) => {
    const url = `/v1/credentials/${ada.id}`;
    const first = await registrar.call('POST', `${url}/revoke`, revocation);
    t.equal(first.statusCode, 200);
    t.match(first.json(), { status: 'revoked', revocation });
    t.same((await registrar.call('POST', `${url}/revoke`, revocation)).json(), first.json());
    const other = await registrar.call('POST', `${url}/revoke`, { ...revocation, reason: 'superseded' });
    t.match(other.json(), { status: 409, code: 'already_revoked' });
    t.match((await registrar.call('POST', `${url}/correct`, {})).json(), { status: 409, code: 'credential_revoked' });
  },
);

await t.test('correct: 410 when it was erased', async (t) => {
  await service.db.transaction((tx) =>
    tx.execute(sql`update awards set record = null where id = ${bob.awardId}::uuid`),
  );
  service.clock.advance(5000);
  t.match((await registrar.call('POST', `/v1/credentials/${bob.id}/correct`, {})).json(), { status: 410 });
});
