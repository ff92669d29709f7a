// A signed assertion: the issuer lists the key, and does not list the badge as revoked.
import t from 'tap';
import { readJws } from '../../../src/openbadges/ob2/verify-signed.ts';
import { summary } from '../signed-badges.ts';
import { assertion, issuer, keyDocument, keyId, seal, signedAssertion, verifyOb2 } from './ob2-badges.ts';

const ISSUER = 'https://badges.example/issuer';
const LIST = 'https://badges.example/revoked';
const documents = { [keyId]: keyDocument, [ISSUER]: issuer({ publicKey: keyId }) };

void t.test('good, altered, and with a key the issuer does not list', async (t) => {
  const jws = seal(signedAssertion());
  t.equal(summary(await verifyOb2(jws, documents)), 'valid');
  const [head, , signature] = jws.split('.');
  const forged = `${head}.${Buffer.from(JSON.stringify(signedAssertion({ issuedOn: '2015-01-01T00:00:00Z' }))).toString('base64url')}.${signature}`;
  t.match(summary(await verifyOb2(forged, documents)), /^invalid signature=fail\/signature_invalid/);
  t.match(summary(await verifyOb2(jws, { [keyId]: keyDocument })), /^invalid issuer_key=fail\/key_not_listed/);
  t.match(
    summary(await verifyOb2(jws, { ...documents, [keyId]: { ...keyDocument, owner: 'https://evil.example' } })),
    /controller_mismatch/,
  );
  t.match(
    summary(await verifyOb2(jws, { [ISSUER]: issuer({ publicKey: keyId }) })),
    /^indeterminate signature=unknown\/key_not_at_hand issuer_key=unknown/,
  );
  t.match(
    summary(await verifyOb2(jws, { ...documents, [keyId]: { ...keyDocument, publicKeyPem: 'x' } })),
    /key_malformed/,
  );
});

void t.test('algorithms that anybody could forge with', async (t) => {
  for (const alg of ['none', 'HS256'])
    t.match(summary(await verifyOb2(seal(signedAssertion(), { alg }), documents)), /algorithm_refused/);
  t.match(
    summary(await verifyOb2(seal(signedAssertion(), { alg: 'RS256', crit: ['x'] }), documents)),
    /algorithm_refused/,
  );
});

void t.test('revoked by an entry or by a bare id', async (t) => {
  const revoking = { ...documents, [ISSUER]: issuer({ publicKey: keyId, revocationList: LIST }) };
  const ask = async (revokedAssertions: unknown) =>
    summary(
      await verifyOb2(seal(signedAssertion()), { ...revoking, [LIST]: { id: LIST, revokedAssertions } as object }),
    );
  t.equal(await ask([{ id: 'urn:uuid:1', revocationReason: 'x' }]), 'invalid revocation=fail/revoked');
  t.equal(await ask(['urn:uuid:1']), 'invalid revocation=fail/revoked');
  t.equal(await ask(['urn:uuid:2']), 'valid');
  t.equal(await ask('all of them'), 'invalid revocation=fail/status_list_malformed');
  t.match(summary(await verifyOb2(seal(signedAssertion()), revoking)), /^indeterminate revocation=unknown/);
});

void t.test('what it says and what it is must agree', async (t) => {
  t.match(summary(await verifyOb2(seal(assertion()), documents)), /ob2_verification_mismatch/);
  t.match(summary(await verifyOb2(signedAssertion(), documents)), /signature_missing/);
  t.equal(readJws('a.b'), undefined);
});
