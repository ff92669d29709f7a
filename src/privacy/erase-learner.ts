// An earner leaves. Everything personal goes: names, identifiers, consents, what was completed, what was parked, every
// answer that was given, what their badges said and why. What stays: status entries and bits, so that lists go on telling
// the truth of copies in the world; and keyed hashes of the identifiers, so that a replay brings nobody back
// (Regulation (EU) 2016/679, Article 17).
import { deleteHistory } from '../completions/privacy-store.ts';
import { tryAgain } from '../learners/try-again.ts';
import { eraseCredentials } from '../credentials/privacy-store.ts';
import { deleteLearner } from '../learners/privacy-store.ts';
import { lockLearners, readLearner } from '../learners/store.ts';
import { beginErasure, insertTombstones } from '../learners/tombstones.ts';
import { Problem } from '../platform/problem.ts';
import type { Service } from '../platform/service.ts';
import { deleteEntries } from './store.ts';

/**
 * Erases a learner. Their pages are gone at once.
 * @throws Problem learner_unknown (404).
 */
export async function eraseLearner(service: Service, learnerId: string): Promise<void> {
  await tryAgain(() =>
    service.db.transaction(async (tx) => {
      await beginErasure(tx);
      await lockLearners(tx, [learnerId]);
      const learner = await readLearner(tx, learnerId, null);
      if (!learner) throw new Problem('learner_unknown', 404, 'There is no learner with this id.');
      const { identifiers } = learner;
      const emails = identifiers.filter((one) => one.kind === 'email').map((one) => one.value);
      await insertTombstones(tx, service.keyedHash, identifiers, service.now());
      await deleteEntries(tx, learnerId, emails);
      await deleteHistory(tx, learnerId, identifiers);
      await eraseCredentials(tx, learnerId);
      await deleteLearner(tx, learnerId);
    }),
  );
}
