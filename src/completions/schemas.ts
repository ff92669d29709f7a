// The shapes of what the completions room answers, for the contract.
import { z } from 'zod';
import { PROBLEM_SCHEMA } from '../platform/problem.ts';

const progressSchema = z.object({
  track: z.string(),
  version: z.string(),
  unitsDone: z.int(),
  unitsRequired: z.int(),
  stepsDone: z.int(),
  stepsRequired: z.int(),
  complete: z.boolean(),
});

export const answerSchema = z.object({
  id: z.string(),
  source: z.string(),
  status: z.enum(['recorded', 'parked', 'dropped']),
  effect: z.enum(['recorded', 'stale', 'no_change', 'undone', 'parked', 'dropped']),
  replayed: z.literal(true).optional(),
  completion: z.uuid().optional(),
  learner: z.uuid().optional(),
  unit: z.string().optional(),
  progress: z.array(progressSchema),
  awarded: z.array(z.object({ achievement: z.string(), credential: z.url() })),
  parked: z.uuid().optional(),
  parkedReason: z.enum(['unknown_unit', 'identity_conflict', 'unverified_email']).optional(),
});

export const batchAnswerSchema = z.object({
  summary: z.object({
    created: z.int(),
    replayed: z.int(),
    stale: z.int(),
    parked: z.int(),
    dropped: z.int(),
    failed: z.int(),
  }),
  results: z.array(
    answerSchema.partial().extend({
      index: z.int(),
      id: z.string().optional(),
      status: z.int(),
      recorded: z.enum(['recorded', 'parked', 'dropped']).optional(),
      problem: PROBLEM_SCHEMA.optional(),
      retryable: z.boolean().optional(),
    }),
  ),
});

export const completionSchema = z.object({
  id: z.uuid(),
  learner: z.uuid(),
  source: z.string(),
  recordId: z.string(),
  type: z.string(),
  unit: z.string(),
  occurredAt: z.string(),
  sequence: z.number(),
  passed: z.boolean().optional(),
  effect: z.string(),
  details: z.record(z.string(), z.unknown()).optional(),
  receivedAt: z.string(),
});

export const awardedSchema = z.array(z.object({ achievement: z.string(), credential: z.url() }));

/** Members of every list that is read page by page. */
export const pageQuery = {
  cursor: z.string().max(400).optional().describe('`next` of the page before.'),
  limit: z.coerce.number().int().min(1).max(500).default(100),
};

const nodeSchema = z.object({
  id: z.string(),
  kind: z.string(),
  title: z.string(),
  complete: z.boolean(),
  done: z.int(),
  required: z.int(),
  satisfiedBy: z
    .array(z.object({ completion: z.string(), source: z.string(), occurredAt: z.string(), type: z.string() }))
    .optional(),
  missing: z.array(z.string()).optional(),
  get children() {
    return z.array(verdictNodeSchema).optional();
  },
});
/** A node of a verdict: what satisfied it, or what is missing. */
const verdictNodeSchema: typeof nodeSchema = nodeSchema.meta({ id: 'VerdictNode' });

export const reportSchema = z.object({
  learner: z.uuid(),
  tracks: z.array(
    progressSchema.extend({
      credential: z.url().optional(),
      withheld: z.string().optional(),
      done: z.array(z.string()),
      missing: z.array(z.string()),
      requirement: verdictNodeSchema,
    }),
  ),
  awarded: z.array(
    z.object({
      achievement: z.string(),
      credential: z.url(),
      awardedAt: z.string(),
      status: z.enum(['live', 'revoked']),
    }),
  ),
});
