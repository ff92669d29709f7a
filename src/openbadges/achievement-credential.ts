// The badge itself: AchievementCredential, also called OpenBadgeCredential.
//
// Open Badges 3.0 (1EdTech, April 2025) §B.1.1; the form of VC Data Model 1.1 for verification only (R1.05).

import { z } from 'zod';
import { achievementSubjectSchema } from './achievement.ts';
import { badgeRules, endorsementCredentialSchema } from './endorsement.ts';
import { evidenceSchema } from './evidence.ts';
import { classOf, compactJwsSchema, dateTimeZSchema, listSchema, titleSchema, typeSchema } from './primitives.ts';
import { imageSchema, profileRefSchema, profileSchema } from './profile.ts';
import { badgeSharedShape } from './vc-data-model.ts';

const badgeShape = {
  ...badgeSharedShape,
  type: typeSchema(['VerifiableCredential'], ['OpenBadgeCredential', 'AchievementCredential']),
  credentialSubject: achievementSubjectSchema,
  image: imageSchema.optional(),
  endorsement: listSchema(endorsementCredentialSchema).optional(),
  endorsementJwt: listSchema(compactJwsSchema).optional(),
  evidence: listSchema(evidenceSchema).optional(),
};

export const achievementCredentialSchema = classOf(
  z.looseObject({
    ...badgeShape,
    name: titleSchema.optional(),
    issuer: profileRefSchema,
    validFrom: dateTimeZSchema,
    validUntil: dateTimeZSchema.optional(),
  }),
  'AchievementCredential',
  badgeRules,
);
export type AchievementCredential = z.infer<typeof achievementCredentialSchema>;

export const achievementCredentialV1Schema = classOf(
  z.looseObject({
    ...badgeShape,
    name: titleSchema,
    issuer: profileSchema,
    issuanceDate: dateTimeZSchema,
    expirationDate: dateTimeZSchema.optional(),
  }),
  'AchievementCredential (1.1)',
  badgeRules,
);
