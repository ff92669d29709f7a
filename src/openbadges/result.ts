// What the earner reached: results, what they may be, and how the two hang together.
//
// A result points into the achievement by ids, so that a reader knows the scale of "B+". A pointer to nowhere makes the
// result unreadable, and is a fault.
//
// Open Badges 3.0 (1EdTech, April 2025): Result, ResultDescription, RubricCriterionLevel, Alignment.

import { z } from 'zod';
import type { Findings } from './findings.ts';
import { asArray, isObject } from './parse-json.ts';
import {
  classOf,
  enumSchema,
  extensibleEnumSchema,
  listSchema,
  textSchema,
  typeSchema,
  uriSchema,
  type Rule,
} from './primitives.ts';

const CLAUSE = 'OB 3.0 (April 2025), Result';

export const alignmentSchema = classOf(
  z.looseObject({
    type: typeSchema(['Alignment']),
    targetCode: textSchema.optional(),
    targetDescription: textSchema.optional(),
    targetName: textSchema,
    targetFramework: textSchema.optional(),
    targetType: extensibleEnumSchema(
      [
        'ceasn:Competency',
        'ceterms:Credential',
        'CFItem',
        'CFRubric',
        'CFRubricCriterion',
        'CFRubricCriterionLevel',
        'CTDL',
      ],
      'OB 3.0, AlignmentTargetTypeEnum',
    ).optional(),
    targetUrl: uriSchema,
  }),
  'Alignment',
);
export type Alignment = z.infer<typeof alignmentSchema>;

export const resultSchema = classOf(
  z.looseObject({
    type: typeSchema(['Result']),
    achievedLevel: uriSchema.optional(),
    alignment: listSchema(alignmentSchema).optional(),
    resultDescription: uriSchema.optional(),
    status: enumSchema(
      ['Completed', 'Enrolled', 'Failed', 'InProgress', 'OnHold', 'Provisional', 'Withdrew'],
      'OB 3.0, ResultStatusType (not extensible)',
    ).optional(),
    value: textSchema.optional(),
  }),
  'Result',
);
export type Result = z.infer<typeof resultSchema>;

export const rubricCriterionLevelSchema = classOf(
  z.looseObject({
    id: uriSchema,
    type: typeSchema(['RubricCriterionLevel']),
    alignment: listSchema(alignmentSchema).optional(),
    description: textSchema.optional(),
    level: textSchema.optional(),
    name: textSchema,
    points: textSchema.optional(),
  }),
  'RubricCriterionLevel',
);
export type RubricCriterionLevel = z.infer<typeof rubricCriterionLevelSchema>;

function idsOf(value: unknown): Set<unknown> {
  return new Set(
    asArray(value)
      .filter(isObject)
      .map((one) => one.id),
  );
}

const requirementExists: Rule = (description, pointer, findings) => {
  const { requiredLevel, requiredValue, allowedValue, rubricCriterionLevel } = description;
  if (
    typeof requiredLevel === 'string' &&
    rubricCriterionLevel !== undefined &&
    !idsOf(rubricCriterionLevel).has(requiredLevel)
  )
    findings.fail(
      `${pointer}/requiredLevel`,
      'required_level_unknown',
      'requiredLevel must be the id of one of the rubricCriterionLevel entries beside it.',
      'OB 3.0 (April 2025), ResultDescription',
    );
  if (typeof requiredValue === 'string' && Array.isArray(allowedValue) && !allowedValue.includes(requiredValue))
    findings.warn(
      `${pointer}/requiredValue`,
      'required_value_unknown',
      'requiredValue should be one of the allowedValue entries beside it.',
      'OB 3.0 (April 2025), ResultDescription',
    );
  const [least, most] = [Number(description.valueMin), Number(description.valueMax)];
  if (least > most)
    findings.warn(
      `${pointer}/valueMin`,
      'value_range_empty',
      'valueMin should not be more than valueMax.',
      'OB 3.0 (April 2025), ResultDescription',
    );
};

export const resultDescriptionSchema = classOf(
  z.looseObject({
    id: uriSchema,
    type: typeSchema(['ResultDescription']),
    alignment: listSchema(alignmentSchema).optional(),
    allowedValue: listSchema(textSchema).optional(),
    name: textSchema,
    requiredLevel: uriSchema.optional(),
    requiredValue: textSchema.optional(),
    resultType: extensibleEnumSchema(
      [
        'GradePointAverage',
        'LetterGrade',
        'Percent',
        'PerformanceLevel',
        'PredictedScore',
        'RawScore',
        'Result',
        'RubricCriterion',
        'RubricCriterionLevel',
        'RubricScore',
        'ScaledScore',
        'Status',
      ],
      'OB 3.0, ResultType',
    ),
    rubricCriterionLevel: listSchema(rubricCriterionLevelSchema).optional(),
    valueMax: textSchema.optional(),
    valueMin: textSchema.optional(),
  }),
  'ResultDescription',
  [requirementExists],
);
export type ResultDescription = z.infer<typeof resultDescriptionSchema>;

function checkResult(
  result: Record<string, unknown>,
  descriptions: Record<string, unknown>[],
  pointer: string,
  findings: Findings,
): void {
  const { resultDescription, achievedLevel, status, value } = result;
  const linked = descriptions.find((one) => one.id === resultDescription);
  if (typeof resultDescription === 'string' && !linked)
    findings.fail(
      `${pointer}/resultDescription`,
      'result_description_unknown',
      'resultDescription must be the id of a resultDescription of the achievement in this badge.',
      CLAUSE,
    );
  const reaches = (one: Record<string, unknown>): boolean => idsOf(one.rubricCriterionLevel).has(achievedLevel);
  if (typeof achievedLevel === 'string' && !descriptions.some(reaches))
    findings.fail(
      `${pointer}/achievedLevel`,
      'achieved_level_unknown',
      'achievedLevel must be the id of a rubricCriterionLevel of the achievement in this badge.',
      CLAUSE,
    );
  // The standard's own complete example links a level to another description than the result's: hence no failure.
  else if (typeof achievedLevel === 'string' && linked && !reaches(linked))
    findings.warn(
      `${pointer}/achievedLevel`,
      'achieved_level_elsewhere',
      'achievedLevel should be a level of the result description that this result is linked to.',
      CLAUSE,
    );
  if (linked?.resultType === 'Status' && status === undefined)
    findings.fail(
      `${pointer}/status`,
      'status_missing',
      'status must be given, because the linked result description has the resultType "Status".',
      CLAUSE,
    );
  const allowed = linked?.allowedValue;
  if (typeof value === 'string' && Array.isArray(allowed) && !allowed.includes(value))
    findings.warn(
      `${pointer}/value`,
      'value_not_on_scale',
      'value should be one of the allowedValue entries of the linked result description.',
      CLAUSE,
    );
}

/** R1.31: every result leads to a description, and every level to a rubric, of the achievement in the same badge. */
export const resultsHangTogether: Rule = (subject, pointer, findings) => {
  const achievement = isObject(subject.achievement) ? subject.achievement : {};
  const descriptions = asArray(achievement.resultDescription).filter(isObject);
  const many = Array.isArray(subject.result);
  asArray(subject.result).forEach((result, position) => {
    if (isObject(result)) checkResult(result, descriptions, `${pointer}/result${many ? `/${position}` : ''}`, findings);
  });
};
