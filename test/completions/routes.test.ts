// POST /v1/completions: one test for each answer it can give.
import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { SignJWT, UnsecuredJWT } from 'jose';
import t from 'tap';
import { disableClient } from '../../src/platform/disable-client.ts';
import { openTestApp, type TestCaller } from '../platform/test-app.ts';
import { openTestService } from '../platform/test-service.ts';
import { MOODLE, record } from './submissions.ts';

const service = await openTestService();
const app = await openTestApp(service);
t.teardown(async () => {
  await app.close();
  await service.close();
});

const URL_ = '/v1/completions';
const moodle = await app.caller(['completions:write'], [MOODLE], { trustEmail: true });
const reader = await app.caller(['completions:read']);
const email = (value: string, verified = true) => ({ type: 'email' as const, value, verified });
const post = (body: object | string, caller: TestCaller = moodle) => caller.call('POST', URL_, body);

await t.test('201: recorded, with where it is read, how far the learner is and what was awarded', async (t) => {
  const answer = await post(record('commons/significance', 'ada', { id: 'a-1' }));
  t.equal(answer.statusCode, 201);
  const body = answer.json();
  t.match(body, { id: 'a-1', source: MOODLE, status: 'recorded', effect: 'recorded', unit: 'commons/significance' });
  t.equal(answer.headers.location, `/v1/completions/${body.completion}`);
  t.same(
    body.progress.find((one: { track: string }) => one.track === 'core'),
    {
      track: 'core',
      version: '1.0',
      unitsDone: 1,
      unitsRequired: 29,
      stepsDone: 0,
      stepsRequired: 12,
      complete: false,
    },
  );
  t.same(body.awarded, []);
});

await t.test('200: the same again is answered as before, with the progress of now, and counted once', async (t) => {
  const first = record('commons/opportunity', 'bob', { id: 'b-1' });
  const told = (await post(first)).json();
  await post(record('commons/physical-digital', 'bob'));
  const again = await post(first);
  t.equal(again.statusCode, 200);
  t.match(again.json(), { ...told, replayed: true, progress: [{ track: 'core', unitsDone: 2 }] });
  const reordered = Object.fromEntries(Object.entries(first).reverse());
  t.equal((await post(reordered)).statusCode, 200, 'whatever the order of its members');
});

await t.test('409: another text under the same id, whoever it is about', async (t) => {
  await post(record('commons/significance', 'eve', { id: 'taken' }));
  const answer = await post(record('commons/opportunity', 'eve', { id: 'taken' }));
  t.equal(answer.statusCode, 409);
  t.match(answer.json(), { code: 'record_id_taken', errors: [{ pointer: '/id', code: 'record_id_taken' }] });
  const other = await app.caller(['completions:write'], [MOODLE]);
  t.equal(
    (await post(record('commons/opportunity', 'eve', { id: 'taken' }), other)).statusCode,
    201,
    'ids are a client’s',
  );
});

await t.test('202: an activity that nobody mapped waits', async (t) => {
  const answer = await post(record('x', 'ada', { activity: { id: `${MOODLE}/mod/quiz/5` } }));
  t.equal(answer.statusCode, 202);
  t.match(answer.json(), {
    status: 'parked',
    effect: 'parked',
    parkedReason: 'unknown_unit',
    parked: /^[0-9a-f-]{36}$/,
  });
  t.equal(answer.headers.location, undefined);
});

await t.test('202: an e-mail alone that nobody verified waits', async (t) => {
  const learner = { identifiers: [email('new@example.edu', false)] };
  const answer = await post(record('commons/significance', 'x', { learner }));
  t.equal(answer.statusCode, 202);
  t.equal(answer.json().parkedReason, 'unverified_email');
});

await t.test('202: identifiers of two people wait, and a replay still says so', async (t) => {
  await post(record('commons/significance', 'one', { learner: { identifiers: [email('one@example.edu')] } }));
  await post(record('commons/significance', 'two', { learner: { identifiers: [email('two@example.edu')] } }));
  const learner = { identifiers: [email('One@Example.edu'), email('two@example.edu')] };
  const both = record('commons/opportunity', 'x', { learner });
  const answer = await post(both);
  t.equal(answer.statusCode, 202);
  t.equal(answer.json().parkedReason, 'identity_conflict');
  const again = await post(both);
  t.equal(again.statusCode, 200);
  t.match(again.json(), { replayed: true, status: 'parked', parkedReason: 'identity_conflict' });
});

