// A credential as a JSON Web Signature: the other proof of Open Badges. The mathematics here, the claims beside it in
// vc-jwt-claims.ts, and whose key it is elsewhere: a JWT brings its own key or its address, which proves nothing yet.
//
// Open Badges 3.0 (1EdTech, April 2025) §8.2; RFC 7515 JWS (May 2015) §4.1.11 `crit`, §5.2; RFC 7518 (May 2015) §3;
// RFC 8725 JWT Best Current Practices (February 2020) §3.1, §3.2: the algorithm is ours to allow, never the token's.

import { sign, verify, type KeyObject, type SignKeyObjectInput } from 'node:crypto';
import { OpenBadgesError, type OpenBadgesErrorCode } from '../errors.ts';
import { jwkThumbprint, keyKind, publicJwk, publicKeyFromJwk, type KeyKind } from '../keys.ts';
import { decodeBase64url, encodeBase64url } from '../multibase.ts';
import { isObject, parseJson } from '../parse-json.ts';
import { buildClaims } from './vc-jwt-claims.ts';

/** For badges the first two; EdDSA for credentials of the VC API whose issuer has no other key. */
type SigningAlgorithm = 'RS256' | 'ES256' | 'EdDSA';

interface Algorithm {
  hash: 'sha256' | 'sha384' | null;
  kind: KeyKind;
}

/** What may sign a badge. No `none`, no HMAC: with those everybody who can verify can forge. */
const ALGORITHMS: ReadonlyMap<string, Algorithm> = new Map<string, Algorithm>([
  ['RS256', { hash: 'sha256', kind: 'RSA' }],
  ['ES256', { hash: 'sha256', kind: 'P-256' }],
  ['ES384', { hash: 'sha384', kind: 'P-384' }],
  ['EdDSA', { hash: null, kind: 'Ed25519' }],
  ['Ed25519', { hash: null, kind: 'Ed25519' }],
]);

/** A JWS taken apart, nothing believed yet. */
export interface ParsedVcJwt {
  header: { alg: string; kid?: string; jwk?: Record<string, unknown>; typ?: string; [member: string]: unknown };
  payload: Record<string, unknown>;
  signingInput: string;
  signature: Uint8Array;
  /**
   * Header members that Open Badges does not allow, each with a sentence. They do not touch the signature; whoever
   * judges says whether they fail.
   */
  departures: { member: string; message: string }[];
}

const COMPACT_JWS = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/;
const ALLOWED_MEMBERS = new Set(['alg', 'kid', 'jwk', 'typ']);

function fault(code: OpenBadgesErrorCode, what: string, pointer?: string): OpenBadgesError {
  return new OpenBadgesError(code, what, { ...(pointer !== undefined && { pointer }) });
}

function decodeBytes(text: string): Uint8Array {
  try {
    return decodeBase64url(text);
  } catch (cause) {
    throw new OpenBadgesError('ERR_OB_JWT_MALFORMED', 'A part of this JWS is not base64url.', { cause });
  }
}

function decodeJson(text: string, what: string): Record<string, unknown> {
  let json: string;
  try {
    json = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(decodeBytes(text));
  } catch (cause) {
    if (cause instanceof OpenBadgesError) throw cause;
    throw new OpenBadgesError('ERR_OB_JWT_MALFORMED', `The ${what} of this JWS is not UTF-8.`, { cause });
  }
  const answer = parseJson(json);
  if (!answer.ok) throw fault('ERR_OB_JWT_MALFORMED', `The ${what} of this JWS cannot be read: ${answer.sentence}`);
  if (!isObject(answer.json)) throw fault('ERR_OB_JWT_MALFORMED', `The ${what} of this JWS is not a JSON object.`);
  return answer.json;
}

function checkHeader(header: Record<string, unknown>): asserts header is ParsedVcJwt['header'] {
  if (Object.hasOwn(header, 'crit')) {
    throw fault(
      'ERR_OB_JWT_HEADER',
      'This JWS says with "crit" that it must not be read without knowing more.',
      '/crit',
    );
  }
  if (Object.hasOwn(header, 'b64')) throw fault('ERR_OB_JWT_HEADER', 'Unencoded payloads are not for badges.', '/b64');
  if (typeof header.alg !== 'string' || !ALGORITHMS.has(header.alg)) {
    const allowed = [...ALGORITHMS.keys()].join(', ');
    const told = JSON.stringify(header.alg ?? null).slice(0, 40);
    throw fault('ERR_OB_JWT_ALGORITHM', `The algorithm ${told} is not allowed; these are: ${allowed}.`, '/alg');
  }
  if (header.kid === undefined && header.jwk === undefined) {
    throw fault('ERR_OB_JWT_HEADER', 'The header of a badge names its key by "kid" or holds it as "jwk".');
  }
  if (header.kid !== undefined && (typeof header.kid !== 'string' || header.kid === '')) {
    throw fault('ERR_OB_JWT_HEADER', '"kid" is a URI.', '/kid');
  }
  if (header.jwk !== undefined) publicKeyFromJwk(header.jwk);
}

