// Told before? The same, or something else under the same id? And which of our units is meant?
import type { Claim } from '../learners/match-learners.ts';
import { Problem } from '../platform/problem.ts';
import type { Tx } from '../platform/database.ts';
import { isKnownUnit, needsReview } from '../tracks/catalogue.ts';
import { activityName, recordDigest } from './completion.ts';
import { holdOffMappings, readMappings } from './parked-store.ts';
import { readReceipts, type StoredAnswer } from './store.ts';
import { recordKey, type Submission } from './submission.ts';

/** A submission with what was found out about it so far. */
export interface Sorted {
  submission: Submission;
  /** What it says of its learner. */
  claim: Claim;
  digest: string;
  key: string;
  unit?: string;
  /** The answer that the same record got before, in the database or earlier in this gathering. */
  replayOf?: StoredAnswer | Sorted;
  problem?: Problem;
  /** Filled in as the story goes on. */
  learnerId?: string;
  answer?: StoredAnswer;
}

/**
 * Finds replays and contradictions, then the units; what was resolved by a registrar is new by definition.
 * @param claims one for each, by `claimOf`.
 * @param untold those of which there was no receipt when it was asked beforehand; one that came since is met by `insertReceipts`.
 */
export async function sortSubmissions(
  tx: Tx,
  submissions: Submission[],
  claims: Claim[],
  untold?: { has(submission: Submission): boolean },
): Promise<Sorted[]> {
  const sorted = submissions.map((submission, n): Sorted => {
    const { record, clientId } = submission;
    const key = recordKey({ clientId, source: record.source, recordId: record.id });
    return { submission, claim: claims[n]!, key, digest: recordDigest(record) };
  });
  await findReplays(tx, sorted, untold ? sorted.filter((one) => !untold.has(one.submission)) : sorted);
  await findUnits(tx, sorted);
  return sorted;
}

async function findReplays(tx: Tx, sorted: Sorted[], asked: Sorted[]): Promise<void> {
  const told = await readReceipts(
    tx,
    asked.map(({ submission: { record, clientId } }) => ({ clientId, source: record.source, recordId: record.id })),
  );
  const receipts = new Map(told.map((receipt) => [recordKey(receipt), receipt]));
  const first = new Map<string, Sorted>();
  for (const one of sorted) {
    if (one.submission.resolution) continue;
    const before = receipts.get(one.key) ?? first.get(one.key);
    if (!before) first.set(one.key, one);
    else if (before.digest !== one.digest) one.problem = contradiction();
    else one.replayOf = 'answer' in before && before.answer ? before.answer : (before as Sorted);
  }
}

function contradiction(): Problem {
  return new Problem(
    'record_id_taken',
    409,
    'Another record was received under this id from this source. Send a correction under an id of its own.',
    { errors: [{ pointer: '/id', code: 'record_id_taken', detail: 'Give the changed record a new id.' }] },
  );
}

async function findUnits(tx: Tx, sorted: Sorted[]): Promise<void> {
  const fresh = sorted.filter((one) => !one.problem && !one.replayOf);
  const unknown = fresh.filter(({ submission: { record } }) => !isKnownUnit(record.activity.unit ?? ''));
  const names = unknown.map(({ submission: { record } }) => ({
    source: record.source,
    activity: activityName(record),
  }));
  if (names.length > 0) await holdOffMappings(tx);
  const mapped = new Map(
    (await readMappings(tx, names)).map((one) => [JSON.stringify([one.source, one.activity]), one.unit]),
  );
  for (const one of fresh) {
    const { record, mayReview } = one.submission;
    const given = record.activity.unit;
    const unit =
      given !== undefined && isKnownUnit(given)
        ? given
        : mapped.get(JSON.stringify([record.source, activityName(record)]));
    if (unit !== undefined && needsReview(unit) && !mayReview)
      one.problem = new Problem(
        'scope_missing',
        403,
        `Saying ${unit} needs the scope reviews:write: a certificate rests on reviewed work.`,
        { errors: [{ pointer: '/activity/unit', code: 'scope_missing', detail: 'Ask for the scope reviews:write.' }] },
      );
    else if (unit !== undefined) one.unit = unit;
  }
}
