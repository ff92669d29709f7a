// Two learners became one: what waited for somebody to choose between them has only one to go to, and walks on.
import type { Tx } from '../platform/database.ts';
import type { Service } from '../platform/service.ts';
import { isKnownUnit } from '../tracks/catalogue.ts';
import { lockConflictsOf } from './parked-store.ts';
import { recordInTransaction } from './record-completions.ts';
import { resubmission } from './resolve-parked.ts';
import type { Reply } from './submission.ts';

/** More than wait for one person; what should be left waits for a registrar, as before. */
const REPLAYED_AT_ONCE = 1000;

/**
 * Replays the parked records whose only candidate is this learner, inside the transaction that made them one.
 * @returns the replies of the replayed records.
 * @throws RaceLost when the learner was taken away meanwhile: try again.
 */
export async function replayConflicts(tx: Tx, service: Service, learnerId: string): Promise<Reply[]> {
  const waiting = await lockConflictsOf(tx, learnerId, REPLAYED_AT_ONCE);
  if (waiting.length === 0) return [];
  return recordInTransaction(
    tx,
    service,
    // Whether its client may speak of reviewed work was asked before a record that names our unit was parked; of an
    // activity that was mapped it was not, and such a one goes on waiting.
    waiting.map((row) => resubmission(row, {}, isKnownUnit(row.record.activity.unit ?? ''))),
  );
}
