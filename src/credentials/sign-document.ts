// Signs what we say with the active Ed25519 key of the issuer (Data Integrity EdDSA Cryptosuites 1.0, W3C
// Recommendation 15 May 2025, eddsa-rdfc-2022).
import type { SignedCredential, UnsignedCredential } from '../openbadges/credential.ts';
import { signEddsaRdfc2022 } from '../openbadges/proofs/eddsa-rdfc-2022.ts';
import { verificationMethodId } from '../issuer/documents.ts';
import type { Service } from '../platform/service.ts';

export interface SignedDocument {
  signed: SignedCredential;
  /** The bytes that are stored and served; never serialised again. */
  json: string;
  kid: string;
}

/** Signs a document as the issuer, now. */
export async function signDocument(
  service: Pick<Service, 'keys' | 'config' | 'now'>,
  unsigned: UnsignedCredential,
): Promise<SignedDocument> {
  const key = service.keys.active('data-integrity');
  const signed = await signEddsaRdfc2022(unsigned, {
    privateKey: service.keys.privateKey(key.kid),
    verificationMethod: verificationMethodId(service.config.publicUrl, key),
    created: service.now(),
  });
  return { signed, json: JSON.stringify(signed), kid: key.kid };
}
