// eddsa-rdfc-2022: the proof Cairn makes. Canonical N-Quads of proof and document, hashed, the proof's hash first, and
// those 64 bytes signed with Ed25519. The earlier name eddsa-2022 stands for the same steps in the drafts, and is only
// verified.
//
// Data Integrity EdDSA Cryptosuites 1.0 (W3C Recommendation, 15 May 2025) §3.2; Ed25519: RFC 8032 (January 2017).

import { verify } from 'node:crypto';
import { hashCanonical } from '../rdf/canonicalize.ts';
import { decodeBase58btc, encodeBase58btc } from '../multibase.ts';
import { OpenBadgesError } from '../errors.ts';
import type { Cryptosuite, ProofInput } from './cryptosuite.ts';
import { proofConfiguration } from './proof-options.ts';
import { addProof, buildProof, documentToSign, signEd25519, type Signed, type SigningOptions } from './signing.ts';

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

/** What is signed: the hash of the proof's own text, then that of the document's. §3.2.4. */
async function hashes(
  document: Record<string, unknown>,
  configuration: Record<string, unknown>,
  hashDocument: ProofInput['hashCanonical'],
  hashProof = hashDocument,
): Promise<Buffer> {
  const withContext = { ...configuration, '@context': document['@context'] };
  const documentHash = await hashDocument(document);
  return Buffer.concat([await hashProof(withContext), documentHash], 64);
}

/** The last proof made, and its hash: the badges of one second have one proof but for its value. */
let lastProof: { text: string; hash: Buffer } = { text: '', hash: Buffer.alloc(0) };

async function hashOwnProof(configuration: object): Promise<Buffer> {
  const text = JSON.stringify(configuration);
  if (lastProof.text !== text) lastProof = { text, hash: await hashCanonical(configuration) };
  return lastProof.hash;
}

function suite(name: string): Cryptosuite {
  return {
    name,
    keyKinds: ['Ed25519'],
    async verify({ document, proof, publicKey, hashCanonical: hashDocument }) {
      const signature = decodeEd25519Signature(proof.proofValue);
      const bytes = await hashes(document, proofConfiguration(proof), hashDocument);
      return verify(null, bytes, publicKey, signature);
    },
  };
}

export const eddsaRdfc2022 = suite('eddsa-rdfc-2022');
export const eddsa2022 = suite('eddsa-2022');

/**
 * Takes a document and adds a proof to it; proofs that are there already stay, and are signed too when `previousProof`
 * names them. Throws ERR_OB_JSONLD (a term that would be left unsigned), ERR_OB_PROOF_CHAIN, ERR_OB_KEY_UNSUPPORTED.
 * §3.2.1; VC Data Integrity 1.0 §4.3 Add Proof Set/Chain.
 */
export async function signEddsaRdfc2022<T extends object>(document: T, options: SigningOptions): Promise<Signed<T>> {
  const configuration = buildProof('eddsa-rdfc-2022', options);
  const bytes = await hashes(
    documentToSign(document, options.previousProof),
    configuration,
    hashCanonical,
    hashOwnProof,
  );
  return addProof(document, configuration, encodeBase58btc(signEd25519(bytes, options.privateKey)));
}
