// A key is read as it was written, and one that could be forged with, or gives its owner away, is refused.
import t from 'tap';
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import {
  decodeMultikey,
  encodeMultikey,
  jwkThumbprint,
  keyKind,
  parseDidKey,
  publicJwk,
  publicKeyFromJwk,
} from '../../src/openbadges/keys.ts';
import { encodeBase58btc, encodeBase64url } from '../../src/openbadges/multibase.ts';

// RFC 7638 §3.1, RFC 8037 Appendix A.2 and A.3.
const RSA_N =
  '0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw';
const ED25519_X = '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo';
const ed25519 = { kty: 'OKP', crv: 'Ed25519', x: ED25519_X };
const rsa = { kty: 'RSA', n: RSA_N, e: 'AQAB', alg: 'RS256', kid: '2011-04-29' };

void t.test('thumbprints are those of the RFCs, whatever else stands in the key', async (t) => {
  t.equal(jwkThumbprint(rsa), 'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs');
  t.equal(jwkThumbprint({ ...ed25519, d: 'secret' }), 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k');
  t.throws(() => jwkThumbprint({ kty: 'oct', k: 'AQ' }), { code: 'ERR_OB_KEY_UNSUPPORTED' });
});

void t.test('Multikey and JWK lead back to the same key, for each kind', async (t) => {
  const pairs = [
    generateKeyPairSync('ed25519'),
    generateKeyPairSync('ec', { namedCurve: 'P-256' }),
    generateKeyPairSync('ec', { namedCurve: 'P-384' }),
  ];
  const kinds = ['Ed25519', 'P-256', 'P-384'];
  const starts = [/^z6Mk/, /^zDna/, /^z82/];
  for (const [index, { publicKey, privateKey }] of pairs.entries()) {
    const multibase = encodeMultikey(publicKey);
    t.match(multibase, starts[index]);
    t.equal(keyKind(publicKey), kinds[index]);
    t.ok(decodeMultikey(multibase).equals(publicKey));
    t.ok(publicKeyFromJwk(publicJwk(publicKey)).equals(publicKey));
    t.notOk('d' in publicJwk(privateKey), 'a private key gives its public JWK');
  }
  t.ok(publicKeyFromJwk(rsa).equals(createPublicKey({ format: 'jwk', key: rsa })));
  t.throws(() => encodeMultikey(publicKeyFromJwk(rsa)), { code: 'ERR_OB_KEY_UNSUPPORTED' });
});

void t.test('a key of the did:key specification is read as it says', async (t) => {
  // did:key 0.9, §4 examples.
  const ed = parseDidKey('did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK');
  t.equal(ed.verificationMethod, `${ed.did}#z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK`);
  t.equal(publicJwk(ed.publicKey).x, 'Lm_M42cB3HkUiODQsXRcweM6TByfzEHGO9ND274JcOY');
  t.equal(keyKind(parseDidKey('did:key:zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169').publicKey), 'P-256');
  t.equal(
    keyKind(parseDidKey('did:key:z82Lm1MpAkeJcix9K8TMiLd5NMAhnwkjjCBeWHXyu3U4oT2MVJJKXkcVBgjGhnLBn2Kaau9').publicKey),
    'P-384',
  );
});

void t.test('a did:key is its own key and nothing else', async (t) => {
  const did = 'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK';
  for (const url of [
    `${did}#key-1`,
    `${did}#`,
    `${did}?x`,
    `${did}/a`,
    'did:key:',
    'did:key:u7QE',
    `${did}\n`,
    'did:web:x',
  ]) {
    t.throws(() => parseDidKey(url), { code: 'ERR_OB_KEY_MALFORMED' }, url);
  }
  const x25519 = encodeBase58btc(Buffer.concat([Buffer.of(0xec, 0x01), Buffer.alloc(32, 7)]));
  t.throws(() => parseDidKey(`did:key:${x25519}`), { code: 'ERR_OB_KEY_UNSUPPORTED' });
});

void t.test('Multikeys of a wrong length, off the curve or of no known kind are refused', async (t) => {
  const multikey = (prefix: number[], bytes: Uint8Array) =>
    encodeBase58btc(Buffer.concat([Buffer.from(prefix), bytes]));
  t.throws(() => decodeMultikey(multikey([0xed, 1], Buffer.alloc(31, 9))), { code: 'ERR_OB_KEY_MALFORMED' });
  t.throws(() => decodeMultikey(multikey([0xed, 1], Buffer.alloc(33, 9))), { code: 'ERR_OB_KEY_MALFORMED' });
  t.throws(() => decodeMultikey(multikey([0x80, 0x24], Buffer.alloc(33, 0xff))), { code: 'ERR_OB_KEY_MALFORMED' });
  t.throws(() => decodeMultikey(multikey([0x80, 0x26], Buffer.alloc(32, 9))), { code: 'ERR_OB_KEY_UNSUPPORTED' });
  t.throws(() => decodeMultikey('z'), { code: 'ERR_OB_KEY_UNSUPPORTED' });
  t.throws(() => decodeMultikey('6MkhaXg'), { code: 'ERR_OB_ENCODING' });
});

void t.test('a small-order Ed25519 point, with which anybody can sign, is refused', async (t) => {
  // With one of these as A, and R and S chosen to fit, the equation of RFC 8032 §5.1.7 holds without a private key.
  for (const hex of [
    '0100000000000000000000000000000000000000000000000000000000000000',
    '0100000000000000000000000000000000000000000000000000000000000080',
    '0000000000000000000000000000000000000000000000000000000000000000',
    'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
    'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
    'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa',
  ]) {
    const raw = Buffer.from(hex, 'hex');
    t.throws(() => decodeMultikey(encodeBase58btc(Buffer.concat([Buffer.of(0xed, 1), raw]))), {
      code: 'ERR_OB_KEY_WEAK',
    });
    t.throws(() => publicKeyFromJwk({ ...ed25519, x: encodeBase64url(raw) }), { code: 'ERR_OB_KEY_WEAK' });
  }
  const unreduced = Buffer.from('eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f', 'hex');
  t.throws(() => publicKeyFromJwk({ ...ed25519, x: encodeBase64url(unreduced) }), { code: 'ERR_OB_KEY_MALFORMED' });
});

void t.test('a JWK with a private member is refused by name', async (t) => {
  for (const name of ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']) {
    t.throws(() => publicKeyFromJwk({ ...rsa, [name]: 'AQ' }), { code: 'ERR_OB_KEY_PRIVATE', pointer: `/${name}` });
  }
});

void t.test('a weak or impossible RSA key is refused', async (t) => {
  const short = publicJwk(generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey);
  t.throws(() => publicKeyFromJwk(short), { code: 'ERR_OB_KEY_WEAK', message: /1024/ });
  t.throws(() => publicKeyFromJwk({ ...rsa, e: 'AQ' }), { code: 'ERR_OB_KEY_WEAK' });
  t.throws(() => publicKeyFromJwk({ ...rsa, e: 'Ag' }), { code: 'ERR_OB_KEY_WEAK' });
  t.throws(() => publicKeyFromJwk({ ...rsa, e: 'AQABAAE' }), { code: 'ERR_OB_KEY_WEAK' });
  t.throws(() => publicKeyFromJwk({ ...rsa, n: encodeBase64url(Buffer.alloc(256, 0xfe)) }), {
    code: 'ERR_OB_KEY_WEAK',
  });
  t.throws(() => publicKeyFromJwk({ ...rsa, n: encodeBase64url(Buffer.alloc(4096, 0xff)) }), {
    code: 'ERR_OB_KEY_WEAK',
  });
  t.throws(() => publicKeyFromJwk({ ...rsa, n: `AA${RSA_N}` }), { code: /ERR_OB_KEY_MALFORMED|ERR_OB_ENCODING/ });
});

void t.test('JWKs of other kinds, purposes and shapes are refused', async (t) => {
  const ec = publicJwk(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey);
  const k1 = publicJwk(generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).publicKey);
  for (const [jwk, code] of [
    [null, 'ERR_OB_KEY_MALFORMED'],
    [[], 'ERR_OB_KEY_MALFORMED'],
    ['{}', 'ERR_OB_KEY_MALFORMED'],
    [{}, 'ERR_OB_KEY_UNSUPPORTED'],
    [{ kty: 'OKP', crv: 'X25519', x: ED25519_X }, 'ERR_OB_KEY_UNSUPPORTED'],
    [k1, 'ERR_OB_KEY_UNSUPPORTED'],
    [{ ...rsa, use: 'enc' }, 'ERR_OB_KEY_UNSUPPORTED'],
    [{ ...rsa, key_ops: ['encrypt'] }, 'ERR_OB_KEY_UNSUPPORTED'],
    [{ kty: 'RSA', n: RSA_N }, 'ERR_OB_KEY_MALFORMED'],
    [{ ...ec, y: ec.x }, 'ERR_OB_KEY_MALFORMED'],
    [{ ...ec, crv: 'P-384' }, 'ERR_OB_KEY_MALFORMED'],
    [{ ...ed25519, x: `${ED25519_X}=` }, 'ERR_OB_ENCODING'],
    [{ ...ed25519, x: 'AQAB' }, 'ERR_OB_KEY_MALFORMED'],
  ] as const) {
    t.throws(() => publicKeyFromJwk(jwk), { code }, JSON.stringify(jwk));
  }
  t.ok(publicKeyFromJwk({ ...rsa, use: 'sig', key_ops: ['verify'] }));
});

void t.test('the key that is read verifies what its other half signed', async (t) => {
  // RFC 8037 Appendix A.1: the private half of the key above.
  const privateKey = createPrivateKey({
    format: 'jwk',
    key: { ...ed25519, d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A' },
  });
  const signature = sign(null, Buffer.from('a badge'), privateKey);
  t.ok(verify(null, Buffer.from('a badge'), publicKeyFromJwk(ed25519), signature));
});
