// The journey of an earner, whole and over HTTP alone: a client is made, completions come out of order and twice, a
// badge is awarded, strangers fetch it in every form and verify it with code that is not ours, it is revoked, and awarded
// anew. What a stranger sees is fetched from the service as a stranger would.
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import * as vc from '@digitalbazaar/vc';
import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { importJWK, jwtVerify, type JWK } from 'jose';
import t from 'tap';
import { unbakePng } from '../src/openbadges/baking/png.ts';
import { unbakeSvg } from '../src/openbadges/baking/svg.ts';
import { loadDocument } from '../src/openbadges/contexts.ts';
import { COMMONS, MOODLE, record } from './completions/submissions.ts';
import { openTestApp, type TestApp } from './platform/test-app.ts';
import { onEachDatabase, type TestService } from './platform/test-service.ts';

const PUBLIC_URL = 'https://badges.example.org';
const pathOf = (url: string) => url.replace(PUBLIC_URL, '');

interface Badge {
  id: string;
  validFrom: string;
  credentialSubject: { id: string; achievement: { id: string }; identifier: { salt: string; identityHash: string }[] };
  credentialStatus: { statusListIndex: string; statusListCredential: string };
  relatedResource: { id: string; digestMultibase: string }[];
}

/** What @digitalbazaar/vc says of a credential, by the documents that the service serves. */
async function strangerVerifies(app: TestApp, service: TestService, credential: object): Promise<boolean> {
  const did = (await app.get('/.well-known/did.json')).json<{ id: string; verificationMethod: { id: string }[] }>();
  const documentLoader = async (url: string) => {
    const method = did.verificationMethod.find((one) => one.id === url);
    const found = url === did.id ? did : method && { '@context': 'https://w3id.org/security/multikey/v1', ...method };
    return found ? { contextUrl: null, documentUrl: url, document: found } : loadDocument(url);
  };
  const suite = new DataIntegrityProof({ cryptosuite });
  const checkStatus = async () => ({ verified: true });
  const options = { credential: structuredClone(credential), suite, documentLoader, now: service.now(), checkStatus };
  return ((await vc.verifyCredential(options)) as { verified: boolean }).verified;
}

/** Whether a badge's bit is set in the list that the service serves, read as the Recommendation has it. */
async function bitOf(app: TestApp, badge: Badge): Promise<number> {
  const answer = await app.get(pathOf(badge.credentialStatus.statusListCredential));
  const { encodedList } = answer.json<{ credentialSubject: { encodedList: string } }>().credentialSubject;
  const bits = gunzipSync(Buffer.from(encodedList.slice(1), 'base64url'));
  const index = Number(badge.credentialStatus.statusListIndex);
  return (bits[index >> 3]! >> (7 - (index & 7))) & 1;
}

