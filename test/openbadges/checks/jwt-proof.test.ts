// Badges as JWTs: the signature, the claims and whose key it is.
import t from 'tap';
import { sign as signBytes } from 'node:crypto';
import { signVcJwt } from '../../../src/openbadges/proofs/vc-jwt.ts';
import type { Served } from '../documents.ts';
import type { Json } from '../example-badge.ts';
import { badge, ISSUER, rsaKey, summary, verify, find, issuerDocuments } from '../signed-badges.ts';

const { privateKey, jwk } = rsaKey();
const kid = 'https://school.example/keys/1';
const documents: Record<string, Served> = {
  [kid]: { ...jwk, kid },
  'https://school.example/.well-known/jwks.json': { keys: [{ ...jwk, kid }] },
};

function seal(header: Json, payload: Json): string {
  const input = [header, payload].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return `${input}.${signBytes('sha256', Buffer.from(input), privateKey).toString('base64url')}`;
}
const header = { alg: 'RS256', kid, typ: 'JWT' };
const claims = (extra: Json = {}): Json => {
  const document = badge();
  return {
    ...document,
    iss: ISSUER,
    jti: document.id,
    sub: document.credentialSubject.id,
    nbf: Date.parse(document.validFrom) / 1000,
    ...extra,
  };
};

void t.test('a good JWT is valid, its key by kid or by value', async (t) => {
  const report = await verify(signVcJwt(badge(), { privateKey, alg: 'RS256', kid }), { documents });
  t.equal(summary(report), 'valid');
  t.match(find(report, 'format'), { code: 'jwt' });
  t.equal(summary(await verify(seal({ alg: 'RS256', jwk }, claims()), { documents })), 'valid');
});

void t.test('each claim must be there and equal its twin', async (t) => {
  for (const name of ['iss', 'jti', 'sub', 'nbf']) {
    t.match(
      summary(await verify(seal(header, claims({ [name]: undefined })), { documents })),
      /^invalid signature=fail\/jwt_claim/,
      `${name} missing`,
    );
    t.match(
      summary(await verify(seal(header, claims({ [name]: name === 'nbf' ? 5 : 'urn:other' })), { documents })),
      /^invalid signature=fail\/jwt_claim/,
      `${name} different`,
    );
  }
});

void t.test('exp sets the end; without it the body’s end is a remark', async (t) => {
  const past = Date.parse('2026-05-01T00:00:00Z') / 1000;
  t.match(summary(await verify(seal(header, claims({ exp: past })), { documents })), /^invalid validity=fail\/expired/);
  t.equal(
    summary(await verify(seal(header, claims({ validUntil: '2030-01-01T00:00:00Z' })), { documents })),
    'valid_with_warnings signature=warn/jwt_claim',
  );
});

void t.test('additional header members, none, HMAC and a changed payload', async (t) => {
  t.match(
    summary(await verify(seal({ ...header, cty: 'x' }, claims()), { documents })),
    /^invalid signature=fail\/jwt_header/,
  );
  t.match(
    summary(await verify(seal({ ...header, typ: 'vc+jwt' }, claims()), { documents })),
    /^invalid signature=fail\/jwt_header/,
  );
  for (const alg of ['none', 'HS256', 'RS1'])
    t.match(
      summary(await verify(seal({ ...header, alg }, claims()), { documents })),
      /^invalid signature=fail\/jwt_algorithm/,
    );
  const [head, , signature] = seal(header, claims()).split('.');
  const forged = Buffer.from(JSON.stringify(claims({ name: 'Cake' }))).toString('base64url');
  t.match(
    summary(await verify(`${head}.${forged}.${signature}`, { documents })),
    /^invalid signature=fail\/signature_invalid/,
  );
});

void t.test('a key that the issuer does not publish, and one nobody can be asked about', async (t) => {
  t.match(
    summary(await verify(seal(header, claims()), { documents: { [kid]: jwk } })),
    /^invalid issuer_key=fail\/key_not_listed/,
  );
  t.match(
    summary(await verify(seal({ alg: 'RS256', jwk }, claims()), { documents: { [ISSUER]: { status: 500 } } })),
    /^indeterminate issuer_key=unknown\/key_not_confirmed/,
  );
  t.match(
    summary(await verify(seal(header, claims()), {})),
    /^indeterminate signature=unknown\/key_not_at_hand issuer_key=unknown\/key_document_unreachable/,
  );
  t.ok(issuerDocuments[ISSUER]);
});

void t.test('the older form stands in vc, the newer at the top, and neither elsewhere', async (t) => {
  const { validFrom, ...rest } = badge();
  const old = {
    ...rest,
    '@context': [
      'https://www.w3.org/2018/credentials/v1',
      'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
    ],
    issuanceDate: validFrom,
  };
  const { iss, jti, sub, nbf } = claims();
  t.match(
    summary(await verify(seal(header, { iss, jti, sub, nbf, vc: old }), { documents })),
    /^valid_with_warnings schema=warn/,
  );
  t.match(
    summary(await verify(seal(header, { iss, jti, sub, nbf, vc: badge() }), { documents })),
    /^invalid signature=fail\/jwt_claim/,
  );
  t.match(
    summary(await verify(seal(header, { ...old, iss, jti, sub, nbf }), { documents })),
    /^invalid .*signature=fail\/jwt_claim/,
  );
});

void t.test('an enveloped credential is opened', async (t) => {
  const envelope = {
    '@context': 'https://www.w3.org/ns/credentials/v2',
    type: 'EnvelopedVerifiableCredential',
    id: `data:application/vc+jwt,${seal(header, claims())}`,
  };
  t.equal(summary(await verify(envelope, { documents })), 'valid');
  t.match(await verify({ ...envelope, id: 'https://x.example/' }), {
    outcome: 'invalid',
    checks: [{ code: 'envelope' }],
  });
});
