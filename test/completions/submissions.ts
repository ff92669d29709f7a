// Records and submissions for the tests of this room.
import type { CompletionRecord } from '../../src/completions/completion.ts';
import type { Reply, Submission, CompletionAnswer } from '../../src/completions/submission.ts';
import { trackVersion } from '../../src/tracks/catalogue.ts';
import { unitsOf } from '../../src/tracks/requirement.ts';

export const MOODLE = 'https://moodle.example.edu';

let count = 0;

/** A completion of a unit by somebody's account, with what a test wants different. */
export function record(unit: string, account: string, parts: Partial<CompletionRecord> = {}): CompletionRecord {
  count += 1;
  return {
    id: `record-${count}`,
    source: MOODLE,
    type: 'completed',
    learner: { identifiers: [{ type: 'account', homePage: MOODLE, name: account }] },
    activity: { unit },
    occurredAt: '2026-03-04T10:11:12.345Z',
    sequence: count,
    ...parts,
  };
}

/** A record as its client sends it. */
export function submission(record: CompletionRecord, parts: Partial<Submission> = {}): Submission {
  return { record, clientId: 'client-a', trustEmail: true, mayStateConsents: false, mayReview: true, ...parts };
}

/** The units and steps of the Commons module badge. */
export const COMMONS = [
  'commons/significance',
  'commons/physical-digital',
  'commons/opportunity',
  'commons/creative-commons',
  'step/mastery/commons',
];

/** Everything that the CORE certificate asks. */
export function coreUnits(): string[] {
  return [...unitsOf(trackVersion('core', '1.0')!.requirement)];
}

/** The body of a reply that is no problem. */
export function body(reply: Reply | undefined): CompletionAnswer {
  if (!reply || 'problem' in reply) throw reply?.problem ?? new Error('no reply');
  return reply.body;
}