await onEachDatabase(t, 'the journey of an earner', async (t, service) => {
  const app = await openTestApp(service);
  t.teardown(() => app.close());
  const scopes = ['completions:write', 'completions:read', 'credentials:read', 'credentials:revoke'];
  const moodle = await app.caller(scopes, [MOODLE], { trustEmail: true, mayStateConsents: true });
  const post = async (sent: object) => (await moodle.call('POST', '/v1/completions', sent)).json();
  const verify = async (input: object | string, headers = {}) => {
    const report = (await app.call('POST', '/v1/verify', input, headers)).json();
    return {
      outcome: report.outcome as string,
      failed: report.checks.filter((one: { status: string }) => one.status === 'fail'),
    };
  };
  const ada = {
    name: 'Ada Example',
    identifiers: [
      { type: 'account' as const, homePage: MOODLE, name: '17' },
      { type: 'email' as const, value: 'Ada@Example.edu', verified: true },
    ],
  };
  const sent = COMMONS.map((unit, n) =>
    record(unit, '', { learner: ada, occurredAt: `2026-03-0${3 - (n % 3)}T09:00:00Z` }),
  );
  let url = '';
  let badge!: Badge;

  await t.test('completions out of order and twice: awarded once, with the last that was missing', async (t) => {
    const order = [4, 2, 2, 0, 4, 3, 0].map((n) => sent[n]!);
    for (const one of order) t.same((await post(one)).awarded, []);
    const last = await post(sent[1]!);
    t.match(last.awarded, [{ achievement: 'core/commons' }]);
    url = last.awarded[0].credential;
    t.same((await post(sent[1]!)).awarded, last.awarded, 'a retry is told of the same badge');
    const { credentials } = (await moodle.call('GET', `/v1/credentials?learner=${last.learner}`)).json();
    t.same(
      credentials.map((one: { url: string; status: string }) => [one.url, one.status]),
      [[url, 'live']],
    );
  });

  await t.test('a stranger fetches it in every form: one credential', async (t) => {
    const json = (await app.get(`${pathOf(url)}.json`)).body;
    badge = JSON.parse(json) as Badge;
    t.equal(badge.id, url);
    for (const type of ['application/json', 'application/vc', 'application/vc+ld+json', 'application/ld+json', '*/*'])
      t.equal((await app.get(pathOf(url), { accept: type })).body, json, type);
    t.equal(unbakePng((await app.get(`${pathOf(url)}.png`)).rawPayload).text, json);
    t.same(JSON.parse(unbakeSvg((await app.get(`${pathOf(url)}.svg`)).body).text), badge);
    const page = await app.get(pathOf(url), { accept: 'text/html' });
    t.equal(page.statusCode, 200);
    t.match(page.headers['content-type'], /text\/html/);
    t.notMatch(json, /Ada Example|ada@|example\.edu"/i, 'whose it is stands in it as a hash alone');
    const { salt, identityHash } = badge.credentialSubject.identifier[0]!;
    t.equal(identityHash, `sha256$${createHash('sha256').update(`ada@example.edu${salt}`).digest('hex')}`);
    const award = await app.get(pathOf(badge.relatedResource[0]!.id));
    const digest = Buffer.concat([Buffer.from([0x12, 0x20]), createHash('sha256').update(award.rawPayload).digest()]);
    t.equal(badge.relatedResource[0]!.digestMultibase, `u${digest.toString('base64url')}`, 'and why, bound by digest');
  });

  await t.test('it verifies: by our verifier in every form, by @digitalbazaar/vc and by jose', async (t) => {
    t.equal((await verify(badge)).outcome, 'valid');
    t.equal((await verify({ input: url })).outcome, 'valid');
    t.equal((await verify({ input: badge, recipient: 'ada@example.edu' })).outcome, 'valid');
    t.match(await verify({ input: badge, recipient: 'bob@example.edu' }), {
      outcome: 'invalid',
      failed: [{ id: 'recipient' }],
    });
    for (const form of ['png', 'svg', 'jwt'] as const) {
      const { rawPayload, headers } = await app.get(`${pathOf(url)}.${form}`);
      const type = { 'content-type': String(headers['content-type']) };
      t.equal((await verify(rawPayload as never, type)).outcome, 'valid', form);
    }
    t.ok(await strangerVerifies(app, service, badge));
    t.notOk(await strangerVerifies(app, service, { ...badge, validFrom: '2020-01-01T00:00:00Z' }));

    const jwt = (await app.get(pathOf(url), { accept: 'application/vc+jwt' })).body;
    const { payload, protectedHeader } = await jwtVerify<{ iss: string; jti: string; sub: string }>(
      jwt,
      async ({ kid }) => importJWK((await app.get(pathOf(kid!))).json<JWK>(), 'RS256'),
      { currentDate: service.now(), issuer: 'did:web:badges.example.org' },
    );
    t.same(Object.keys(protectedHeader).sort(), ['alg', 'kid', 'typ']);
    t.match(payload, { jti: url, sub: badge.credentialSubject.id });
  });

  await t.test('revoked: the list flips at once, and it no longer verifies in any form', async (t) => {
    t.equal(await bitOf(app, badge), 0);
    const before = (await app.get(pathOf(badge.credentialStatus.statusListCredential))).headers.etag;
    const answer = await moodle.call('POST', `/v1${pathOf(url)}/revoke`, {
      reason: 'issued_in_error',
      sentence: 'The badge went to the wrong person.',
    });
    t.equal(answer.statusCode, 200);
    t.equal(await bitOf(app, badge), 1);
    const list = await app.get(pathOf(badge.credentialStatus.statusListCredential));
    t.not(list.headers.etag, before);
    t.ok(await strangerVerifies(app, service, list.json()), 'and the list is signed by a key of ours');
    for (const input of [badge, { input: url }])
      t.match(await verify(input), { outcome: 'invalid', failed: [{ id: 'revocation' }] });
    const page = await app.get(pathOf(url), { accept: 'text/html' });
    t.match(page.body, /The badge went to the wrong person\./);
    t.same((await post(record(COMMONS[0]!, '', { learner: ada }))).awarded, [], 'a later post alone undoes nothing');
  });

  await t.test('lifted: awarded anew under an id of its own, while the revoked one stays revoked', async (t) => {
    service.clock.advance(1_000);
    const lifted = await moodle.call('POST', `/v1${pathOf(url)}/lift`, { award: 'now' });
    const [anew] = lifted.json().awarded;
    t.equal(anew.achievement, 'core/commons');
    t.not(anew.credential, url);
    const fresh = (await app.get(pathOf(anew.credential))).json<Badge>();
    t.equal((await verify(fresh)).outcome, 'valid');
    t.ok(await strangerVerifies(app, service, fresh));
    t.not(fresh.credentialStatus.statusListIndex, badge.credentialStatus.statusListIndex);
    t.not(fresh.credentialSubject.id, badge.credentialSubject.id);
    t.equal(await bitOf(app, fresh), 0);
    t.equal((await verify(badge)).outcome, 'invalid');
  });
});
