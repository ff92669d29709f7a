// Public keys as they travel: Multikey, did:key and JWK, to and from node's KeyObject. Everything that arrives is
// somebody's claim, so a key that could be forged with (a small-order point, a short or trivial RSA key) or that gives
// its owner away (private members) is refused here, before anything is verified with it.
//
// Controlled Identifiers 1.0 (W3C Recommendation, 15 May 2025) §2.2.2 Multikey, §2.2.3 JsonWebKey; did:key 0.9
// (W3C CCG, 2 September 2025); RFC 7517, RFC 7518 §6 (May 2015); RFC 7638 (September 2015); RFC 8037 (January 2017).

import { ECDH, createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { OpenBadgesError } from './errors.ts';
import { decodeBase58btc, decodeBase64url, encodeBase58btc, encodeBase64url } from './multibase.ts';

/** The kinds of key a badge can be signed with. */
export type KeyKind = 'Ed25519' | 'P-256' | 'P-384' | 'RSA';

/** A public JSON Web Key (RFC 7517): only what we read or write. */
export interface PublicJwk {
  kty: string;
  crv?: string;
  x?: string;
  y?: string;
  n?: string;
  e?: string;
  kid?: string;
  alg?: string;
  use?: string;
  key_ops?: string[];
  [member: string]: unknown;
}

// Multicodec prefixes (unsigned varints) of public keys and the length of what follows: a point is compressed.
const MULTICODECS = [
  { kind: 'Ed25519', prefix: Uint8Array.of(0xed, 0x01), sizeBytes: 32 },
  { kind: 'P-256', prefix: Uint8Array.of(0x80, 0x24), sizeBytes: 33 },
  { kind: 'P-384', prefix: Uint8Array.of(0x81, 0x24), sizeBytes: 49 },
] as const;

const CURVES = { 'P-256': 'prime256v1', 'P-384': 'secp384r1' } as const;
const COORDINATE_BYTES = { 'P-256': 32, 'P-384': 48 } as const;
const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k', 'priv'];

// The largest modulus is a matter of time: verifying with 16,384 bits takes 3 ms, and the price grows with the square.
const SHORTEST_RSA_BITS = 2048;
const LONGEST_RSA_BITS = 8192;

// 2^255 - 19, little-endian. With a point of small order a signature can be made for any message without a private key
// (RFC 8032 §5.1.7 leaves the check to us): these are the y coordinates of all eight, the sign bit left out.
const ED25519_PRIME = 2n ** 255n - 19n;
const SMALL_ORDER_Y = new Set([
  0n,
  1n,
  ED25519_PRIME - 1n,
  BigInt('0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7'),
  BigInt('0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826'),
]);

function malformed(what: string, cause?: unknown): OpenBadgesError {
  return new OpenBadgesError('ERR_OB_KEY_MALFORMED', what, { cause });
}

function ed25519Key(raw: Uint8Array): KeyObject {
  const y = BigInt(`0x${Buffer.from(raw).reverse().toString('hex')}`) & (2n ** 255n - 1n);
  if (y >= ED25519_PRIME) throw malformed('An Ed25519 key must be a reduced coordinate.');
  if (SMALL_ORDER_Y.has(y)) throw new OpenBadgesError('ERR_OB_KEY_WEAK', 'This Ed25519 key is a point of small order.');
  return createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: encodeBase64url(raw) } });
}

function curveKey(curve: 'P-256' | 'P-384', point: Uint8Array): KeyObject {
  const size = COORDINATE_BYTES[curve];
  try {
    const whole = ECDH.convertKey(point, CURVES[curve], undefined, undefined, 'uncompressed') as Buffer;
    const jwk = {
      kty: 'EC',
      crv: curve,
      x: encodeBase64url(whole.subarray(1, 1 + size)),
      y: encodeBase64url(whole.subarray(1 + size)),
    };
    return createPublicKey({ format: 'jwk', key: jwk });
  } catch (cause) {
    throw malformed(`This is not a point of the curve ${curve}.`, cause);
  }
}

