// A record on its way into the story: who sends it, what they may say, and the answer it gets.
import { keyText } from '../learners/identifier.ts';
import { keysOf } from '../learners/tombstones.ts';
import type { Problem } from '../platform/problem.ts';
import type { CompletionRecord } from './completion.ts';
import type { TrackProgress } from './progress.ts';
import type { StoredAnswer } from './store.ts';

/** What a registrar decided about a parked record. */
export interface Resolution {
  parkedId: string;
  /** This learner and no other. */
  learnerId?: string;
  /** The registrar vouches for the e-mail. */
  vouched?: boolean;
}

export interface Submission {
  record: CompletionRecord;
  clientId: string;
  trustEmail: boolean;
  mayStateConsents: boolean;
  /** Whether the client may say that evidence was approved and a fee settled. */
  mayReview: boolean;
  resolution?: Resolution;
}

/** The body of a successful answer. */
export interface CompletionAnswer extends StoredAnswer {
  source: string;
  replayed?: true;
  progress: TrackProgress[];
}

export type Reply = { status: 200 | 201 | 202; body: CompletionAnswer } | { problem: Problem };

/** One text for (client, source, id), the identity of a record. */
export function recordKey(of: { clientId: string; source: string; recordId: string }): string {
  return JSON.stringify([of.clientId, of.source, of.recordId]);
}

/**
 * What a record speaks of: its own identity, and every identifier of its learner, believed or not. Two records that share
 * none of these may be told at the same time.
 */
export function namesIn({ record, clientId }: Submission): string[] {
  return [
    recordKey({ clientId, source: record.source, recordId: record.id }),
    ...keysOf(record.learner.identifiers).map(keyText),
  ];
}
