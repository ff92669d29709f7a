// A completion record as platforms send it. Unknown members are refused: a misspelt member that is silently ignored is
// a completion that silently does not count.
import { hash } from 'node:crypto';
import { z } from 'zod';
import { identifier } from '../learners/identifier.ts';
import { personName } from '../learners/person-name.ts';
import { recordText } from './record-text.ts';

const COMPLETION_TYPES = ['completed', 'passed', 'failed', 'waived', 'uncompleted', 'attended'] as const;

/** How far a platform's clock may be ahead of ours. */
export const CLOCK_SKEW_MS = 300_000;

const text = (max: number) => z.string().min(1).max(max);

/** A time with its zone, RFC 3339. Earlier than 1970 is a clock that was never set, and PostgreSQL has no year 0. */
export const instant = z.iso
  .datetime({
    offset: true,
    error: 'Give a time with its zone, like 2026-03-04T10:11:12Z or 2026-03-04T11:11:12+01:00.',
  })
  .refine((at) => !(Date.parse(at) < 0), { message: 'Give a time after 1970. Check the clock of your platform.' });

const activity = z
  .strictObject({
    unit: text(200).optional().describe('One of our unit or step keys, like `copyright/basics`.'),
    id: z.url('Give the IRI of the activity.').max(2048).optional().describe('The platform’s own IRI, to be mapped.'),
  })
  .refine((one) => one.unit !== undefined || one.id !== undefined, {
    message: 'Give `unit` (one of ours) or `id` (your IRI, which is then mapped to a unit).',
  });

const result = z.strictObject({
  passed: z.boolean().optional(),
  score: z
    .strictObject({
      scaled: z.number().min(-1).max(1).optional(),
      raw: z.number().optional(),
      min: z.number().optional(),
      max: z.number().optional(),
    })
    .optional(),
});

const evidence = z.strictObject({
  category: z.enum(['personal-toolkit', 'community-engagement', 'applied-practice', 'module-mastery']).optional(),
  url: z.url({ protocol: /^https?$/, error: 'Give an http or https address.' }).max(2048),
  name: text(300).optional(),
});

export const completionRecord = z.strictObject({
  id: text(255).describe('Unique within client and source; a retry carries the same id.'),
  source: z.url('Give the address of the platform, as it was registered for your client.').max(512),
  type: z.enum(COMPLETION_TYPES),
  learner: z.strictObject({
    identifiers: z.array(identifier).min(1, 'Name the learner by at least one identifier.').max(10),
    name: personName.optional(),
    consents: z
      .strictObject({ name: z.boolean().optional(), listed: z.boolean().optional(), evidence: z.boolean().optional() })
      .optional(),
  }),
  activity,
  occurredAt: instant.describe('Counts to the millisecond; what happened within one is told apart by `sequence`.'),
  sequence: z.int().min(0).max(Number.MAX_SAFE_INTEGER).optional(),
  result: result.optional(),
  evidence: z.array(evidence).max(20).optional(),
  reason: text(500).optional().describe('Why it was waived or withdrawn.'),
});

export type CompletionRecord = z.infer<typeof completionRecord>;

const digests = new WeakMap<CompletionRecord, string>();

/**
 * The digest by which a repeated record is recognised: SHA-256 of its JCS form (RFC 8785). Calculated once: a deed that is
 * tried again asks again.
 */
export function recordDigest(record: CompletionRecord): string {
  let digest = digests.get(record);
  if (digest === undefined) {
    digest = hash('sha256', recordText(record), 'base64url');
    digests.set(record, digest);
  }
  return digest;
}

/** The name that the platform gives to the activity: its IRI, or else the unit key. */
export function activityName(record: CompletionRecord): string {
  return record.activity.id ?? record.activity.unit ?? '';
}
