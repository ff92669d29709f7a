// A badge as a JWS: signed so that others accept it, believed only under the rules.
import t from 'tap';
import { createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { CompactSign, compactVerify } from 'jose';
import { publicJwk } from '../../../src/openbadges/keys.ts';
import { parseVcJwt, signVcJwt, verifyVcJwt } from '../../../src/openbadges/proofs/vc-jwt.ts';
import { readClaims } from '../../../src/openbadges/proofs/vc-jwt-claims.ts';
import { badgeVector } from '../vectors/open-badges.ts';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const ed25519 = generateKeyPairSync('ed25519');
const kid = 'https://badges.example.org/keys/1';
const badge = badgeVector.unsigned;
const issued = signVcJwt(badge, { privateKey: rsa.privateKey, alg: 'RS256', kid });

const part = (value: unknown) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
const payload = readPayload(issued);

function readPayload(jws: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;
}

/** A JWS with any header, signed as RS256 says. */
function forged(header: unknown, claims: unknown = payload, key: KeyObject = rsa.privateKey): string {
  const input = `${part(header)}.${part(claims)}`;
  return `${input}.${sign('sha256', Buffer.from(input), key).toString('base64url')}`;
}

void t.test('the header has its three members and nothing else', async (t) => {
  const { header } = parseVcJwt(issued);
  t.strictSame(header, { alg: 'RS256', kid, typ: 'JWT' });
  t.strictSame(Object.keys(header), ['alg', 'kid', 'typ']);
  t.match(payload, { ...badge, iss: badge.issuer.id, jti: badge.id, sub: badge.credentialSubject.id, nbf: 1262304000 });
  t.notOk('exp' in payload || 'vc' in payload || 'iat' in payload);
});

void t.test('jose accepts what we sign, and we accept what jose signs', async (t) => {
  for (const [alg, pair] of [
    ['RS256', rsa],
    ['ES256', p256],
  ] as const) {
    const ours = signVcJwt(badge, { privateKey: pair.privateKey, alg, kid });
    const { payload: read, protectedHeader } = await compactVerify(ours, pair.publicKey, { algorithms: [alg] });
    t.strictSame(protectedHeader, { alg, kid, typ: 'JWT' });
    t.match(JSON.parse(Buffer.from(read).toString()), badge);
  }
  const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' });
  for (const [alg, pair] of [
    ['RS256', rsa],
    ['ES256', p256],
    ['ES384', p384],
    ['EdDSA', ed25519],
  ] as const) {
    const theirs = await new CompactSign(Buffer.from(JSON.stringify(payload)))
      .setProtectedHeader({ alg, kid, typ: 'JWT' })
      .sign(pair.privateKey);
    const parsed = parseVcJwt(theirs);
    t.doesNotThrow(() => verifyVcJwt(parsed, pair.publicKey), alg);
    t.strictSame(readClaims(parsed.payload), { credential: badge, version: '2.0', findings: [] });
  }
});

void t.test('a changed letter anywhere is found', async (t) => {
  for (let at = 0; at < issued.length; at += 7) {
    const letter = issued[at] === 'A' ? 'B' : 'A';
    const changed = `${issued.slice(0, at)}${letter}${issued.slice(at + 1)}`;
    t.throws(() => verifyVcJwt(parseVcJwt(changed), rsa.publicKey), { code: /^ERR_OB_/ }, String(at));
  }
});

void t.test('algorithms: none and HMAC are refused before anything else, and no key serves another', async (t) => {
  const secret = createPublicKey(rsa.publicKey.export({ format: 'pem', type: 'spki' })).export({
    format: 'pem',
    type: 'spki',
  });
  t.ok(secret, 'the public key as an HMAC secret is the classic forgery');
  for (const alg of [
    'none',
    'None',
    'HS256',
    'HS512',
    'RS1',
    'RS384',
    'ES256K',
    '',
    7,
    null,
    ['RS256'],
    undefined,
    '__proto__',
  ]) {
    t.throws(() => parseVcJwt(forged({ alg, kid })), { code: 'ERR_OB_JWT_ALGORITHM' }, String(alg));
  }
  t.throws(() => parseVcJwt(`${part({ alg: 'none', kid })}.${part(payload)}.`), { code: 'ERR_OB_JWT_MALFORMED' });
  t.throws(() => verifyVcJwt(parseVcJwt(issued), p256.publicKey), { code: 'ERR_OB_JWT_ALGORITHM' });
  t.throws(() => verifyVcJwt(parseVcJwt(forged({ alg: 'ES256', kid })), rsa.publicKey), {
    code: 'ERR_OB_JWT_ALGORITHM',
  });
  t.throws(() => signVcJwt(badge, { privateKey: p256.privateKey, alg: 'RS256', kid }), {
    code: 'ERR_OB_JWT_ALGORITHM',
  });
  const other = generateKeyPairSync('rsa', { modulusLength: 2048 });
  t.throws(() => verifyVcJwt(parseVcJwt(issued), other.publicKey), { code: 'ERR_OB_JWT_SIGNATURE' });
});

void t.test('crit, b64, no key, and a key that is private, weak or no key are refused', async (t) => {
  const code = 'ERR_OB_JWT_HEADER';
  t.throws(() => parseVcJwt(forged({ alg: 'RS256', kid, crit: ['x'], x: 1 })), { code });
  t.throws(() => parseVcJwt(forged({ alg: 'RS256', kid, crit: [] })), { code });
  t.throws(() => parseVcJwt(forged({ alg: 'RS256', kid, b64: false })), { code });
  t.throws(() => parseVcJwt(forged({ alg: 'RS256' })), { code });
  t.throws(() => parseVcJwt(forged({ alg: 'RS256', kid: 7 })), { code });
  t.throws(() => parseVcJwt(forged({ alg: 'RS256', kid: '' })), { code });
  const jwk = rsa.privateKey.export({ format: 'jwk' });
  t.throws(() => parseVcJwt(forged({ alg: 'RS256', jwk })), { code: 'ERR_OB_KEY_PRIVATE' });
  t.throws(() => parseVcJwt(forged({ alg: 'RS256', jwk: { kty: 'oct', k: 'AQ' } })), { code: 'ERR_OB_KEY_PRIVATE' });
  t.throws(() => parseVcJwt(forged({ alg: 'RS256', jwk: 'x' })), { code: 'ERR_OB_KEY_MALFORMED' });
});

void t.test('a key in the header must be the key that was found, and meant for the algorithm', async (t) => {
  const jwk = publicJwk(rsa.publicKey);
  t.doesNotThrow(() => verifyVcJwt(parseVcJwt(forged({ alg: 'RS256', jwk, kid })), rsa.publicKey));
  t.doesNotThrow(() => verifyVcJwt(parseVcJwt(forged({ alg: 'RS256', jwk: { ...jwk, alg: 'RS256' } })), rsa.publicKey));
  const other = publicJwk(generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey);
  const code = 'ERR_OB_JWT_HEADER';
  t.throws(() => verifyVcJwt(parseVcJwt(forged({ alg: 'RS256', jwk: other, kid })), rsa.publicKey), { code });
  const elsewhere = { ...jwk, alg: 'PS256' };
  t.throws(() => verifyVcJwt(parseVcJwt(forged({ alg: 'RS256', jwk: elsewhere, kid })), rsa.publicKey), { code });
});

void t.test('header members that Open Badges does not have are told, and do not touch the signature', async (t) => {
  const parsed = parseVcJwt(forged({ alg: 'RS256', kid, typ: 'vc+jwt', cty: 'vc', iss: 'x' }));
  t.strictSame(parsed.departures.map(({ member }) => member).sort(), ['cty', 'iss', 'typ']);
  t.doesNotThrow(() => verifyVcJwt(parsed, rsa.publicKey));
  t.strictSame(parseVcJwt(issued).departures, []);
  t.match(parseVcJwt(forged({ alg: 'RS256', kid, typ: 'jwt' })).departures, [{ member: 'typ' }]);
});

void t.test('what is not three parts of base64url with JSON objects in them is malformed', async (t) => {
  const [header, claims, signature] = issued.split('.') as [string, string, string];
  for (const text of [
    '',
    'x',
    `${header}.${claims}`,
    `${header}.${claims}.${signature}.x`,
    `${header}..${signature}`,
    ` ${issued}`,
    `${issued}\n`,
    `${issued}=`,
    `${part('[]')}.${claims}.${signature}`,
    `${part('7')}.${claims}.${signature}`,
    `${part('{"alg":"RS256","alg":"none","kid":"x"}')}.${claims}.${signature}`,
    `${header}.${part('not json')}.${signature}`,
    `${header}.${part('"text"')}.${signature}`,
    `${header}.${part('{"__proto__": 1}')}.${signature}`,
    `${header}.${part(`${'['.repeat(5000)}${']'.repeat(5000)}`)}.${signature}`,
    `${header}.${Buffer.of(0x7b, 0xff, 0x7d).toString('base64url')}.${signature}`,
  ]) {
    t.throws(() => parseVcJwt(text), { code: 'ERR_OB_JWT_MALFORMED' }, text.slice(-40));
  }
});
