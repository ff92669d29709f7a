// The issuer's documents as they are served: one test for each answer.
import { importJWK } from 'jose';
import t from 'tap';
import { compromiseKey } from '../../src/platform/compromise-key.ts';
import { rotateKey } from '../../src/platform/rotate-key.ts';
import { openTestApp } from '../platform/test-app.ts';
import { openTestService } from '../platform/test-service.ts';

const service = await openTestService();
const { get, close } = await openTestApp(service);
t.teardown(async () => {
  await close();
  await service.close();
});
const P = 'https://badges.example.org';
const DID = 'did:web:badges.example.org';

await t.test('200: the DID document names every key of credentials and none of access tokens', async (t) => {
  const answer = await get('/.well-known/did.json');
  t.equal(answer.statusCode, 200);
  t.match(answer.headers, { 'content-type': /^application\/did\+json/, 'cache-control': 'public, max-age=300' });
  const expected = ['data-integrity', 'vc-jwt'].flatMap((use) =>
    service.keys.keys(use as 'vc-jwt').map((key) => `${DID}#${key.kid}`),
  );
  t.same(answer.json().assertionMethod, expected);
  for (const { kid } of service.keys.keys('access-token')) t.notOk(answer.body.includes(kid));
});

await t.test('200: the key set, whose kids lead each to its own bare key', async (t) => {
  const answer = await get('/.well-known/jwks.json');
  t.match(answer.headers['content-type'], /^application\/jwk-set\+json/);
  const { keys } = answer.json<{ keys: { kid: string }[] }>();
  t.ok(keys.length >= 1);
  for (const jwk of keys) {
    const one = await get(new URL(jwk.kid).pathname);
    t.equal(one.statusCode, 200);
    t.match(one.headers['content-type'], /^application\/jwk\+json/);
    t.same(one.json(), jwk);
    t.equal(jwk.kid.startsWith(`${P}/keys/`), true);
    t.notOk('d' in one.json());
    await t.resolves(importJWK(one.json()));
  }
});

await t.test('200: a retired key is served as before; 410: a compromised one says so; 404: none', async (t) => {
  const retired = service.keys.active('vc-jwt').kid;
  await rotateKey(service, 'vc-jwt');
  t.equal((await get(`/keys/${retired}`)).statusCode, 200);
  await compromiseKey(service, retired);
  t.match((await get(`/keys/${retired}`)).json(), { status: 410, code: 'key_compromised' });
  t.notOk((await get('/.well-known/jwks.json')).body.includes(retired));
  const did = (await get('/.well-known/did.json')).json();
  t.notOk(did.assertionMethod.includes(`${DID}#${retired}`));
  t.match(
    did.verificationMethod.find((one: { id: string }) => one.id.endsWith(retired)),
    { revoked: String, publicKeyJwk: undefined },
  );
  t.match((await get('/keys/none')).json(), { status: 404, code: 'key_unknown' });
  t.equal((await get(`/keys/${service.keys.active('access-token').kid}`)).statusCode, 404);
  const history = await get('/.well-known/key-history.json');
  t.equal(history.statusCode, 200);
  const entry = history
    .json()
    .keys.find((key: { verificationMethod: string }) => key.verificationMethod.endsWith(retired));
  t.match(entry, { state: 'compromised', retiredAt: String, compromisedAt: String });
  t.match(history.json().proof, [{ cryptosuite: 'eddsa-jcs-2022' }]);
});

await t.test('200: the profile, which is the issuer of every badge', async (t) => {
  const answer = await get('/issuer', { accept: 'application/ld+json' });
  t.equal(answer.statusCode, 200);
  t.match(answer.headers['content-type'], /^application\/ld\+json/);
  t.match(answer.json(), { id: DID, type: ['Profile'], name: service.config.issuerName, url: `${P}/issuer` });
});

await t.test('on localhost with a port, the DID has the port encoded', async (t) => {
  const local = await openTestService('pglite', { publicUrl: 'http://localhost:3000', allowPublicUrlChange: true });
  const other = await openTestApp(local);
  const { id, assertionMethod } = (await other.get('/.well-known/did.json')).json();
  t.equal(id, 'did:web:localhost%3A3000');
  t.ok(assertionMethod[0].startsWith('did:web:localhost%3A3000#z6Mk'));
  await other.close();
  await local.close();
});
