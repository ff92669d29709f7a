// Somebody vouches for a badge, an achievement or a profile: a credential of its own inside the other.
//
// Open Badges 3.0 (1EdTech, April 2025): EndorsementCredential, EndorsementSubject, §9.2.

import { z } from 'zod';
import { badgeContextSecond, versionOf } from './context-order.ts';
import { evidenceSchema } from './evidence.ts';
import { asArray, isObject } from './parse-json.ts';
import {
  classOf,
  dateTimeZSchema,
  listSchema,
  titleSchema,
  textSchema,
  typeSchema,
  uriSchema,
  type Rule,
} from './primitives.ts';
import { profileRefSchema, profileSchema } from './profile.ts';
import { relatedResourcesDiffer } from './related-resource.ts';
import { badgeSharedShape, validityRunsForward } from './vc-data-model.ts';

export const endorsementSubjectSchema = classOf(
  z.looseObject({
    id: uriSchema,
    type: typeSchema(['EndorsementSubject']),
    endorsementComment: textSchema.optional(),
  }),
  'EndorsementSubject',
);
export type EndorsementSubject = z.infer<typeof endorsementSubjectSchema>;

/** R1.37: where schemas are named, one of them is the standard's own. */
export const namesTheSchema: Rule = (credential, pointer, findings) => {
  const schemas = asArray(credential.credentialSchema).filter(isObject);
  if (schemas.length > 0 && !schemas.some((one) => asArray(one.type).includes('1EdTechJsonSchemaValidator2019')))
    findings.warn(
      `${pointer}/credentialSchema`,
      'schema_not_named',
      'One credentialSchema should have the type "1EdTechJsonSchemaValidator2019" and the URL of the official schema.',
      'OB 3.0 (April 2025), CredentialSchema',
    );
};

/** The rules that a badge and an endorsement share. */
export const badgeRules = [badgeContextSecond, validityRunsForward, relatedResourcesDiffer, namesTheSchema];

const endorsementShape = {
  ...badgeSharedShape,
  type: typeSchema(['VerifiableCredential'], ['EndorsementCredential']),
  name: titleSchema,
  credentialSubject: endorsementSubjectSchema,
  evidence: listSchema(evidenceSchema).optional(),
};

/** R1.35 in the form of VC Data Model 1.1, for verification only. */
export const endorsementCredentialV1Schema = classOf(
  z.looseObject({
    ...endorsementShape,
    get issuer() {
      return profileSchema;
    },
    issuanceDate: dateTimeZSchema,
    expirationDate: dateTimeZSchema.optional(),
  }),
  'EndorsementCredential (1.1)',
  badgeRules,
);

export const endorsementCredentialSchema = classOf(
  z.looseObject({
    ...endorsementShape,
    get issuer() {
      return profileRefSchema;
    },
    validFrom: dateTimeZSchema,
    validUntil: dateTimeZSchema.optional(),
  }),
  'EndorsementCredential',
  badgeRules,
  { variant: (value) => (versionOf(value) === '1.1' ? endorsementCredentialV1Schema : undefined) },
);
export type EndorsementCredential = z.infer<typeof endorsementCredentialSchema>;
