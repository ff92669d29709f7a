// The key of a JWT is believed only when it stands where only the issuer can put it.
import t from 'tap';
import { resolveJwtKey } from '../../../src/openbadges/controllers/jwt-key.ts';
import { serve, type Served } from '../documents.ts';
import { controllerOf, ed25519Key } from '../test-keys.ts';

const issuer = 'https://example.org/issuers/1';
const did = 'did:web:example.org';
const key = ed25519Key(3);
const other = ed25519Key(4);
const kid = 'https://example.org/keys/3';
const at = new Date('2026-06-01T00:00:00Z');
const KEY_SET = 'https://example.org/.well-known/jwks.json';

const ask = (header: Record<string, unknown>, documents: Record<string, Served>, by = issuer) =>
  resolveJwtKey(header, { resolve: serve(documents), issuer: by, at });

void t.test('a kid whose key stands in the key set of the issuer’s host', async (t) => {
  t.match(await ask({ kid }, { [kid]: key.jwk, [KEY_SET]: { keys: [other.jwk, key.jwk] } }), { trust: 'pass' });
  t.match(await ask({ kid }, { [kid]: { keys: [{ ...key.jwk, kid }] }, [KEY_SET]: { keys: [key.jwk] } }), {
    trust: 'pass',
  });
  t.match(await ask({ kid }, { [kid]: key.jwk, [KEY_SET]: { keys: [{ ...key.jwk, iss: issuer }] } }), {
    trust: 'pass',
  });
});

void t.test('a key that the key set does not hold, or gives to another', async (t) => {
  t.match(await ask({ kid }, { [kid]: key.jwk, [KEY_SET]: { keys: [other.jwk] } }), {
    trust: 'fail',
    code: 'key_not_listed',
  });
  t.match(
    await ask({ kid }, { [kid]: key.jwk, [KEY_SET]: { keys: [{ ...key.jwk, iss: 'https://example.org/issuers/2' }] } }),
    { trust: 'fail', code: 'key_of_another_issuer' },
  );
  t.match(await ask({ kid }, { [kid]: { ...key.jwk, iss: 'https://evil.example' } }), {
    trust: 'fail',
    code: 'key_of_another_issuer',
  });
});

void t.test('a key nobody vouches for: unknown while somebody could not be asked, else a failure', async (t) => {
  t.match(await ask({ kid }, { [kid]: key.jwk }), { trust: 'unknown', code: 'key_not_confirmed', key: key.publicKey });
  t.match(await ask({ jwk: key.jwk }, {}), { trust: 'unknown', code: 'key_not_confirmed' });
  t.match(await ask({ jwk: key.jwk }, { [KEY_SET]: { status: 404 }, [issuer]: { id: issuer } }), {
    trust: 'fail',
    code: 'key_not_published',
  });
  t.match(await ask({ kid }, {}), { trust: 'unknown', code: 'key_document_unreachable', key: undefined });
});

void t.test('the DID document of the issuer vouches too, by value', async (t) => {
  const document = { 'https://example.org/.well-known/did.json': controllerOf(did, key) };
  t.match(await ask({ kid: `${did}#${key.multibase}` }, document, did), { trust: 'pass' });
  t.match(await ask({ kid }, { ...document, [kid]: key.jwk }, did), { trust: 'pass' });
  t.match(await ask({ jwk: other.jwk }, document, did), { trust: 'fail', code: 'key_not_listed' });
  t.match(await ask({ jwk: key.jwk }, {}, `did:key:${key.multibase}`), { trust: 'pass' });
  t.match(await ask({ jwk: other.jwk }, {}, `did:key:${key.multibase}`), { trust: 'fail' });
});

void t.test('a revoked key stays revoked though the key set still holds it', async (t) => {
  const document = controllerOf(did, key);
  (document.verificationMethod as Record<string, unknown>[])[0]!.revoked = '2026-01-01T00:00:00Z';
  const documents = { 'https://example.org/.well-known/did.json': document, [KEY_SET]: { keys: [key.jwk] } };
  t.match(await ask({ jwk: key.jwk }, documents, did), { trust: 'fail', code: 'key_revoked' });
});

