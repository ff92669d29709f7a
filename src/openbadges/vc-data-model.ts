// The members that every verifiable credential may have, and the credential that is nothing more.
//
// A credential that is no badge is held to these rules only: several subjects, single values for lists and language-
// tagged names are right there. Badges take the parts and add the stricter rules of Open Badges.
//
// VC Data Model 2.0 (W3C Recommendation, 15 May 2025) §4, §5; for the older form VC Data Model 1.1 (3 March 2022).

import { z } from 'zod';
import { vcContextFirst } from './context-order.ts';
import { asArray } from './parse-json.ts';
import {
  classOf,
  dateTimeForm,
  dateTimeSchema,
  dateTimeZSchema,
  listSchema,
  taggedTextSchema,
  plainTextSchema,
  titleSchema,
  vcTypeSchema,
  uriSchema,
  type Rule,
} from './primitives.ts';
import { relatedResourceSchema, relatedResourcesDiffer } from './related-resource.ts';
import { readStatusEntry } from './status/status-list-credential.ts';

const VC = 'VC Data Model 2.0 (15 May 2025)';
const clause = (section: string): { clause: string } => ({ clause: `${VC} ${section}` });

/** A `type` of which only the presence is asked: one name or several. */
export const anyTypeSchema = vcTypeSchema();

export const credentialSchemaSchema = classOf(
  z.looseObject({ id: uriSchema, type: anyTypeSchema }),
  'CredentialSchema',
  [],
  clause('§4.11'),
);

const statusEntryIsWhole: Rule = (status, pointer, findings) => {
  const types = asArray(status.type);
  if (types.includes('BitstringStatusListEntry')) readStatusEntry(status, pointer, findings);
  if (types.includes('1EdTechRevocationList') && typeof status.id !== 'string')
    findings.fail(
      `${pointer}/id`,
      'status_list_url_missing',
      'A 1EdTechRevocationList must have an id, the URL of the list.',
      'OB 3.0 (April 2025), CredentialStatus',
    );
};

export const credentialStatusSchema = classOf(
  z.looseObject({ id: uriSchema.optional(), type: anyTypeSchema }),
  'CredentialStatus',
  [statusEntryIsWhole],
  { ...clause('§4.10'), several: 'warn' },
);
const credentialStatusSetSchema = listSchema(
  classOf(
    z.looseObject({ id: uriSchema.optional(), type: anyTypeSchema }),
    'CredentialStatus',
    [statusEntryIsWhole],
    clause('§4.10'),
  ),
  'allowed',
);

/** R1.39: Open Badges asks for the id; the data model alone does not. */
export const refreshServiceSchema = classOf(z.looseObject({ id: uriSchema, type: anyTypeSchema }), 'RefreshService');
export const termsOfUseSchema = classOf(
  z.looseObject({ id: uriSchema.optional(), type: anyTypeSchema }),
  'TermsOfUse',
  [],
  clause('§5.5'),
);
const typedSchema = (name: string, section: string): z.ZodType =>
  classOf(z.looseObject({ id: uriSchema.optional(), type: anyTypeSchema }), name, [], clause(section));

export const proofSchema = classOf(
  z.looseObject({
    type: anyTypeSchema,
    created: dateTimeSchema.optional(),
    cryptosuite: plainTextSchema.optional(),
    challenge: plainTextSchema.optional(),
    nonce: plainTextSchema.optional(),
    proofPurpose: plainTextSchema.optional(),
    proofValue: plainTextSchema.optional(),
    verificationMethod: plainTextSchema.optional(),
  }),
  'Proof',
  [],
  { clause: 'VC Data Integrity 1.0 (15 May 2025) §2.1' },
);

/** validFrom ≤ validUntil (§4.9), in either form of the data model. */
export const validityRunsForward: Rule = (credential, pointer, findings) => {
  for (const [start, end] of [
    ['validFrom', 'validUntil'],
    ['issuanceDate', 'expirationDate'],
  ] as const) {
    const [from, until] = [credential[start], credential[end]];
    if (
      until !== undefined &&
      dateTimeForm(from) === 'zoned' &&
      dateTimeForm(until) === 'zoned' &&
      Date.parse(until as string) < Date.parse(from as string)
    )
      findings.fail(`${pointer}/${end}`, 'validity_ends_first', `${end} must not be before ${start}.`, `${VC} §4.9`);
  }
};

const saysSomething: Rule = (subject, pointer, findings) => {
  if (Object.keys(subject).length === 0)
    findings.fail(pointer, 'subject_empty', 'credentialSubject must say something of its subject.', `${VC} §4.8`);
};

