// ecdsa-sd-2023: a holder shows part of a badge. The issuer signs what must always be shown, and each other statement on
// its own with a key made for this one proof; nodes without an id are named by an HMAC, so that what is hidden cannot be
// guessed from the names. Only derived proofs are verified: a base proof contains the secret of those names and is for
// its holder alone.
//
// Data Integrity ECDSA Cryptosuites 1.0 (W3C Recommendation, 15 May 2025) §3.4.8 serializeDerivedProofValue and
// following, §3.5.7 Verify Derived Proof; CBOR: RFC 8949 (December 2020).

import { decode } from 'cborg';
import { OpenBadgesError } from '../errors.ts';
import { decodeMultikey } from '../keys.ts';
import { decodeMultibaseBase64url, encodeBase58btc, encodeBase64url } from '../multibase.ts';
import { canonicalizeDataset } from '../rdf/canonicalize.ts';
import { sortLines, writeQuad } from '../rdf/quads.ts';
import { digest, type Cryptosuite } from './cryptosuite.ts';
import { verifyEcdsa } from './ecdsa-2019.ts';
import { proofConfiguration } from './proof-options.ts';

const BASE_HEADER = Buffer.of(0xd9, 0x5d, 0x00);
const DERIVED_HEADER = Buffer.of(0xd9, 0x5d, 0x01);
// The components carry no tags (§3.4.9); earlier makers tagged every byte string as an array of octets (RFC 8746).
const OCTETS_TAG = 64;
const SIGNATURE_BYTES = 64;
const PUBLIC_KEY_BYTES = 35;
const LABEL_BYTES = 32;

function malformed(what: string, cause?: unknown): OpenBadgesError {
  return new OpenBadgesError('ERR_OB_PROOF_MALFORMED', what, { pointer: '/proofValue', cause });
}

interface DerivedProof {
  baseSignature: Uint8Array;
  /** Multikey bytes of the key that was made for this proof. */
  publicKey: Uint8Array;
  signatures: Uint8Array[];
  /** Canonical blank node label to the name that was signed. */
  labels: Map<string, string>;
  mandatoryIndexes: Set<number>;
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

function parseDerivedProof(proofValue: string): DerivedProof {
  let bytes: Uint8Array;
  try {
    bytes = decodeMultibaseBase64url(proofValue);
  } catch (cause) {
    throw malformed('The proofValue of this suite is multibase base64url without padding: u….', cause);
  }
  if (BASE_HEADER.equals(bytes.subarray(0, 3))) {
    throw malformed(
      'This is a base proof, which is for the holder alone: a proof must be derived from it to be shown.',
    );
  }
  if (!DERIVED_HEADER.equals(bytes.subarray(0, 3))) throw malformed('This is not a derived ecdsa-sd-2023 proof.');
  const components = decodeComponents(bytes.subarray(3));
  if (!Array.isArray(components) || components.length !== 5) throw malformed('A derived proof has five components.');
  const [baseSignature, publicKey, signatures, labels, indexes] = components as unknown[];
  if (!isBytes(baseSignature, SIGNATURE_BYTES)) throw malformed('The base signature of a proof has 64 bytes.');
  if (!isBytes(publicKey, PUBLIC_KEY_BYTES)) throw malformed('The key of a proof is a P-256 Multikey of 35 bytes.');
  if (!Array.isArray(signatures) || !signatures.every((one) => isBytes(one, SIGNATURE_BYTES))) {
    throw malformed('The signatures of a proof are a list of 64 bytes each.');
  }
  if (!(labels instanceof Map)) throw malformed('The labels of a proof are a map.');
  const named = [...labels].map(([index, name]): [string, string] => {
    if (!isIndex(index) || !isBytes(name, LABEL_BYTES)) throw malformed('A label map leads from a number to 32 bytes.');
    return [`c14n${index}`, `u${encodeBase64url(name)}`];
  });
  if (new Set(named.map(([, name]) => name)).size !== named.length) throw malformed('Two nodes have one label.');
  if (!Array.isArray(indexes) || !indexes.every(isIndex) || new Set(indexes).size !== indexes.length) {
    throw malformed('The mandatory indexes of a proof are a list of different numbers.');
  }
  return { baseSignature, publicKey, signatures, labels: new Map(named), mandatoryIndexes: new Set(indexes) };
}

/** The statements of a document under the names that were signed, in order. */
async function namedLines(document: object, names: ReadonlyMap<string, string>): Promise<string[]> {
  const { quads, labels } = await canonicalizeDataset(document);
  const nameOf = (node: string): string => {
    const name = names.get(labels.get(node) ?? '');
    if (name === undefined) throw malformed('The labels of the proof do not name every node of the document.');
    return name;
  };
  return sortLines(quads.map((quad) => writeQuad(quad, nameOf)));
}

export const ecdsaSd2023: Cryptosuite = {
  name: 'ecdsa-sd-2023',
  keyKinds: ['P-256'],
  async verify({ document, proof, publicKey, canonicalize }) {
    const derived = parseDerivedProof(proof.proofValue);
    const shownKey = decodeMultikey(encodeBase58btc(derived.publicKey));
    const configuration = { ...proofConfiguration(proof), '@context': document['@context'] };
    const proofHash = digest(await canonicalize(configuration));
    const lines = await namedLines(document, derived.labels);
    if ([...derived.mandatoryIndexes].some((index) => index >= lines.length)) return false;
    const mandatory = lines.filter((_, index) => derived.mandatoryIndexes.has(index));
    const others = lines.filter((_, index) => !derived.mandatoryIndexes.has(index));
    if (others.length !== derived.signatures.length) return false;
    const base = Buffer.concat([proofHash, derived.publicKey, digest(mandatory.join(''))]);
    if (!verifyEcdsa(publicKey, base, derived.baseSignature)) return false;
    return others.every((line, index) =>
      verifyEcdsa(shownKey, Buffer.from(line, 'utf8'), derived.signatures[index] ?? Buffer.alloc(0)),
    );
  },
};
