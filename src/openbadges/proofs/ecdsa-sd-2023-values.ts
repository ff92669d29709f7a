// The two kinds of proofValue of ecdsa-sd-2023: what the issuer gives its holder, and what the holder shows. Both are CBOR
// behind a header of three bytes; every component is checked for its kind and length before anything is computed.
//
// Data Integrity ECDSA Cryptosuites 1.0 (W3C Recommendation, 15 May 2025) §3.5.2 serializeBaseProofValue to §3.5.7
// parseDerivedProofValue; CBOR: RFC 8949 (December 2020).

import { decode } from 'cborg';
import { OpenBadgesError } from '../errors.ts';
import { decodeMultibaseBase64url, encodeBase64url } from '../multibase.ts';

const BASE_HEADER = Buffer.of(0xd9, 0x5d, 0x00);
const DERIVED_HEADER = Buffer.of(0xd9, 0x5d, 0x01);
// The components carry no tags (§3.4.9); earlier makers tagged every byte string as an array of octets (RFC 8746).
const OCTETS_TAG = 64;
const SIGNATURE_BYTES = 64;
const PUBLIC_KEY_BYTES = 35;
const SECRET_BYTES = 32;
// Each costs 0.1 ms to verify; the largest badge has some 500 statements.
const MOST_SIGNATURES = 2000;

function malformed(what: string, cause?: unknown): OpenBadgesError {
  return new OpenBadgesError('ERR_OB_PROOF_MALFORMED', what, { pointer: '/proofValue', cause });
}

/** What both kinds hold. */
interface SdProof {
  baseSignature: Uint8Array;
  /** Multikey bytes of the key that was made for this proof. */
  publicKey: Uint8Array;
  /** One for each statement that need not be shown, in order. */
  signatures: Uint8Array[];
}

/** What the issuer gives: with the secret of the names, and the pointers to what must always be shown. */
export interface BaseProof extends SdProof {
  kind: 'base';
  hmacKey: Uint8Array;
  mandatoryPointers: unknown[];
}

/** What the holder shows. */
export interface DerivedProof extends SdProof {
  kind: 'derived';
  /** Canonical blank node label to the name that was signed. */
  labels: ReadonlyMap<string, string>;
  mandatoryIndexes: ReadonlySet<number>;
}

function isBytes(value: unknown, sizeBytes: number): value is Uint8Array {
  return value instanceof Uint8Array && value.length === sizeBytes;
}

const isIndex = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

function decodeComponents(bytes: Uint8Array): unknown {
  const tags: ((value: unknown) => unknown)[] = [];
  tags[OCTETS_TAG] = (value) => value;
  try {
    return decode(bytes, {
      tags,
      useMaps: true,
      rejectDuplicateMapKeys: true,
      allowIndefinite: false,
      allowUndefined: false,
      allowNaN: false,
      allowInfinity: false,
      allowBigInt: false,
    });
  } catch (cause) {
    throw malformed('The proofValue of this suite is CBOR, and this is not.', cause);
  }
}

function decodeValue(proofValue: string): { kind: 'base' | 'derived'; components: unknown[] } {
  let bytes: Uint8Array;
  try {
    bytes = decodeMultibaseBase64url(proofValue);
  } catch (cause) {
    throw malformed('The proofValue of this suite is multibase base64url without padding: u….', cause);
  }
  const header = bytes.subarray(0, 3);
  const kind = BASE_HEADER.equals(header) ? 'base' : DERIVED_HEADER.equals(header) ? 'derived' : undefined;
  if (kind === undefined) throw malformed('This is neither a base proof nor a derived proof of ecdsa-sd-2023.');
  const components = decodeComponents(bytes.subarray(3));
  if (!Array.isArray(components) || components.length !== 5) throw malformed('A proof has five components.');
  return { kind, components: components as unknown[] };
}

function readLabels(labels: unknown): Map<string, string> {
  if (!(labels instanceof Map)) throw malformed('The labels of a proof are a map.');
  const named = [...(labels as Map<unknown, unknown>)].map(([index, name]): [string, string] => {
    if (!isIndex(index) || !isBytes(name, SECRET_BYTES))
      throw malformed('A label map leads from a number to 32 bytes.');
    return [`c14n${index}`, nodeName(name)];
  });
  if (new Set(named.map(([, name]) => name)).size !== named.length) throw malformed('Two nodes have one label.');
  return new Map(named);
}

/** The name of a node, as it was signed. */
export function nodeName(bytes: Uint8Array): string {
  return `u${encodeBase64url(bytes)}`;
}

/** Takes `proofValue`, gives its components. Throws ERR_OB_PROOF_MALFORMED. */
export function parseSdProof(proofValue: string): BaseProof | DerivedProof {
  const { kind, components } = decodeValue(proofValue);
  const [baseSignature, publicKey] = components;
  const signatures = components[kind === 'base' ? 3 : 2];
  if (!isBytes(baseSignature, SIGNATURE_BYTES)) throw malformed('The base signature of a proof has 64 bytes.');
  if (!isBytes(publicKey, PUBLIC_KEY_BYTES)) throw malformed('The key of a proof is a P-256 Multikey of 35 bytes.');
  if (!Array.isArray(signatures) || !signatures.every((one) => isBytes(one, SIGNATURE_BYTES))) {
    throw malformed('The signatures of a proof are a list of 64 bytes each.');
  }
  if (signatures.length > MOST_SIGNATURES) {
    throw new OpenBadgesError('ERR_OB_TOO_COMPLEX', `A proof signs at most ${MOST_SIGNATURES} statements.`);
  }
  const common = { baseSignature, publicKey, signatures };
  if (kind === 'base') {
    const [, , hmacKey, , mandatoryPointers] = components;
    if (!isBytes(hmacKey, SECRET_BYTES)) throw malformed('The secret of a base proof has 32 bytes.');
    if (!Array.isArray(mandatoryPointers)) throw malformed('The mandatory pointers of a base proof are a list.');
    return { kind, ...common, hmacKey, mandatoryPointers };
  }
  const [, , , labels, indexes] = components;
  if (!Array.isArray(indexes) || !indexes.every(isIndex) || new Set(indexes).size !== indexes.length) {
    throw malformed('The mandatory indexes of a proof are a list of different numbers.');
  }
  return { kind, ...common, labels: readLabels(labels), mandatoryIndexes: new Set(indexes) };
}
