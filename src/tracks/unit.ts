// The activities that count: units of study, and the steps of the certification process, which are completed like units.
//
// A unit's key is `module/slug` and the same in every track, so that one completion counts wherever it is asked for.
// Titles differ between tracks and the headings of four source files are swapped, so nothing is ever matched by title.
import { z } from 'zod';
import { htmlEntityIn } from '../openbadges/credential.ts';
import { EVIDENCE_CATEGORIES, unitKeySchema, type EvidenceCategory } from './requirement.ts';

/** Text that may stand in a signed document. */
export const textSchema = z
  .string()
  .trim()
  .min(1)
  .refine(
    (text) => htmlEntityIn(text) === undefined,
    'must hold no HTML entity, such as an escaped ampersand: write the character',
  );

/** Open Badges 3.0 (April 2025), Alignment, without its `type`. */
export const alignmentSchema = z.strictObject({
  targetName: textSchema,
  targetUrl: z.url(),
  targetCode: textSchema.optional(),
  targetFramework: textSchema.optional(),
  targetType: z.string().regex(/^ext:[A-Za-z0-9._-]+$|^CF|^ce|^CTDL$/, 'must be of AlignmentTargetTypeEnum or ext:…'),
});
export type AlignmentTarget = z.infer<typeof alignmentSchema>;

/**
 * A unit. `outline` means that the source has a title and no text worth the name, so there is neither summary nor
 * outcome: none is made up.
 */
export const unitSchema = z
  .strictObject({
    key: unitKeySchema,
    module: z.string(),
    title: textSchema,
    titleVariants: z.array(textSchema).min(1).optional(),
    content: z.enum(['authored', 'outline']),
    summary: textSchema.optional(),
    outcomes: z.array(textSchema).min(1).optional(),
    quests: z
      .array(z.strictObject({ title: textSchema, url: z.url() }))
      .min(1)
      .optional(),
  })
  .refine((unit) => unit.key.startsWith(`${unit.module}/`), { path: ['module'], error: 'must be the front of the key' })
  .refine((unit) => unit.content === 'authored' || !(unit.outcomes ?? unit.summary), {
    path: ['outcomes'],
    error: 'an outline has neither summary nor outcomes',
  })
  .refine((unit) => unit.content === 'outline' || (unit.outcomes && unit.summary), {
    path: ['outcomes'],
    error: 'an authored unit has a summary and outcomes',
  });
export type Unit = z.infer<typeof unitSchema>;

/** A module: some units of one subject, closed by a summit quest. */
export const moduleSchema = z.strictObject({
  id: z.string(),
  title: textSchema,
  summary: textSchema,
  mastery: z.strictObject({ unit: z.string(), title: textSchema, description: textSchema }),
  alignment: z.array(alignmentSchema).min(1).optional(),
});
export type ModuleText = z.infer<typeof moduleSchema>;

const stepText = z.strictObject({ title: textSchema, description: textSchema });

/** What the steps of every track are called. */
export const stepTextsSchema = z.strictObject({
  session: stepText,
  evidence: z.record(z.enum(EVIDENCE_CATEGORIES), stepText),
  fee: stepText,
});
export type StepTexts = z.infer<typeof stepTextsSchema>;

/** A step of the certification process. */
export interface Step {
  key: string;
  kind: 'session' | 'mastery' | 'evidence' | 'fee';
  title: string;
  description: string;
  /** What a client needs to report it: work that a facilitator judges is not a platform's to report. */
  scope: 'completions:write' | 'reviews:write';
}

/** The steps of one track that no other track shares. */
export function stepsOf(trackId: string, texts: StepTexts): Step[] {
  const evidence = (Object.entries(texts.evidence) as [EvidenceCategory, StepTexts['fee']][]).map(
    ([category, text]): Step => ({
      key: `step/${trackId}/evidence/${category}`,
      kind: 'evidence',
      ...text,
      scope: 'reviews:write',
    }),
  );
  return [
    { key: `step/${trackId}/session`, kind: 'session', ...texts.session, scope: 'completions:write' },
    ...evidence,
    { key: `step/${trackId}/fee`, kind: 'fee', ...texts.fee, scope: 'reviews:write' },
  ];
}

/** The step that closes a module, shared by every track. */
export function masteryOf(module: ModuleText): Step {
  const { unit, title, description } = module.mastery;
  return { key: unit, kind: 'mastery', title, description, scope: 'completions:write' };
}