const issuerObjectSchema = classOf(
  z.looseObject({ id: uriSchema, name: taggedTextSchema.optional(), description: taggedTextSchema.optional() }),
  'issuer',
  [],
  clause('§4.7'),
);

/** What both versions of the data model share. */
const sharedShape = {
  id: uriSchema.optional(),
  type: vcTypeSchema(['VerifiableCredential']),
  name: taggedTextSchema.optional(),
  description: taggedTextSchema.optional(),
  issuer: z.union([uriSchema, issuerObjectSchema]),
  credentialSubject: listSchema(
    classOf(z.looseObject({ id: uriSchema.optional() }), 'credentialSubject', [saysSomething], clause('§4.8')),
    'allowed',
    1,
  ),
  credentialStatus: credentialStatusSetSchema.optional(),
  credentialSchema: listSchema(credentialSchemaSchema, 'allowed').optional(),
  evidence: listSchema(typedSchema('evidence', '§5.6'), 'allowed').optional(),
  termsOfUse: listSchema(typedSchema('termsOfUse', '§5.5'), 'allowed').optional(),
  refreshService: listSchema(typedSchema('refreshService', '§5.4'), 'allowed').optional(),
  relatedResource: listSchema(relatedResourceSchema, 'allowed').optional(),
  proof: listSchema(proofSchema, 'allowed').optional(),
};
const sharedRules = [vcContextFirst, validityRunsForward, relatedResourcesDiffer];

export const verifiableCredentialSchema = classOf(
  z.looseObject({ ...sharedShape, validFrom: dateTimeSchema.optional(), validUntil: dateTimeSchema.optional() }),
  'VerifiableCredential',
  sharedRules,
  clause('§4'),
);

export const verifiableCredentialV1Schema = classOf(
  z.looseObject({ ...sharedShape, issuanceDate: dateTimeSchema, expirationDate: dateTimeSchema.optional() }),
  'VerifiableCredential (1.1)',
  sharedRules,
  { clause: 'VC Data Model 1.1 (3 March 2022) §4' },
);

const listIsOne: Rule = (subject, pointer, findings) => {
  const { statusPurpose, ttl, encodedList } = subject;
  if (typeof encodedList === 'string' && !encodedList.startsWith('u'))
    findings.fail(
      `${pointer}/encodedList`,
      'encoded_list_malformed',
      'encodedList must start with "u" (multibase base64url).',
      'W3C Bitstring Status List 1.0 (15 May 2025) §2.2',
    );
  const purposes = asArray(statusPurpose);
  if (purposes.length === 0 || !purposes.every((one) => typeof one === 'string' && one !== ''))
    findings.fail(
      `${pointer}/statusPurpose`,
      'status_purpose_malformed',
      'statusPurpose must be a text, or a list of texts.',
      'W3C Bitstring Status List 1.0 (15 May 2025) §2.2',
    );
  if (ttl !== undefined && (typeof ttl !== 'number' || !Number.isInteger(ttl) || ttl < 0))
    findings.fail(
      `${pointer}/ttl`,
      'ttl_malformed',
      'ttl must be a whole number of milliseconds.',
      'W3C Bitstring Status List 1.0 (15 May 2025) §2.2',
    );
};

/** The credential of a status list (Bitstring Status List 1.0 §2.2): one subject, which is the list. */
export const statusListCredentialSchema = classOf(
  z.looseObject({
    ...sharedShape,
    type: vcTypeSchema(['VerifiableCredential'], ['BitstringStatusListCredential']),
    credentialSubject: classOf(
      z.looseObject({
        id: uriSchema.optional(),
        type: vcTypeSchema(['BitstringStatusList']),
        encodedList: plainTextSchema,
      }),
      'BitstringStatusList',
      [listIsOne],
      { clause: 'W3C Bitstring Status List 1.0 (15 May 2025) §2.2', several: 'warn' },
    ),
    validFrom: dateTimeSchema.optional(),
    validUntil: dateTimeSchema.optional(),
  }),
  'BitstringStatusListCredential',
  sharedRules,
  { clause: 'W3C Bitstring Status List 1.0 (15 May 2025) §2.2' },
);

/** Members of the data model in a badge or an endorsement, as Open Badges types them. */
export const badgeSharedShape = {
  id: uriSchema,
  description: titleSchema.optional(),
  awardedDate: dateTimeZSchema.optional(),
  credentialSchema: listSchema(credentialSchemaSchema).optional(),
  credentialStatus: credentialStatusSchema.optional(),
  refreshService: refreshServiceSchema.optional(),
  termsOfUse: listSchema(termsOfUseSchema).optional(),
  relatedResource: listSchema(relatedResourceSchema, 'allowed').optional(),
  proof: listSchema(proofSchema, 'allowed').optional(),
};
