// The public key inside a verification method, in the forms that are met: Multikey, Ed25519VerificationKey2020 and 2018,
// JsonWebKey and JsonWebKey2020, and key descriptions without a type.
//
// A method that carries a private key is worthless: whoever reads the document can sign with it.
//
// Controlled Identifiers 1.0 (W3C Recommendation, 15 May 2025) §2.2.2 "Multikey", §2.2.3 "JsonWebKey".

import type { KeyObject } from 'node:crypto';
import { decodeMultikey, publicKeyFromJwk } from '../keys.ts';
import { decodeBase58btc, encodeBase58btc } from '../multibase.ts';
import { isObject } from '../parse-json.ts';

export type MethodKey =
  { ok: true; key: KeyObject } | { ok: false; supported: boolean; code: string; sentence: string };

const SECRET_MEMBERS = [
  'secretKeyMultibase',
  'privateKeyMultibase',
  'privateKeyBase58',
  'secretKeyJwk',
  'privateKeyJwk',
];
const PRIVATE_JWK_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k'];
const ED25519_PREFIX = Uint8Array.of(0xed, 0x01);

const refuse = (supported: boolean, code: string, sentence: string): MethodKey => ({
  ok: false,
  supported,
  code,
  sentence,
});

/** The older `publicKeyBase58` of Ed25519VerificationKey2018 is the bare key without its prefix. */
function multibaseOf(method: Record<string, unknown>): string | undefined {
  const { publicKeyMultibase, publicKeyBase58 } = method;
  if (typeof publicKeyMultibase === 'string') return publicKeyMultibase;
  if (typeof publicKeyBase58 !== 'string' || publicKeyBase58.length > 100) return undefined;
  try {
    return encodeBase58btc(Buffer.concat([ED25519_PREFIX, decodeBase58btc(`z${publicKeyBase58}`)]));
  } catch {
    return undefined;
  }
}

function read(method: Record<string, unknown>, multibase: string | undefined): MethodKey {
  if (multibase !== undefined) {
    const key = decodeMultikey(multibase);
    if (String(method['type']).startsWith('Ed25519') && key.asymmetricKeyType !== 'ed25519')
      return refuse(true, 'key_malformed', `A ${String(method['type']).slice(0, 80)} must hold an Ed25519 key.`);
    return { ok: true, key };
  }
  if (isObject(method['publicKeyJwk'])) return { ok: true, key: publicKeyFromJwk(method['publicKeyJwk']) };
  return refuse(true, 'key_missing', 'The verification method holds no public key.');
}

/** Reads the key of a method. Takes the method as it stands in the document; never throws. */
export function keyOfMethod(method: Record<string, unknown>): MethodKey {
  const jwk = method['publicKeyJwk'];
  const secret =
    SECRET_MEMBERS.some((name) => name in method) || (isObject(jwk) && PRIVATE_JWK_MEMBERS.some((name) => name in jwk));
  if (secret)
    return refuse(true, 'key_private', 'The key document publishes the private key, so anybody can sign with it.');
  const multibase = multibaseOf(method);
  if (multibase !== undefined && jwk !== undefined)
    return refuse(
      true,
      'key_ambiguous',
      'The verification method holds two keys, publicKeyMultibase and publicKeyJwk.',
    );
  try {
    return read(method, multibase);
  } catch (error) {
    // Kinds of key that exist and that no suite here can use (secp256k1, P-521, BLS …): "could not check", not "wrong".
    const foreign = (error as { code?: unknown }).code === 'ERR_OB_KEY_UNSUPPORTED';
    return refuse(
      !foreign,
      foreign ? 'key_type_unsupported' : 'key_malformed',
      `The key cannot be used: ${(error as Error).message}`,
    );
  }
}
