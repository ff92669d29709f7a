// Says which unit a platform's activity is, and replays what was parked under its name.
import type { Service } from '../platform/service.ts';
import { beginMapping, lockParkedUnder, putMapping } from './parked-store.ts';
import { recordInTransaction } from './record-completions.ts';
import { resubmission } from './resolve-parked.ts';
import type { Reply } from './submission.ts';
import { tryAgain } from '../learners/try-again.ts';

/** How many parked records one transaction replays. */
const REPLAYED_AT_ONCE = 500;

/**
 * Maps an activity and replays the records that waited for it.
 * @returns the replies of the replayed records.
 */
export async function mapActivity(
  service: Service,
  mapping: { source: string; activity: string; unit: string },
  mayReview: boolean,
): Promise<Reply[]> {
  const replies: Reply[] = [];
  // Once it stands, what was parked for want of it can be seen, and nothing more is.
  await tryAgain(() =>
    service.db.transaction(async (tx) => {
      await beginMapping(tx);
      await putMapping(tx, mapping.source, mapping.activity, mapping.unit, service.now());
    }),
  );
  for (;;) {
    const replayed = await tryAgain(() =>
      service.db.transaction(async (tx) => {
        const waiting = await lockParkedUnder(tx, mapping.source, mapping.activity, REPLAYED_AT_ONCE);
        if (waiting.length === 0) return [];
        return recordInTransaction(
          tx,
          service,
          waiting.map((row) => resubmission(row, {}, mayReview)),
        );
      }),
    );
    replies.push(...replayed);
    if (replayed.length < REPLAYED_AT_ONCE || replayed.every((reply) => 'problem' in reply)) return replies;
  }
}
