// Putting a proof on a document: what the suites we sign with have in common.
//
// The proofs stand in a list even when there is one, as Open Badges 3.0 (April 2025) has it in its plain form.
// VC Data Integrity 1.0 (W3C Recommendation, 15 May 2025) §4.2 Add Proof, §4.3 Add Proof Set/Chain.

import { sign, type KeyObject } from 'node:crypto';
import { OpenBadgesError } from '../errors.ts';
import { brandSigned, wholeSeconds, type CredentialDocument, type SignedCredential } from '../unsigned.ts';
import { parseProof, type Proof } from './proof-options.ts';

export interface SigningOptions {
  /** Ed25519. */
  privateKey: KeyObject;
  /** The URL under which the key is published. */
  verificationMethod: string;
  created: Date;
  /** `assertionMethod` unless said otherwise. */
  proofPurpose?: string;
  /** The proof's own id, so that a later proof can name it. */
  id?: string;
  expires?: Date;
  challenge?: string;
  domain?: string | string[];
  /** Ids of proofs on the document that this one covers too. */
  previousProof?: string | string[];
  /**
   * Whether Ed25519 is calculated in Node's thread pool: 4 µs of this thread in place of 34, and 2 more in all. For whoever
   * has something else to do meanwhile.
   */
  inPool?: boolean;
}

/** What comes of signing: a credential becomes a SignedCredential, anything else gains its proofs. */
export type Signed<T> = T extends CredentialDocument ? SignedCredential : T & { proof: Proof[] };

/** The proofs on a document, typed. Throws ERR_OB_PROOF_MALFORMED. */
export function proofsOf(document: object): Proof[] {
  const { proof } = document as { proof?: unknown };
  if (proof === undefined) return [];
  return (Array.isArray(proof) ? proof : [proof]).map(parseProof);
}

/** Takes all proofs and `previousProof`, gives those it names. Throws ERR_OB_PROOF_CHAIN when one is not there. */
export function previousProofs<P extends { id?: string }>(
  all: readonly P[],
  names: string | readonly string[] = [],
): P[] {
  return (typeof names === 'string' ? [names] : names).map((name) => {
    const matching = all.filter((proof) => proof.id === name);
    const [first] = matching;
    if (first !== undefined && matching.length === 1) return first;
    const what = `previousProof names ${JSON.stringify(name.slice(0, 200))}, and ${matching.length} proofs have that id.`;
    throw new OpenBadgesError('ERR_OB_PROOF_CHAIN', what, { pointer: '/previousProof' });
  });
}

/** The document as a proof sees it: without proofs, or with those it covers. */
export function documentToSign(document: object, previousProof?: string | string[]): Record<string, unknown> {
  if (previousProof === undefined && !('proof' in document)) return document as Record<string, unknown>;
  const { proof: _, ...unsecured } = document as Record<string, unknown>;
  const previous = previousProofs(proofsOf(document), previousProof);
  return previous.length === 0 ? unsecured : { ...unsecured, proof: previous };
}

/** The proof without its value. */
export function buildProof(cryptosuite: string, options: SigningOptions): Record<string, unknown> {
  const { id, verificationMethod, created, proofPurpose = 'assertionMethod', expires, challenge, domain } = options;
  return {
    ...(id !== undefined && { id }),
    type: 'DataIntegrityProof',
    cryptosuite,
    created: wholeSeconds(created),
    ...(expires !== undefined && { expires: wholeSeconds(expires) }),
    verificationMethod,
    proofPurpose,
    ...(domain !== undefined && { domain }),
    ...(challenge !== undefined && { challenge }),
    ...(options.previousProof !== undefined && { previousProof: options.previousProof }),
  };
}

function requireEd25519(privateKey: KeyObject): void {
  if (privateKey.asymmetricKeyType !== 'ed25519') {
    throw new OpenBadgesError('ERR_OB_KEY_UNSUPPORTED', 'This suite signs with Ed25519 keys only.');
  }
}

/** Takes bytes and an Ed25519 key, gives the signature. Throws ERR_OB_KEY_UNSUPPORTED for another key. */
export function signEd25519(bytes: Uint8Array, privateKey: KeyObject): Uint8Array {
  requireEd25519(privateKey);
  return sign(null, bytes, privateKey);
}

/** The same, calculated in Node's thread pool. */
export function signEd25519InPool(bytes: Uint8Array, privateKey: KeyObject): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    requireEd25519(privateKey);
    sign(null, bytes, privateKey, (error, signature) => {
      if (error) reject(error);
      else resolve(signature);
    });
  });
}

/** Takes the document, the proof's members and its value; gives the document with the proof behind those it had. */
export function addProof<T extends object>(document: T, configuration: object, proofValue: string): Signed<T> {
  return withProof(document, parseProof({ ...configuration, proofValue }));
}

/** The document with a proof whose members were found to be sound, behind those it had. */
export function withProof<T extends object>(document: T, proof: Proof): Signed<T> {
  const proofs = 'proof' in document ? [...proofsOf(document), proof] : [proof];
  const signed = { ...document, proof: proofs };
  return brandSigned(signed as unknown as CredentialDocument) as unknown as Signed<T>;
}
