// What is recognised: the achievement, its criteria and its relations.
//
// Open Badges 3.0 (1EdTech, April 2025): Achievement, Criteria, Related, AchievementSubject.

import { z } from 'zod';
import { endorsementCredentialSchema } from './endorsement.ts';
import { asArray, isObject } from './parse-json.ts';
import {
  classOf,
  compactJwsSchema,
  dateTimeForm,
  dateTimeSchema,
  extensibleEnumSchema,
  languageSchema,
  listSchema,
  numberSchema,
  textSchema,
  typeSchema,
  uriSchema,
  type Rule,
} from './primitives.ts';
import { identifierEntrySchema, imageSchema, profileSchema } from './profile.ts';
import { identityObjectSchema } from './recipient.ts';
import { alignmentSchema, resultDescriptionSchema, resultSchema, resultsHangTogether } from './result.ts';

const filled = (value: unknown): boolean => (typeof value === 'string' ? value.trim() !== '' : isObject(value));

const saysWhatIsAsked: Rule = (criteria, pointer, findings) => {
  if (!filled(criteria.id) && !filled(criteria.narrative))
    findings.fail(
      pointer,
      'criteria_empty',
      'criteria must have a narrative that says what was asked, or an id that leads to it.',
      'OB 3.0 (April 2025), Criteria',
    );
};

export const criteriaSchema = classOf(
  z.looseObject({ id: uriSchema.optional(), narrative: textSchema.optional() }),
  'Criteria',
  [saysWhatIsAsked],
);
export type Criteria = z.infer<typeof criteriaSchema>;

export const relatedSchema = classOf(
  z.looseObject({
    id: uriSchema,
    type: typeSchema(['Related']),
    inLanguage: languageSchema.optional(),
    version: textSchema.optional(),
  }),
  'Related',
);
export type Related = z.infer<typeof relatedSchema>;

export const ACHIEVEMENT_TYPES = [
  'Achievement',
  'ApprenticeshipCertificate',
  'Assessment',
  'Assignment',
  'AssociateDegree',
  'Award',
  'Badge',
  'BachelorDegree',
  'Certificate',
  'CertificateOfCompletion',
  'Certification',
  'CommunityService',
  'Competency',
  'Course',
  'CoCurricular',
  'Degree',
  'Diploma',
  'DoctoralDegree',
  'Fieldwork',
  'GeneralEducationDevelopment',
  'JourneymanCertificate',
  'LearningProgram',
  'License',
  'Membership',
  'ProfessionalDoctorate',
  'QualityAssuranceCredential',
  'MasterCertificate',
  'MasterDegree',
  'MicroCredential',
  'ResearchDoctorate',
  'SecondarySchoolDiploma',
] as const;

export const achievementSchema = classOf(
  z.looseObject({
    id: uriSchema,
    type: typeSchema(['Achievement']),
    name: textSchema,
    description: textSchema,
    criteria: criteriaSchema,
    achievementType: extensibleEnumSchema(ACHIEVEMENT_TYPES, 'OB 3.0, AchievementType').optional(),
    alignment: listSchema(alignmentSchema).optional(),
    creator: profileSchema.optional(),
    creditsAvailable: numberSchema.optional(),
    get endorsement() {
      return listSchema(endorsementCredentialSchema).optional();
    },
    endorsementJwt: listSchema(compactJwsSchema).optional(),
    fieldOfStudy: textSchema.optional(),
    humanCode: textSchema.optional(),
    image: imageSchema.optional(),
    inLanguage: languageSchema.optional(),
    otherIdentifier: listSchema(identifierEntrySchema).optional(),
    related: listSchema(relatedSchema).optional(),
    resultDescription: listSchema(resultDescriptionSchema).optional(),
    specialization: textSchema.optional(),
    tag: listSchema(textSchema).optional(),
    version: textSchema.optional(),
  }),
  'Achievement',
);
export type Achievement = z.infer<typeof achievementSchema>;

const namesSomebody: Rule = (subject, pointer, findings) => {
  if (!filled(subject.id) && asArray(subject.identifier).length === 0)
    findings.fail(
      pointer,
      'subject_unidentified',
      'credentialSubject must have an id or at least one identifier, or the badge belongs to nobody.',
      'OB 3.0 (April 2025) §9.1 step 1, AchievementSubject',
    );
};

const activityRunsForward: Rule = (subject, pointer, findings) => {
  const { activityStartDate: start, activityEndDate: end } = subject;
  if (
    dateTimeForm(start) === 'zoned' &&
    dateTimeForm(end) === 'zoned' &&
    Date.parse(start as string) > Date.parse(end as string)
  )
    findings.warn(
      `${pointer}/activityEndDate`,
      'activity_ends_first',
      'activityEndDate should not be before activityStartDate.',
      'OB 3.0 (April 2025), AchievementSubject',
    );
};

export const achievementSubjectSchema = classOf(
  z.looseObject({
    id: uriSchema.optional(),
    type: typeSchema(['AchievementSubject']),
    activityEndDate: dateTimeSchema.optional(),
    activityStartDate: dateTimeSchema.optional(),
    creditsEarned: numberSchema.optional(),
    achievement: achievementSchema,
    identifier: listSchema(identityObjectSchema).optional(),
    image: imageSchema.optional(),
    licenseNumber: textSchema.optional(),
    narrative: textSchema.optional(),
    result: listSchema(resultSchema).optional(),
    role: textSchema.optional(),
    source: profileSchema.optional(),
    term: textSchema.optional(),
  }),
  'AchievementSubject',
  [namesSomebody, activityRunsForward, resultsHangTogether],
);
export type AchievementSubject = z.infer<typeof achievementSubjectSchema>;