function departuresOf(header: Record<string, unknown>): ParsedVcJwt['departures'] {
  const departures = Object.keys(header)
    .filter((member) => !ALLOWED_MEMBERS.has(member))
    .map((member) => ({ member, message: `A badge's header has no member ${JSON.stringify(member.slice(0, 40))}.` }));
  if (header.typ !== undefined && header.typ !== 'JWT') {
    departures.push({ member: 'typ', message: 'When "typ" is there, it is exactly "JWT".' });
  }
  return departures;
}

/**
 * Takes a compact JWS, gives its parts. Throws ERR_OB_JWT_MALFORMED, ERR_OB_JWT_ALGORITHM (not on the list),
 * ERR_OB_JWT_HEADER (`crit`, no key named), and what {@link publicKeyFromJwk} throws for a `jwk` that is no public key.
 */
export function parseVcJwt(jws: string): ParsedVcJwt {
  if (!COMPACT_JWS.test(jws)) {
    throw fault('ERR_OB_JWT_MALFORMED', 'A badge as a JWT is three parts of base64url with full stops between.');
  }
  const [headerPart = '', payloadPart = '', signaturePart = ''] = jws.split('.');
  const header = decodeJson(headerPart, 'header');
  checkHeader(header);
  const payload = decodeJson(payloadPart, 'payload');
  const signature = decodeBytes(signaturePart);
  return { header, payload, signingInput: `${headerPart}.${payloadPart}`, signature, departures: departuresOf(header) };
}

function keyInput(key: KeyObject, kind: KeyKind): KeyObject | SignKeyObjectInput {
  return kind === 'P-256' || kind === 'P-384' ? { key, dsaEncoding: 'ieee-p1363' } : key;
}

/**
 * Takes a parsed JWS and the key that its issuer publishes. Throws ERR_OB_JWT_ALGORITHM (the key is not for that
 * algorithm), ERR_OB_JWT_HEADER (the header's own `jwk` is another key, or is meant for another algorithm) or
 * ERR_OB_JWT_SIGNATURE. Says nothing about the claims: see readClaims.
 */
export function verifyVcJwt({ header, signingInput, signature }: ParsedVcJwt, publicKey: KeyObject): void {
  const algorithm = ALGORITHMS.get(header.alg);
  if (algorithm === undefined || keyKind(publicKey) !== algorithm.kind) {
    const what = `The algorithm ${header.alg} does not go with a key of the kind ${keyKind(publicKey)}.`;
    throw fault('ERR_OB_JWT_ALGORITHM', what, '/alg');
  }
  if (header.jwk !== undefined) {
    const own = jwkThumbprint(publicJwk(publicKeyFromJwk(header.jwk)));
    if (own !== jwkThumbprint(publicJwk(publicKey))) {
      throw fault('ERR_OB_JWT_HEADER', 'The key in the header is not the key that the issuer publishes.', '/jwk');
    }
    if (header.jwk.alg !== undefined && header.jwk.alg !== header.alg) {
      throw fault('ERR_OB_JWT_HEADER', 'The key in the header is meant for another algorithm.', '/jwk/alg');
    }
  }
  const bytes = Buffer.from(signingInput, 'ascii');
  if (verify(algorithm.hash, bytes, keyInput(publicKey, algorithm.kind), signature)) return;
  throw fault('ERR_OB_JWT_SIGNATURE', 'The signature does not match: the text was changed, or another key signed it.');
}

/**
 * Takes a credential and gives it as a compact JWS, its header exactly `alg`, `kid` and `typ`. VCDM 2.0 stands at the
 * top level with its claims beside it, VCDM 1.1 in `vc`. Throws ERR_OB_JWT_CLAIM when a claim cannot be made (no id, no
 * subject id, an instant with a fraction of a second) unless only those that have a twin are wanted, ERR_OB_JWT_ALGORITHM for a key that is not the algorithm's.
 */
export function signVcJwt(
  credential: object,
  {
    privateKey,
    alg,
    kid,
    claims = 'all',
  }: { privateKey: KeyObject; alg: SigningAlgorithm; kid: string; claims?: 'all' | 'present' },
): string {
  const algorithm = ALGORITHMS.get(alg);
  if (algorithm === undefined || keyKind(privateKey) !== algorithm.kind) {
    throw fault(
      'ERR_OB_JWT_ALGORITHM',
      `The algorithm ${alg} does not go with a key of the kind ${keyKind(privateKey)}.`,
    );
  }
  const parts = [{ alg, kid, typ: 'JWT' }, buildClaims(credential as Record<string, unknown>, claims)];
  const signingInput = parts.map((part) => encodeBase64url(Buffer.from(JSON.stringify(part), 'utf8'))).join('.');
  const bytes = Buffer.from(signingInput, 'ascii');
  return `${signingInput}.${encodeBase64url(sign(algorithm.hash, bytes, keyInput(privateKey, algorithm.kind)))}`;
}
