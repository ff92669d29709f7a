// POST /v1/verify takes a badge in every form it travels in, and answers with a report.
import t from 'tap';
import { bakeSvg } from '../../src/openbadges/baking/svg.ts';
import { knownRecipient } from '../../src/verification/routes.ts';
import { badge, key, sign } from '../openbadges/signed-badges.ts';
import { controllerOf } from '../openbadges/test-keys.ts';
import { verificationApp } from './test-app.ts';

const did = `did:key:${key.multibase}`;
const good = await sign(badge({ issuer: { id: did, type: ['Profile'], name: 'x' } }));
const text = JSON.stringify(good);

void t.test('the badge as it is, by its own media type', async (t) => {
  const app = verificationApp(t);
  for (const type of [
    'application/vc',
    'application/vc+ld+json',
    'application/ld+json',
    'application/json',
    'text/plain',
  ]) {
    const answer = await app.inject({
      method: 'POST',
      url: '/v1/verify',
      headers: { 'content-type': type },
      payload: text,
    });
    t.equal(answer.statusCode, 200, type);
    t.match(answer.json(), { outcome: 'valid', issuer: { id: did }, credential: { name: 'Bread baking' } });
    t.equal(answer.headers['cache-control'], 'no-store');
  }
  const svg = bakeSvg('<svg xmlns="http://www.w3.org/2000/svg"></svg>', text);
  const baked = await app.inject({
    method: 'POST',
    url: '/v1/verify',
    headers: { 'content-type': 'image/svg+xml' },
    payload: svg,
  });
  t.match(baked.json(), { outcome: 'valid', checks: [{ id: 'format', details: { carrier: 'svg' } }] });
});

void t.test('JSON with input, recipient and instant', async (t) => {
  const app = verificationApp(t);
  const ask = async (payload: object) => (await app.inject({ method: 'POST', url: '/v1/verify', payload })).json();
  t.match(await ask({ input: text }), { outcome: 'valid' });
  t.match(await ask({ input: good }), { outcome: 'valid' });
  t.match(await ask({ input: good, at: '2020-01-01T00:00:00Z' }), {
    outcome: 'invalid',
    checkedAt: '2020-01-01T00:00:00.000Z',
  });
  const report = await ask({ input: good, recipient: { id: 'urn:other' } });
  t.match(
    report.checks.find((one: { id: string }) => one.id === 'recipient'),
    { status: 'fail' },
  );
  t.match(await ask({ input: 'hello' }), { outcome: 'invalid', checks: [{ code: 'not_recognised' }] });
  t.match(await ask({ input: 'https://127.0.0.1/badge' }), {
    outcome: 'invalid',
    checks: [{ code: 'submission_refused' }],
  });
});

void t.test('a bad request is an error with its place', async (t) => {
  const app = verificationApp(t);
  const status = async (payload: unknown, type = 'application/json') =>
    (
      await app.inject({
        method: 'POST',
        url: '/v1/verify',
        headers: { 'content-type': type },
        payload: payload as string,
      })
    ).statusCode;
  t.equal(await status('{'), 400);
  t.equal(await status('{"input":"x","extra":1}'), 422);
  t.equal(await status('{"input":"x","at":"yesterday"}'), 422);
  t.equal(await status('{"input":"x","recipient":{}}'), 422, 'a comparison with nobody is not left out silently');
  const other = await app.inject({
    method: 'POST',
    url: '/v1/verify',
    headers: { 'content-type': 'application/zip' },
    payload: 'x',
  });
  t.match(other.json(), { status: 415, code: 'media_type', detail: /application\/json with `input`.*image\/png/ });
  t.equal(await status('%PDF-1.7', 'application/pdf'), 200, 'a PDF is a badge’s file, and this one an answer');
  t.equal(await status(text, 'application/octet-stream'), 200, 'what a file is its bytes tell');
});

void t.test('our own DID document is read inside', async (t) => {
  const own = 'did:web:badges.example.org';
  const app = verificationApp(t, (app) => void app.get('/.well-known/did.json', async () => controllerOf(own, key)));
  const answer = await app.inject({
    method: 'POST',
    url: '/v1/verify',
    payload: { input: await sign(badge({ issuer: own })) },
  });
  t.match(answer.json(), {
    outcome: 'valid',
    checks: [{}, {}, {}, { status: 'pass' }, { code: 'issuer_is_this_service' }],
  });
});

void t.test('a recipient is an e-mail or an id', async (t) => {
  t.strictSame(knownRecipient('did:x:1'), { id: 'did:x:1', identities: [] });
  t.match(knownRecipient({ email: 'a@b.c' }), {
    id: 'mailto:a@b.c',
    identities: [{ identityType: 'emailAddress', identifier: 'a@b.c' }],
  });
  t.equal(knownRecipient(undefined), undefined);
});

void t.test('a document that can be read in two ways is not good, however it was posted', async (t) => {
  const app = verificationApp(t);
  const twice = text.replace('"name":"Bread baking"', '"name":"Law","name":"Bread baking"');
  t.not(twice, text);
  const ask = async (payload: string) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await app.inject({ method: 'POST', url: '/v1/verify', headers, payload });
    t.equal(answer.statusCode, 200, answer.body);
    return answer.json();
  };
  const repeated = { outcome: 'invalid', checks: [{ id: 'format', code: 'repeated_member' }] };
  t.match(await ask(twice), repeated, 'as it is');
  t.match(await ask(JSON.stringify({ input: twice })), repeated, 'as a text');
  t.match(await ask(`{"input":${twice}}`), repeated, 'as an object');
  t.match(await ask(text.replace('{', '{"__proto__":{},')), { checks: [{ code: 'forbidden_member' }] });
  t.match(await ask(`{"input":${text}}`), { outcome: 'valid' });
});

void t.test('no nesting is a failure of ours', async (t) => {
  const app = verificationApp(t);
  const deep = `{"@context":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
  for (const payload of [deep, `{"input":${deep}}`, JSON.stringify({ input: deep })]) {
    const headers = { 'content-type': 'application/json' };
    const answer = await app.inject({ method: 'POST', url: '/v1/verify', headers, payload });
    t.match(answer.json(), { outcome: 'invalid', checks: [{ code: 'too_deep' }] });
  }
});
