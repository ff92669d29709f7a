// Keys inside verification methods, in every form that is met.
import t from 'tap';
import { keyOfMethod } from '../../../src/openbadges/controllers/method-key.ts';
import { decodeBase58btc } from '../../../src/openbadges/multibase.ts';
import { encodeBase58btc } from '../../../src/openbadges/multibase.ts';
import { ed25519Key } from '../test-keys.ts';

const key = ed25519Key(1);
const bare = encodeBase58btc(decodeBase58btc(key.multibase).subarray(2)).slice(1);

void t.test('Multikey, Ed25519VerificationKey2020 and 2018, JsonWebKey: the same key', async (t) => {
  const methods = [
    { type: 'Multikey', publicKeyMultibase: key.multibase },
    { type: 'Ed25519VerificationKey2020', publicKeyMultibase: key.multibase },
    { type: 'Ed25519VerificationKey2018', publicKeyBase58: bare },
    { type: 'JsonWebKey2020', publicKeyJwk: key.jwk },
  ];
  for (const method of methods) {
    const read = keyOfMethod(method);
    t.ok(read.ok && read.key.equals(key.publicKey), method.type);
  }
});

void t.test('a published private key proves nothing', async (t) => {
  t.match(keyOfMethod({ publicKeyMultibase: key.multibase, secretKeyMultibase: 'z3' }), {
    ok: false,
    code: 'key_private',
  });
  t.match(keyOfMethod({ publicKeyJwk: { ...key.jwk, d: 'AA' } }), { ok: false, code: 'key_private' });
});

void t.test('missing, double and broken keys are faults, foreign ones are not', async (t) => {
  t.match(keyOfMethod({}), { ok: false, supported: true, code: 'key_missing' });
  t.match(keyOfMethod({ publicKeyMultibase: key.multibase, publicKeyJwk: key.jwk }), {
    ok: false,
    code: 'key_ambiguous',
  });
  t.match(keyOfMethod({ publicKeyMultibase: 'z6Mkbroken' }), { ok: false });
  t.match(keyOfMethod({ publicKeyBase58: '0OIl' }), { ok: false, code: 'key_missing' });
  t.match(keyOfMethod({ publicKeyJwk: { kty: 'EC', crv: 'secp256k1', x: 'AA', y: 'AA' } }), {
    ok: false,
    supported: false,
    code: 'key_type_unsupported',
  });
});
