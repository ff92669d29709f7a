// The documents by which strangers find our keys: what stays in them, what leaves them, and how keys are named.
import t from 'tap';
import {
  buildDidDocument,
  buildKeyHistory,
  buildKeySet,
  keyUrl,
  publishedJwk,
  verificationMethodId,
} from '../../src/issuer/documents.ts';
import { decodeMultikey, publicKeyFromJwk } from '../../src/openbadges/keys.ts';
import type { RingKey } from '../../src/platform/key-ring.ts';
import { jwtKey, proofKey } from './ring-keys.ts';

const P = 'https://badges.example.org';
const DID = 'did:web:badges.example.org';

interface Method {
  id: string;
  type: string;
  controller: string;
  publicKeyMultibase?: string;
  publicKeyJwk?: Record<string, unknown>;
  revoked?: string;
}
type DidDocument = { id: string; verificationMethod: Method[]; assertionMethod: unknown[] };

const did = (keys: RingKey[], publicUrl = P) => buildDidDocument(publicUrl, keys) as DidDocument;
const history = (keys: RingKey[]) =>
  buildKeyHistory(P, keys, new Date('2026-03-04T12:00:00Z')) as {
    keys: { verificationMethod: string; state: string; publicKeyJwk: Record<string, unknown> }[];
  };

await t.test('assertionMethod holds strings, each the whole URL of a method of the document', async (t) => {
  const document = did([proofKey(), jwtKey(), proofKey('next')]);
  t.equal(document.id, DID);
  t.equal(document.assertionMethod.length, 3);
  for (const one of document.assertionMethod) {
    t.equal(typeof one, 'string');
    t.equal(document.verificationMethod.filter((method) => method.id === one && method.controller === DID).length, 1);
  }
});

await t.test('an Ed25519 key is a Multikey whose fragment is its multibase form; others are JsonWebKeys', async (t) => {
  const [ed, ec] = [proofKey(), jwtKey()];
  const [multikey, jwk] = did([ed, ec]).verificationMethod;
  t.match(multikey, { type: 'Multikey', id: `${DID}#${ed.kid}`, publicKeyMultibase: ed.kid });
  t.same(decodeMultikey(multikey?.publicKeyMultibase ?? '').export({ format: 'jwk' }), ed.publicJwk);
  t.match(jwk, { type: 'JsonWebKey', id: `${DID}#${ec.kid}` });
  t.same(publicKeyFromJwk(jwk?.publicKeyJwk).export({ format: 'jwk' }), ec.publicJwk);
});

await t.test('a retired key stays in the DID document and the key set for ever', async (t) => {
  const keys = [proofKey('retired'), jwtKey('retired'), proofKey(), jwtKey()];
  const ids = keys.map((key) => verificationMethodId(P, key));
  t.same(did(keys).assertionMethod, ids);
  t.equal(buildKeySet(P, keys).keys.length, 2);
});

await t.test(
  'a compromised key leaves the DID document and the key set but for its name and when, and stays in the history',
  async (t) => {
    const keys = [proofKey('compromised'), jwtKey('compromised'), proofKey(), jwtKey()];
    t.equal(did(keys).assertionMethod.length, 2);
    t.same(
      did(keys).verificationMethod.slice(2),
      keys.slice(0, 2).map((key, index) => ({
        id: verificationMethodId(P, key),
        type: ['Multikey', 'JsonWebKey'][index],
        controller: DID,
        revoked: '2026-01-01T00:00:00Z',
      })),
    );
    t.same(
      buildKeySet(P, keys).keys.map((jwk) => jwk.kid),
      [keyUrl(P, keys[3]!)],
    );
    t.same(
      history(keys).keys.map((one) => one.state),
      ['compromised', 'compromised', 'active', 'active'],
    );
    t.match(history(keys).keys[0], { verificationMethod: verificationMethodId(P, keys[0]!), compromisedAt: String });
  },
);

await t.test('a published JWK names itself by its whole URL and never holds a private member', async (t) => {
  for (const key of [jwtKey('active', 'RS256'), jwtKey('active', 'ES256'), proofKey()]) {
    const jwk = publishedJwk(P, key);
    t.match(jwk, { kid: `${P}/keys/${key.kid}`, alg: key.algorithm, use: 'sig', iss: DID });
    t.notOk(['d', 'p', 'q', 'dp', 'dq', 'qi', 'k'].some((name) => name in jwk));
    t.doesNotThrow(() => publicKeyFromJwk(jwk));
  }
});

await t.test('the key set holds the keys of VC-JWTs alone', async (t) => {
  t.same(
    buildKeySet(P, [proofKey(), jwtKey()]).keys.map((jwk) => jwk.alg),
    ['ES256'],
  );
});

await t.test('on localhost with a port the DID has the port encoded, in every place', async (t) => {
  const key = proofKey();
  const document = did([key], 'http://localhost:3000');
  t.equal(document.id, 'did:web:localhost%3A3000');
  t.same(document.assertionMethod, [`did:web:localhost%3A3000#${key.kid}`]);
  t.equal(document.verificationMethod[0]?.controller, 'did:web:localhost%3A3000');
  t.equal(keyUrl('http://localhost:3000', key), `http://localhost:3000/keys/${key.kid}`);
});
