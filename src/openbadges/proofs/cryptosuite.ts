// What every cryptosuite gives and takes. A suite is one object with a name; it knows neither clock nor network, and
// gets the key from its caller, who alone decides whether that key may speak for the issuer.
//
// VC Data Integrity 1.0 (W3C Recommendation, 15 May 2025) §3 Cryptographic Suites.

import { hash, type KeyObject } from 'node:crypto';
import type { KeyKind } from '../keys.ts';
import type { HashName } from '../rdf/rdfc-1.0.ts';
import type { Proof } from './proof-options.ts';

/** One document, one proof, one key. */
export interface ProofInput {
  /** What was signed: the document without `proof`, or with the previous proofs of a chain in it. */
  document: Record<string, unknown>;
  proof: Proof;
  publicKey: KeyObject;
  /** Hashes the canonical text; the caller remembers the answers, so that the proofs of one document share the work. */
  hashCanonical: (document: object, hashName?: HashName) => Promise<Buffer>;
}

export interface Cryptosuite {
  /** `cryptosuite` of a DataIntegrityProof, or `type` of an older proof. */
  name: string;
  keyKinds: readonly KeyKind[];
  /** Whether the signature is that of the key; throws OpenBadgesError for what cannot be a proof of this suite. */
  verify(input: ProofInput): Promise<boolean>;
}

/** A hash that does the work once for each document object. */
export function rememberingHash(hashCanonical: ProofInput['hashCanonical']): ProofInput['hashCanonical'] {
  const known = new WeakMap<object, Map<HashName, Promise<Buffer>>>();
  return (document, hashName = 'sha256') => {
    const answers = known.get(document) ?? new Map<HashName, Promise<Buffer>>();
    known.set(document, answers);
    const answer = answers.get(hashName) ?? hashCanonical(document, hashName);
    answers.set(hashName, answer);
    return answer;
  };
}

/** The digest of a text in UTF-8. */
export function digest(text: string, hashName: HashName = 'sha256'): Buffer {
  return hash(hashName, text, 'buffer');
}