/** Takes a public key, says of which kind it is. Throws ERR_OB_KEY_UNSUPPORTED. */
export function keyKind(key: KeyObject): KeyKind {
  if (key.asymmetricKeyType === 'ed25519') return 'Ed25519';
  if (key.asymmetricKeyType === 'rsa') return 'RSA';
  if (key.asymmetricKeyType === 'ec') {
    const curve = key.asymmetricKeyDetails?.namedCurve;
    if (curve === 'prime256v1') return 'P-256';
    if (curve === 'secp384r1') return 'P-384';
  }
  throw new OpenBadgesError(
    'ERR_OB_KEY_UNSUPPORTED',
    'Keys are Ed25519, P-256, P-384 or RSA: this one is of another kind.',
  );
}

/** Takes an Ed25519, P-256 or P-384 public key, gives its Multikey text (`z6Mk…`, `zDna…`, `z82L…`). */
export function encodeMultikey(publicKey: KeyObject): string {
  const kind = keyKind(publicKey);
  const codec = MULTICODECS.find((one) => one.kind === kind);
  if (codec === undefined)
    throw new OpenBadgesError('ERR_OB_KEY_UNSUPPORTED', `There is no Multikey for ${kind} keys.`);
  const jwk = publicKey.export({ format: 'jwk' }) as PublicJwk;
  const x = decodeBase64url(jwk.x ?? '');
  if (kind === 'Ed25519') return encodeBase58btc(Buffer.concat([codec.prefix, x]));
  const isOdd = ((decodeBase64url(jwk.y ?? '').at(-1) ?? 0) & 1) === 1;
  return encodeBase58btc(Buffer.concat([codec.prefix, Uint8Array.of(isOdd ? 3 : 2), x]));
}

/**
 * Takes `publicKeyMultibase` of a Multikey, gives the key. Throws ERR_OB_ENCODING, ERR_OB_KEY_UNSUPPORTED (another
 * kind of key), ERR_OB_KEY_MALFORMED (wrong length, no such point) or ERR_OB_KEY_WEAK.
 */
export function decodeMultikey(multibase: string): KeyObject {
  const bytes = decodeBase58btc(multibase);
  const codec = MULTICODECS.find(({ prefix }) => bytes[0] === prefix[0] && bytes[1] === prefix[1]);
  if (codec === undefined) {
    throw new OpenBadgesError('ERR_OB_KEY_UNSUPPORTED', 'This Multikey is not an Ed25519, P-256 or P-384 public key.');
  }
  const raw = bytes.subarray(2);
  if (raw.length !== codec.sizeBytes) {
    throw malformed(`A Multikey for ${codec.kind} holds ${codec.sizeBytes} bytes, this one ${raw.length}.`);
  }
  return codec.kind === 'Ed25519' ? ed25519Key(raw) : curveKey(codec.kind, raw);
}

/** A did:key taken apart: the DID, its one key and the URL of its one verification method. */
export interface DidKey {
  did: string;
  multibase: string;
  verificationMethod: string;
  publicKey: KeyObject;
}

