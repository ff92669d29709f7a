// A registrar says whom a parked record is about, or vouches for its e-mail; then the record walks on as if it had just
// come. What it leads to is the answer, and the receipt of the platform's record is written anew.
import { lockLearners, readLearner } from '../learners/store.ts';
import { Problem } from '../platform/problem.ts';
import type { Service } from '../platform/service.ts';
import { lockParked, type ParkedRow } from './parked-store.ts';
import { recordInTransaction } from './record-completions.ts';
import type { Reply, Resolution, Submission } from './submission.ts';
import { tryAgain } from '../learners/try-again.ts';

/** A parked record as a submission: what its client may say was noted when it was parked. */
export function resubmission(row: ParkedRow, resolution: Omit<Resolution, 'parkedId'>, mayReview: boolean): Submission {
  return {
    record: row.record,
    clientId: row.clientId,
    trustEmail: row.trustEmail,
    mayStateConsents: false,
    mayReview,
    resolution: { parkedId: row.id, ...resolution },
  };
}

/**
 * Replays a parked record with what a registrar decided.
 * @param mayReview whether the registrar may say that evidence was approved and a fee settled.
 * @throws Problem parked_unknown (404), learner_unknown (422).
 */
export async function resolveParked(
  service: Service,
  id: string,
  decision: { learnerId?: string; vouched?: boolean },
  mayReview: boolean,
): Promise<Reply> {
  return tryAgain(() =>
    service.db.transaction(async (tx) => {
      const row = await lockParked(tx, id);
      if (!row)
        throw new Problem('parked_unknown', 404, 'Nothing is parked under this id; it may be resolved already.');
      if (decision.learnerId !== undefined) {
        await lockLearners(tx, [decision.learnerId]);
        if (!(await readLearner(tx, decision.learnerId, null)))
          throw new Problem('learner_unknown', 422, 'There is no learner with this id.', {
            errors: [{ pointer: '/learner', code: 'learner_unknown', detail: 'Give the id of a learner.' }],
          });
      }
      const [reply] = await recordInTransaction(tx, service, [resubmission(row, decision, mayReview)]);
      if (!reply) throw new Error('a parked record got no reply');
      return reply;
    }),
  );
}
