// Signs what we say with the Ed25519 key of the issuer, ours unless another is named (Data Integrity EdDSA Cryptosuites 1.0, W3C
// Recommendation 15 May 2025, eddsa-rdfc-2022).
import type { SignedCredential, UnsignedCredential } from '../openbadges/credential.ts';
import { jsonOf } from '../openbadges/constant-part.ts';
import { signEddsaRdfc2022 } from '../openbadges/proofs/eddsa-rdfc-2022.ts';
import { issuerPrivateKey, ownIssuer, type OurIssuer } from '../issuer/issuers.ts';
import type { Service } from '../platform/service.ts';

export interface SignedDocument {
  signed: SignedCredential;
  /** The bytes that are stored and served; never serialised again. */
  json: string;
  kid: string;
}

/** Signs a document as an issuer of ours, now. */
export async function signDocument(
  service: Pick<Service, 'keys' | 'config' | 'now'>,
  unsigned: UnsignedCredential,
  issuer: OurIssuer = ownIssuer(service),
): Promise<SignedDocument> {
  const signed = await signEddsaRdfc2022(unsigned, {
    privateKey: issuerPrivateKey(service, issuer),
    verificationMethod: issuer.verificationMethod,
    created: service.now(),
  });
  return { signed, json: jsonOf(signed), kid: issuer.key.kid };
}