/** Takes `did:key:z…`, with or without `#z…`. Throws as {@link decodeMultikey}, or ERR_OB_KEY_MALFORMED. */
export function parseDidKey(url: string): DidKey {
  const [, multibase, fragment] = /^did:key:(z[1-9A-HJ-NP-Za-km-z]+)(?:#(.*))?$/.exec(url) ?? [];
  if (multibase === undefined) throw malformed('A did:key is did:key: and a base58btc Multikey, nothing else.');
  if (fragment !== undefined && fragment !== multibase) {
    throw malformed('A did:key publishes one verification method, whose fragment is the key itself.');
  }
  const did = `did:key:${multibase}`;
  return { did, multibase, verificationMethod: `${did}#${multibase}`, publicKey: decodeMultikey(multibase) };
}

function member(jwk: PublicJwk, name: 'x' | 'y' | 'n' | 'e', sizeBytes?: number): Uint8Array {
  const value = jwk[name];
  if (typeof value !== 'string' || value === '') throw malformed(`This JWK lacks the member "${name}".`);
  const bytes = decodeBase64url(value);
  if (sizeBytes !== undefined && bytes.length !== sizeBytes) {
    throw malformed(`The member "${name}" of this JWK must hold ${sizeBytes} bytes.`);
  }
  return bytes;
}

function rsaKey(jwk: PublicJwk): KeyObject {
  const modulus = member(jwk, 'n');
  const exponent = member(jwk, 'e');
  if (modulus[0] === 0 || exponent[0] === 0) throw malformed('"n" and "e" have no leading zero bytes (RFC 7518 §2).');
  const bits = modulus.length * 8 - Math.clz32(modulus[0] ?? 0) + 24;
  if (bits < SHORTEST_RSA_BITS || bits > LONGEST_RSA_BITS || exponent.length > 4) {
    throw new OpenBadgesError(
      'ERR_OB_KEY_WEAK',
      `An RSA key has ${SHORTEST_RSA_BITS} to ${LONGEST_RSA_BITS} bits and an exponent of at most 32; this one has ${bits}.`,
    );
  }
  const e = exponent.reduce((value, byte) => value * 256 + byte, 0);
  const isEven = ((modulus.at(-1) ?? 0) & 1) === 0;
  if (e < 3 || e % 2 === 0 || isEven) throw new OpenBadgesError('ERR_OB_KEY_WEAK', 'This RSA key protects nothing.');
  return createPublicKey({ format: 'jwk', key: { kty: 'RSA', n: jwk.n as string, e: jwk.e as string } });
}

/**
 * Takes a public JWK (OKP Ed25519, EC P-256 or P-384, RSA of 2048 bits and more), gives the key. Throws
 * ERR_OB_KEY_PRIVATE when private members stand in it, ERR_OB_KEY_MALFORMED, ERR_OB_KEY_WEAK, ERR_OB_KEY_UNSUPPORTED
 * (also for a key that says of itself that it is not for signatures), ERR_OB_ENCODING.
 */
export function publicKeyFromJwk(jwk: unknown): KeyObject {
  if (jwk === null || typeof jwk !== 'object' || Array.isArray(jwk)) throw malformed('A JWK is a JSON object.');
  const found = PRIVATE_MEMBERS.find((name) => Object.hasOwn(jwk, name));
  if (found !== undefined) {
    throw new OpenBadgesError('ERR_OB_KEY_PRIVATE', `A public key must not hold the private member "${found}".`, {
      pointer: `/${found}`,
    });
  }
  const key = jwk as PublicJwk;
  if (key.use !== undefined && key.use !== 'sig') {
    throw new OpenBadgesError('ERR_OB_KEY_UNSUPPORTED', 'This JWK is not meant for signatures ("use").');
  }
  if (key.key_ops !== undefined && !(Array.isArray(key.key_ops) && key.key_ops.includes('verify'))) {
    throw new OpenBadgesError('ERR_OB_KEY_UNSUPPORTED', 'This JWK is not meant to verify with ("key_ops").');
  }
  if (key.kty === 'RSA') return rsaKey(key);
  if (key.kty === 'OKP' && key.crv === 'Ed25519') return ed25519Key(member(key, 'x', 32));
  if (key.kty === 'EC' && (key.crv === 'P-256' || key.crv === 'P-384')) {
    const size = COORDINATE_BYTES[key.crv];
    const point = Buffer.concat([Uint8Array.of(4), member(key, 'x', size), member(key, 'y', size)]);
    return curveKey(key.crv, point);
  }
  throw new OpenBadgesError('ERR_OB_KEY_UNSUPPORTED', 'JWKs are Ed25519 (OKP), P-256 or P-384 (EC), or RSA.');
}

/** Takes a key, gives its bare public JWK: the required members and nothing else, whatever kind of key object came in. */
export function publicJwk(key: KeyObject): PublicJwk {
  return (key.type === 'private' ? createPublicKey(key) : key).export({ format: 'jwk' }) as PublicJwk;
}

const REQUIRED_MEMBERS: Record<string, readonly string[]> = {
  EC: ['crv', 'kty', 'x', 'y'],
  OKP: ['crv', 'kty', 'x'],
  RSA: ['e', 'kty', 'n'],
};

/** Takes a JWK, gives its SHA-256 thumbprint in base64url (RFC 7638 §3): a name for the key that its bytes decide. */
export function jwkThumbprint(jwk: PublicJwk): string {
  const members = REQUIRED_MEMBERS[jwk.kty];
  if (members === undefined) throw new OpenBadgesError('ERR_OB_KEY_UNSUPPORTED', 'JWKs are of kty EC, OKP or RSA.');
  const text = JSON.stringify(Object.fromEntries(members.map((name) => [name, jwk[name]])));
  return createHash('sha256').update(text).digest('base64url');
}
