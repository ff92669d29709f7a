// Somebody looked at a badge whose ground was withdrawn, and it stands. Taking it back is `revoke-credential`.
import { tryAgain } from '../learners/try-again.ts';
import { Problem } from '../platform/problem.ts';
import type { Service } from '../platform/service.ts';
import { clearReview, lockCredential } from './store.ts';

/** Keeps a credential that was marked for review. Throws Problem credential_unknown (404), not_in_review (409). */
export async function keepCredential(service: Service, id: string): Promise<void> {
  await tryAgain(() =>
    service.db.transaction(async (tx) => {
      const credential = await lockCredential(tx, id);
      if (!credential) throw new Problem('credential_unknown', 404, 'There is no credential with this id.');
      if (!credential.reviewAt)
        throw new Problem('not_in_review', 409, 'Nobody asked for a review of this credential.');
      await clearReview(tx, id);
    }),
  );
}
