// eddsa-jcs-2022: the JSON itself is canonicalized, so that every member is signed whatever the contexts say. The proof
// carries its own `@context`, which the document's must begin with: contexts may be added later, none taken or swapped.
//
// Data Integrity EdDSA Cryptosuites 1.0 (W3C Recommendation, 15 May 2025) §3.3; RFC 8785 JCS (June 2020).

import { verify } from 'node:crypto';
import canonicalizeJson from 'canonicalize';
import { OpenBadgesError } from '../errors.ts';
import { encodeBase58btc } from '../multibase.ts';
import { checkJson } from '../rdf/bounds.ts';
import { digest, type Cryptosuite } from './cryptosuite.ts';
import { decodeEd25519Signature } from './eddsa-rdfc-2022.ts';
import { proofConfiguration } from './proof-options.ts';
import { addProof, buildProof, documentToSign, signEd25519, type Signed, type SigningOptions } from './signing.ts';

/** Takes JSON, gives its one canonical text (RFC 8785). Throws ERR_OB_TOO_COMPLEX or ERR_OB_JSONLD for hostile JSON. */
export function jcsText(value: object): string {
  checkJson(value);
  const text = canonicalizeJson(value);
  if (text === undefined) throw new OpenBadgesError('ERR_OB_PROOF_MALFORMED', 'This document is not JSON.');
  return text;
}

function hash(value: object): Buffer {
  return digest(jcsText(value));
}

function listed(context: unknown): unknown[] {
  return Array.isArray(context) ? context : [context];
}

/** The document under the contexts of the proof, with which it must begin (§3.3.2 step 3). Throws ERR_OB_PROOF_CONTEXT. */
export function withProofContext(document: Record<string, unknown>, context: unknown): Record<string, unknown> {
  if (context === undefined) return document;
  const own = listed(document['@context']);
  const isPrefix = listed(context).every((one, index) => canonicalizeJson(one) === canonicalizeJson(own[index]));
  if (isPrefix) return { ...document, '@context': context };
  const what = "The document's @context does not begin with the contexts that the proof was made under.";
  throw new OpenBadgesError('ERR_OB_PROOF_CONTEXT', what, { pointer: '/@context' });
}

export const eddsaJcs2022: Cryptosuite = {
  name: 'eddsa-jcs-2022',
  keyKinds: ['Ed25519'],
  async verify({ document, proof, publicKey }) {
    const signature = decodeEd25519Signature(proof.proofValue);
    const signed = withProofContext(document, proof['@context']);
    return verify(null, Buffer.concat([hash(proofConfiguration(proof)), hash(signed)]), publicKey, signature);
  },
};

/**
 * Takes a document and adds a proof to it; proofs that are there already stay, and are signed too when `previousProof`
 * names them. Throws ERR_OB_PROOF_CHAIN, ERR_OB_KEY_UNSUPPORTED, ERR_OB_TOO_COMPLEX. §3.3.1.
 */
export async function signEddsaJcs2022<T extends object>(document: T, options: SigningOptions): Promise<Signed<T>> {
  const signed = documentToSign(document, options.previousProof);
  const context = signed['@context'];
  const configuration = {
    ...(context !== undefined && { '@context': context }),
    ...buildProof('eddsa-jcs-2022', options),
  };
  const bytes = Buffer.concat([hash(configuration), hash(signed)]);
  return addProof(document, configuration, encodeBase58btc(signEd25519(bytes, options.privateKey)));
}