await t.test('an older arrival is kept as stale, a withdrawal undoes, and neither is refused', async (t) => {
  const at = (day: number) => ({ occurredAt: `2026-03-0${day}T10:00:00Z` });
  t.equal((await post(record('commons/significance', 'sue', at(3)))).json().effect, 'recorded');
  t.equal((await post(record('commons/significance', 'sue', { ...at(1), type: 'failed' }))).json().effect, 'stale');
  const undone = await post(record('commons/significance', 'sue', { ...at(4), type: 'uncompleted' }));
  t.equal(undone.statusCode, 201);
  t.equal(undone.json().effect, 'undone');
});

await t.test('400: a body that is no JSON, is empty, or reaches for prototypes', async (t) => {
  for (const body of ['{"id": ', '', '{"__proto__": {"admin": true}}', '{"id":"a","constructor":{"prototype":{}}}']) {
    const answer = await moodle.call('POST', URL_, body, { 'content-type': 'application/json' });
    t.equal(answer.statusCode, 400, body);
    t.match(answer.json(), { code: 'malformed_json', detail: /JSON|empty/ });
  }
});

await t.test('413: a body beyond 256 KiB', async (t) => {
  const answer = await post({ ...record('commons/significance', 'ada'), reason: 'x'.repeat(262_144) });
  t.equal(answer.statusCode, 413);
  t.equal(answer.json().code, 'too_large');
});

await t.test('415: a media type that is none of ours', async (t) => {
  for (const type of ['text/plain', 'application/xml', 'multipart/form-data; boundary=x', 'image/png']) {
    const answer = await moodle.call('POST', URL_, '{}', { 'content-type': type });
    t.equal(answer.statusCode, 415, type);
    t.equal(answer.json().code, 'media_type');
  }
});

await t.test('405: another method, with those there are', async (t) => {
  const answer = await app.app.inject({ method: 'DELETE', url: URL_ });
  t.equal(answer.statusCode, 405);
  t.same(String(answer.headers.allow).split(', ').sort(), ['GET', 'HEAD', 'POST']);
  t.equal(answer.json().code, 'method_not_allowed');
});

interface Claims {
  client_id: string;
  exp: number;
}

await t.test('401: no token, a changed one, another key’s, another algorithm’s, one of another service', async (t) => {
  const [head, payload, signature] = moodle.token.split('.') as [string, string, string];
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Claims;
  const header = JSON.parse(Buffer.from(head, 'base64url').toString()) as { alg: string; kid: string };
  const active = createPrivateKey(service.keys.privateKey(header.kid).export({ type: 'pkcs8', format: 'pem' }));
  const sign = (more: object, key = active, alg = 'EdDSA') =>
    new SignJWT({ ...claims, ...more }).setProtectedHeader({ ...header, alg }).sign(key as never);
  const admin = Buffer.from(JSON.stringify({ ...claims, scope: 'admin' })).toString('base64url');
  const tokens = {
    changed: `${head}.${admin}.${signature}`,
    'of another key': await sign({}, generateKeyPairSync('ed25519').privateKey),
    'with HMAC over the public key': await sign({}, Buffer.from(header.kid.repeat(2)) as never, 'HS256'),
    unsigned: new UnsecuredJWT({ ...claims }).encode(),
    'of another audience': await sign({ aud: 'https://elsewhere.example/v1' }),
    'of another issuer': await sign({ iss: 'https://elsewhere.example' }),
    'that never ends': await sign({ exp: undefined }),
    'that is no token': 'x.y.z',
  };
  t.equal((await app.call('POST', URL_, record('commons/significance', 'ada'))).json().code, 'token_missing');
  for (const [name, token] of Object.entries(tokens)) {
    const headers = { authorization: `Bearer ${token}` };
    const answer = await app.call('POST', URL_, record('commons/significance', 'ada'), headers);
    t.equal(answer.statusCode, 401, name);
    t.match(answer.headers['www-authenticate'], /^Bearer error="invalid_token"/);
  }
  t.equal(
    (
      await app.call('POST', URL_, record('commons/significance', 'ada'), {
        authorization: `Bearer ${await sign({})}`,
      })
    ).statusCode,
    201,
    'signed by us, it is good',
  );
});

