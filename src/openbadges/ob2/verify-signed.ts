// A signed assertion of Open Badges 2.0: a JWS whose key the issuer's profile lists.
//
// The key document names its owner, and that alone proves nothing: the issuer's own profile must list the key.
// Revocation is a public list of ids on the issuer's profile.
//
// Open Badges v2.0 (12 April 2018), "Verification", signed; CryptographicKey; RevocationList; RFC 7515 (May 2015).

import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import { check, type Check } from '../report.ts';
import { fetchJson, type Resolve } from '../resolve.ts';
import { asArray, isObject, parseJson } from '../parse-json.ts';
import { idOf, type Json } from './assertion.ts';
import { gather } from './documents.ts';

export interface SignedParts {
  header: Json;
  payload: Json;
  signed: string;
  signature: Buffer;
}

/** Reads a compact JWS whose payload is a JSON object. Gives nothing when it is none. */
export function readJws(jws: string): SignedParts | undefined {
  const parts = jws.split('.');
  if (parts.length !== 3 || !parts.every((part) => /^[A-Za-z0-9_-]+$/.test(part))) return undefined;
  const [header, payload] = parts.slice(0, 2).map((part) => parseJson(Buffer.from(part, 'base64url').toString('utf8')));
  if (!header?.ok || !payload?.ok || !isObject(header.json) || !isObject(payload.json)) return undefined;
  return {
    header: header.json,
    payload: payload.json,
    signed: `${parts[0]}.${parts[1]}`,
    signature: Buffer.from(parts[2]!, 'base64url'),
  };
}

// An allow-list: `none` and the HMACs, with a public key as their secret, are how such signatures are forged.
const ALGORITHMS: Record<string, string> = { RS256: 'sha256', RS384: 'sha384', RS512: 'sha512' };

function readKey(document: Json): KeyObject | undefined {
  const pem = document['publicKeyPem'];
  if (typeof pem !== 'string' || pem.length > 10_000 || pem.includes('PRIVATE')) return undefined;
  try {
    const key = createPublicKey(pem);
    const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
    return key.asymmetricKeyType === 'rsa' && bits >= 2048 && bits <= 8192 ? key : undefined;
  } catch {
    return undefined;
  }
}

function listed(issuer: Json, keyId: string): boolean {
  return asArray(issuer['publicKey']).some((one) => idOf(one) === keyId);
}

/** The two checks of a signed assertion, given its issuer's profile (absent when that could not be had). */
export async function verifySigned(parts: SignedParts, issuer: Json | undefined, resolve: Resolve): Promise<Check[]> {
  const digest = ALGORITHMS[String(parts.header['alg'])];
  if (digest === undefined || parts.header['crit'] !== undefined)
    return [
      check(
        'signature',
        'fail',
        'algorithm_refused',
        'The JWS uses an algorithm or an extension that is not accepted; RS256 is.',
      ),
    ];
  const verification = isObject(parts.payload['verification']) ? parts.payload['verification'] : {};
  const named = asArray(issuer?.['publicKey']);
  const creator = verification['creator'] ?? (named.length === 1 ? named[0] : undefined);
  if (creator === undefined)
    return [check('signature', 'unknown', 'key_not_named', 'The assertion does not say which key signed it.')];
  const document = await gather(creator, 'key', resolve);
  if (document.json === undefined || document.state === 'wrong') {
    const status = document.state === 'wrong' ? 'fail' : 'unknown';
    return [
      check('signature', 'unknown', 'key_not_at_hand', 'The signature cannot be checked without its key.'),
      check(
        'issuer_key',
        status,
        `key_document_${document.state === 'wrong' ? 'malformed' : 'unreachable'}`,
        document.sentence,
      ),
    ];
  }
  return [mathematics(parts, document.json, digest), ownership(document.id ?? '', document.json, issuer)];
}

function mathematics(parts: SignedParts, document: Json, digest: string): Check {
  const key = readKey(document);
  if (!key)
    return check(
      'signature',
      'fail',
      'key_malformed',
      'The key document holds no usable RSA public key of at least 2048 bits.',
    );
  return verify(digest, Buffer.from(parts.signed), key, parts.signature)
    ? check('signature', 'pass', 'signature_valid', 'The signature is valid: nothing was changed since it was made.')
    : check('signature', 'fail', 'signature_invalid', 'The signature does not match.');
}

function ownership(keyId: string, document: Json, issuer: Json | undefined): Check {
  if (issuer === undefined)
    return check(
      'issuer_key',
      'unknown',
      'issuer_unreachable',
      'The issuer could not be asked whether the key is its own.',
    );
  const owner = idOf(document['owner']);
  if (owner !== issuer['id'])
    return check(
      'issuer_key',
      'fail',
      'controller_mismatch',
      `The key belongs to ${String(owner).slice(0, 200)}, not to the issuer.`,
    );
  if (!listed(issuer, keyId))
    return check('issuer_key', 'fail', 'key_not_listed', 'The issuer does not list the key among its own.');
  return check('issuer_key', 'pass', 'key_published', 'The issuer publishes the key.');
}

/** Looks the assertion up in the issuer's revocation list. */
export async function checkRevocationList(assertion: Json, issuer: Json | undefined, resolve: Resolve): Promise<Check> {
  if (issuer === undefined)
    return check(
      'revocation',
      'unknown',
      'issuer_unreachable',
      'The issuer could not be asked for its revocation list.',
    );
  const url = idOf(issuer['revocationList']);
  if (url === undefined)
    return check(
      'revocation',
      'skipped',
      'no_status',
      'The issuer publishes no revocation list for its signed badges.',
    );
  const fetched = await fetchJson(resolve, url);
  if (!fetched.found) return check('revocation', 'unknown', `status_list_${fetched.why}`, fetched.sentence);
  const list = fetched.json['revokedAssertions'];
  if (!Array.isArray(list) && list !== undefined)
    return check('revocation', 'fail', 'status_list_malformed', 'The revocation list is not readable as one.');
  const entry = asArray(list).find((one) => {
    const id = idOf(one);
    const uid = isObject(one) ? one['uid'] : undefined;
    return (id !== undefined && id === assertion['id']) || (uid !== undefined && uid === assertion['uid']);
  });
  if (entry === undefined)
    return check('revocation', 'pass', 'not_revoked', 'The badge is not on its issuer’s revocation list.');
  const reason = isObject(entry) ? entry['revocationReason'] : undefined;
  return check('revocation', 'fail', 'revoked', 'The issuer has revoked this badge.', { reason });
}