void t.test(
  'an address that says the key was withdrawn is a revocation, in whatever the issuer still lists',
  async (t) => {
    const withdrawn = { [kid]: { status: 410 } };
    const expected = { trust: 'fail', code: 'key_revoked', key: undefined };
    t.match(await ask({ kid }, withdrawn), expected);
    t.match(await ask({ kid }, { ...withdrawn, [KEY_SET]: { keys: [other.jwk] } }), expected);
    t.match(await ask({ kid, jwk: key.jwk }, { ...withdrawn, [KEY_SET]: { keys: [key.jwk] } }), expected);
  },
);

void t.test('an address without a key: the issuer’s own list decides, and without one nothing does', async (t) => {
  const absent = { [kid]: { status: 404 } };
  t.match(await ask({ kid }, { ...absent, [KEY_SET]: { keys: [other.jwk] } }), {
    trust: 'fail',
    code: 'key_not_listed',
  });
  t.match(await ask({ kid }, absent), { trust: 'unknown', code: 'key_document_absent' });
  t.match(await ask({ kid }, { ...absent, [KEY_SET]: { status: 404 } }), { trust: 'unknown' });
  // The key may stand among the issuer's under another name, so silence settles nothing.
  t.match(await ask({ kid }, { [KEY_SET]: { keys: [other.jwk] } }), {
    trust: 'unknown',
    code: 'key_document_unreachable',
  });
});

void t.test('a key whose address is silent is found under that address where only the issuer can put it', async (t) => {
  const jwk = { ...key.jwk, kid };
  const passed = { trust: 'pass', key: key.publicKey };
  t.match(await ask({ kid }, { [KEY_SET]: { keys: [other.jwk, jwk] } }), passed);
  const method = { id: `${did}#k`, type: 'JsonWebKey', controller: did, publicKeyJwk: jwk };
  const document = { id: did, verificationMethod: [method], assertionMethod: [`${did}#k`] };
  const served = { 'https://example.org/.well-known/did.json': document };
  t.match(await ask({ kid }, served, did), passed);
  const unlisted = { ...document, assertionMethod: [] };
  t.match(await ask({ kid }, { 'https://example.org/.well-known/did.json': unlisted }, did), {
    trust: 'fail',
    code: 'key_not_for_purpose',
  });
  const revoked = { ...document, verificationMethod: [{ ...method, revoked: '2026-01-01T00:00:00Z' }] };
  t.match(await ask({ kid }, { 'https://example.org/.well-known/did.json': revoked }, did), {
    trust: 'fail',
    code: 'key_revoked',
  });
});

void t.test('a revoked key that is there by name alone is known by its address, whatever that answers', async (t) => {
  const bare = { id: `${did}#3`, type: 'JsonWebKey', controller: did, revoked: '2026-01-02T00:00:00Z' };
  const served = { 'https://example.org/.well-known/did.json': { id: did, verificationMethod: [bare] } };
  const expected = { trust: 'fail', code: 'key_revoked', sentence: /on 2026-01-02/ };
  for (const status of [404, 410, 503])
    t.match(await ask({ kid }, { ...served, [kid]: { status } }, did), expected, String(status));
  t.match(await ask({ kid }, served, did), expected);
  t.match(await ask({ kid: 'https://example.org/keys/33' }, served, did), { trust: 'unknown' });
});

void t.test('two keys in one header must be one', async (t) => {
  const documents = { [kid]: key.jwk, [KEY_SET]: { keys: [key.jwk] } };
  t.match(await ask({ kid, jwk: key.jwk }, documents), { trust: 'pass' });
  t.match(await ask({ kid, jwk: other.jwk }, documents), { trust: 'fail', code: 'key_ambiguous' });
});

void t.test('headers without a usable key', async (t) => {
  t.match(await ask({}, {}), { trust: 'fail', code: 'key_missing' });
  t.match(await ask({ kid: 'key-1' }, {}), { trust: 'fail', code: 'kid_malformed' });
  t.match(await ask({ kid: 7 }, {}), { trust: 'fail', code: 'kid_malformed' });
  t.match(await ask({ jwk: { ...key.jwk, d: 'AA' } }, {}), { trust: 'fail', code: 'key_malformed' });
  t.match(await ask({ kid }, { [kid]: 'nonsense' }), { trust: 'fail', code: 'key_document_malformed' });
  t.match(await ask({ kid }, { [kid]: { no: 'key' } }), { trust: 'fail', code: 'key_malformed' });
});