await t.test('401: an expired token says so, and so does one whose client was disabled', async (t) => {
  const gone = await app.caller(['completions:write']);
  await disableClient(service, gone.clientId);
  service.clock.advance(6_000);
  const disabled = await post(record('commons/significance', 'ada'), gone);
  t.equal(disabled.statusCode, 401);
  t.match(disabled.json().detail, /disabled/);
  const short = await app.caller(['completions:write']);
  service.clock.advance(service.config.accessTokenTtlMs);
  const answer = await post(record('commons/significance', 'ada'), short);
  service.clock.set('2026-03-04T12:00:06.000Z');
  t.equal(answer.statusCode, 401);
  t.match(answer.json().detail, /expired/);
});

await t.test('403: without the scope, and for a step that rests on review', async (t) => {
  const answer = await post(record('commons/significance', 'ada'), reader);
  t.equal(answer.statusCode, 403);
  t.match(answer.headers['www-authenticate'], /insufficient_scope/);
  const fee = await post(record('step/core/fee', 'ada'));
  t.equal(fee.statusCode, 403);
  t.match(fee.json(), { code: 'scope_missing', errors: [{ pointer: '/activity/unit' }] });
  const reviewer = await app.caller(['reviews:write']);
  t.equal((await post(record('step/core/fee', 'ada'), reviewer)).statusCode, 201);
});

await t.test('403: a source, or an account’s home, that is not the client’s; nothing of it is kept', async (t) => {
  const foreign = 'https://canvas.example.org';
  const answer = await post(record('commons/significance', 'ada', { source: foreign, id: 'f-1' }));
  t.equal(answer.statusCode, 403);
  t.match(answer.json(), { code: 'source_not_yours', errors: [{ pointer: '/source' }] });
  const learner = { identifiers: [{ type: 'account' as const, homePage: foreign, name: '17' }] };
  const account = await post(record('commons/significance', 'ada', { learner, id: 'f-2' }));
  t.equal(account.statusCode, 403);
  t.match(account.json(), { errors: [{ pointer: '/learner/identifiers/0/homePage' }] });
  t.equal((await post(record('commons/significance', 'ada', { id: 'f-1' }))).statusCode, 201);
});

await t.test(
  '422: every fault is named by its pointer, with what to send instead; nothing of it is kept',
  async (t) => {
    const good = record('commons/significance', 'ada', { id: 'faults' });
    const identifiers = good.learner.identifiers;
    const faults: [fault: object, pointer: string, detail: RegExp][] = [
      [{ id: 7 }, '/id', /string/],
      [{ id: '' }, '/id', /at least 1/],
      [{ type: 'finished' }, '/type', /"completed" or "passed"/],
      [{ colour: 'red' }, '/colour', /no such field/],
      [{ learner: { identifiers, colour: 'red' } }, '/learner/colour', /no such field/],
      [{ learner: { identifiers: [] } }, '/learner/identifiers', /at least one/],
      [{ learner: { identifiers: [{ type: 'email', value: 'ada' }] } }, '/learner/identifiers/0/value', /e-mail/],
      [{ learner: { identifiers, name: 'Ada &amp; Bob' } }, '/learner/name', /plain text/],
      [{ activity: {} }, '/activity', /unit/],
      [{ occurredAt: '2026-03-04T10:11:12' }, '/occurredAt', /with its zone/],
      [{ occurredAt: '2026-03-04' }, '/occurredAt', /with its zone/],
      [{ occurredAt: '2026-03-04T12:06:00Z' }, '/occurredAt', /ahead of our clock/],
      [{ occurredAt: '1969-12-31T00:00:00Z' }, '/occurredAt', /1970/],
      [{ sequence: 1.5 }, '/sequence', /whole number/],
      [{ sequence: '3' }, '/sequence', /whole number|number/],
      [{ result: { score: { scaled: 2 } } }, '/result/score/scaled', /at most 1/],
      [{ evidence: [{ url: 'javascript:alert(1)' }] }, '/evidence/0/url', /http/],
      [{ reason: 'a\0b' }, '/reason', /NUL/],
      [{ source: undefined }, '/source', /required/],
    ];
    for (const [fault, pointer, detail] of faults) {
      const answer = await post({ ...good, ...fault });
      t.equal(answer.statusCode, 422, pointer);
      t.match(answer.json().errors, [{ pointer, detail }], JSON.stringify(fault));
    }
    const several = await post({ ...good, id: 7, colour: 'red', occurredAt: 'now' });
    t.equal(several.json().errors.length, 3, 'all faults at once');
    t.equal((await post(good)).statusCode, 201);
    t.equal(
      (await post(record('commons/significance', 'ada', { occurredAt: '2026-03-04T12:04:00Z' }))).statusCode,
      201,
    );
  },
);
