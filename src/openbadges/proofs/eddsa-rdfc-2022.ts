// eddsa-rdfc-2022: the proof Cairn makes. Canonical N-Quads of proof and document, hashed, the proof's hash first, and
// those 64 bytes signed with Ed25519. The earlier name eddsa-2022 stands for the same steps in the drafts, and is only
// verified.
//
// Data Integrity EdDSA Cryptosuites 1.0 (W3C Recommendation, 15 May 2025) §3.2; Ed25519: RFC 8032 (January 2017).

import { verify } from 'node:crypto';
import { hashCanonical } from '../rdf/canonicalize.ts';
import { decodeBase58btc, encodeBase58btc } from '../multibase.ts';
import { OpenBadgesError } from '../errors.ts';
import type { Cryptosuite } from './cryptosuite.ts';
import { proofConfiguration, type Proof } from './proof-options.ts';
import {
  addProof,
  buildProof,
  documentToSign,
  signEd25519,
  signEd25519InPool,
  withProof,
  type Signed,
  type SigningOptions,
} from './signing.ts';

/** Takes `proofValue`, gives the 64 bytes of an Ed25519 signature. Throws ERR_OB_PROOF_MALFORMED. */
export function decodeEd25519Signature(proofValue: string): Uint8Array {
  let bytes: Uint8Array;
  try {
    bytes = decodeBase58btc(proofValue);
  } catch (cause) {
    const what = 'The proofValue of this suite is base58btc: the letter z and letters of its alphabet.';
    throw new OpenBadgesError('ERR_OB_PROOF_MALFORMED', what, { pointer: '/proofValue', cause });
  }
  if (bytes.length === 64) return bytes;
  const what = `An Ed25519 signature has 64 bytes, this one ${bytes.length}.`;
  throw new OpenBadgesError('ERR_OB_PROOF_MALFORMED', what, { pointer: '/proofValue' });
}

/** What is hashed besides the document: the proof without its value, read by the document's contexts. §3.2.5. */
function inContext(configuration: object, document: Record<string, unknown>): Record<string, unknown> {
  return { ...configuration, '@context': document['@context'] };
}

function suite(name: string): Cryptosuite {
  return {
    name,
    keyKinds: ['Ed25519'],
    async verify({ document, proof, publicKey, hashCanonical: hashOf }) {
      const signature = decodeEd25519Signature(proof.proofValue);
      const documentHash = await hashOf(document);
      const proofHash = await hashOf(inContext(proofConfiguration(proof), document));
      return verify(null, Buffer.concat([proofHash, documentHash], 64), publicKey, signature);
    },
  };
}

export const eddsaRdfc2022 = suite('eddsa-rdfc-2022');
export const eddsa2022 = suite('eddsa-2022');

/** The last proof made, but for its value: the badges of one second have the same, sound as it is and hashed. */
interface KnownProof {
  verificationMethod: string;
  proofPurpose: string | undefined;
  second: number;
  contexts: readonly unknown[];
  configuration: Record<string, unknown>;
  hash: Buffer;
}

let lastProof: KnownProof | undefined;

const secondOf = (instant: Date): number => Math.floor(instant.getTime() / 1000);

/** Those that every badge has; the others are rare, and may be objects that somebody changes. */
function isUsual({ id, expires, challenge, domain, previousProof }: SigningOptions): boolean {
  return [id, expires, challenge, domain, previousProof].every((option) => option === undefined);
}

function knownProof(options: SigningOptions, contexts: unknown): KnownProof | undefined {
  const last = lastProof;
  const isKnown =
    last !== undefined &&
    last.verificationMethod === options.verificationMethod &&
    last.proofPurpose === options.proofPurpose &&
    last.second === secondOf(options.created) &&
    isUsual(options) &&
    Array.isArray(contexts) &&
    contexts.length === last.contexts.length &&
    contexts.every((context, n) => typeof context === 'string' && context === last.contexts[n]);
  return isKnown ? last : undefined;
}

/**
 * Takes a document and adds a proof to it; proofs that are there already stay, and are signed too when `previousProof`
 * names them. Throws ERR_OB_JSONLD (a term that would be left unsigned), ERR_OB_PROOF_CHAIN, ERR_OB_KEY_UNSUPPORTED.
 * §3.2.1; VC Data Integrity 1.0 §4.3 Add Proof Set/Chain.
 */
export async function signEddsaRdfc2022<T extends object>(document: T, options: SigningOptions): Promise<Signed<T>> {
  const unsecured = documentToSign(document, options.previousProof);
  const { '@context': contexts } = unsecured;
  const documentHash = await hashCanonical(unsecured);
  const known = knownProof(options, contexts);
  const configuration = known?.configuration ?? buildProof('eddsa-rdfc-2022', options);
  const hash = known?.hash ?? (await hashCanonical(inContext(configuration, unsecured)));
  // The proof's hash first, then the document's: §3.2.4.
  const bytes = Buffer.concat([hash, documentHash], 64);
  const { privateKey, inPool = false } = options;
  const signature = inPool ? await signEd25519InPool(bytes, privateKey) : signEd25519(bytes, privateKey);
  const proofValue = encodeBase58btc(signature);
  if (known) return withProof(document, { ...known.configuration, proofValue } as Proof);
  const signed = addProof(document, configuration, proofValue);
  if (isUsual(options) && Array.isArray(contexts)) {
    const { verificationMethod, proofPurpose, created } = options;
    const second = secondOf(created);
    lastProof = { verificationMethod, proofPurpose, second, contexts: [...contexts], configuration, hash };
  }
  return signed;
}
