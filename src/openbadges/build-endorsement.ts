// Builds an endorsement: somebody vouches for a person, an organisation, an achievement or a badge, in a credential of
// its own that may travel alone or inside the other.
//
// Open Badges 3.0 (1EdTech, April 2025): EndorsementCredential, EndorsementSubject.

import { OB_V3, VC_V2 } from './contexts.ts';
import { assertSignable } from './credential.ts';
import type { Profile } from './profile.ts';
import { brandUnsigned, wholeSeconds, type CredentialDocument, type UnsignedCredential } from './unsigned.ts';

export interface EndorsementContent {
  id: string;
  name: string;
  issuer: Profile;
  /** The id of what is endorsed. */
  subjectId: string;
  comment: string;
  validFrom: Date;
  validUntil?: Date;
  credentialStatus: { id: string; type: string; [member: string]: unknown };
}

/**
 * Takes the content, gives the unsigned endorsement. Throws ERR_OB_CREDENTIAL_INVALID with every fault, or
 * ERR_OB_HTML_ENTITY.
 */
export function buildEndorsement(content: EndorsementContent): UnsignedCredential {
  const { id, name, issuer, subjectId, comment, validFrom, validUntil, credentialStatus } = content;
  const document: CredentialDocument = {
    '@context': [VC_V2, OB_V3],
    id,
    type: ['VerifiableCredential', 'EndorsementCredential'],
    name,
    issuer: { ...issuer },
    validFrom: wholeSeconds(validFrom),
    ...(validUntil && { validUntil: wholeSeconds(validUntil) }),
    awardedDate: wholeSeconds(validFrom),
    credentialSubject: { id: subjectId, type: ['EndorsementSubject'], endorsementComment: comment },
    credentialStatus,
  };
  assertSignable(document);
  return brandUnsigned(document);
}
