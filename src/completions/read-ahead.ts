// What a gathering asks first (told before? who holds these identifiers?), asked before its transaction begins, on another
// connection: for an import it was a fifth of each transaction, in which this process waited.
// What may change until then decides nothing unnoticed:
// - A record without a receipt may be told meanwhile: its receipt is then in the way of ours (its primary key). One that has
//   a receipt is asked of again, since an erasure takes receipts away and nothing would be in the way of that.
// - An identifier that was free may be given to somebody: theirs is then in the way of ours. One that was held may have gone
//   to another learner or to nobody, by a merger or an erasure: both take its holder away, and locking the holder fails.
// - A tombstone is looked for in the transaction itself.
// Each of these loses the race, and the deed is tried again without what was known.
import { readHolders, type Holders } from '../learners/match-learners.ts';
import type { Name } from '../learners/identifier.ts';
import type { Tx } from '../platform/database.ts';
import { learnerNames } from './find-learners.ts';
import { readReceipts } from './store.ts';
import { namesIn, recordKey, type Submission } from './submission.ts';

/** What is known of submissions before their transaction begins. */
export interface KnownAhead {
  /** Those without a receipt whose holders were asked for, and the names of their learners. All others are unknown. */
  names: ReadonlyMap<Submission, Name[]>;
  holders: Holders;
}

/** What these submissions speak of. */
export function allNames(submissions: Submission[]): ReadonlySet<string> {
  return new Set(submissions.flatMap(namesIn));
}

/**
 * Asks for all submissions that speak of nothing that is being told now: what those will change is known only afterwards.
 * @param running what the transaction that runs meanwhile speaks of, by `allNames`.
 */
export async function readAhead(tx: Tx, submissions: Submission[], running: ReadonlySet<string>): Promise<KnownAhead> {
  const apart = submissions.filter((one) => !one.resolution && !namesIn(one).some((name) => running.has(name)));
  const keys = apart.map(({ clientId, record: { source, id } }) => ({ clientId, source, recordId: id }));
  const told = new Set((await readReceipts(tx, keys)).map(recordKey));
  const untold = apart.filter((_, n) => !told.has(recordKey(keys[n]!)));
  const names = new Map(untold.map((one) => [one, learnerNames(one)]));
  const holders = await readHolders(
    tx,
    [...names.values()].map((some) => ({ names: some })),
  );
  return { names, holders };
}
