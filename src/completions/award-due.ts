// Looks at one learner again, after something other than a completion changed: a lifted revocation, another version.
import { issueCredentials, type Issued } from '../credentials/issue-credentials.ts';
import { lockEarnerOf } from '../credentials/privacy-store.ts';
import { setLifted } from '../credentials/store.ts';
import { lockLearners, readLearner } from '../learners/store.ts';
import { tryAgain } from '../learners/try-again.ts';
import type { Tx } from '../platform/database.ts';
import { Problem } from '../platform/problem.ts';
import type { Service } from '../platform/service.ts';
import { trackVersion } from '../tracks/catalogue.ts';
import { dueAwards } from './learner-story.ts';
import { readStories } from './read-story.ts';
import { putEnrolments } from './store.ts';

/** Awards what is due to a learner whom the caller has locked. */
export async function awardDue(tx: Tx, service: Service, learnerId: string): Promise<Issued[]> {
  const story = (await readStories(tx, [learnerId])).get(learnerId);
  return story ? issueCredentials(tx, service, dueAwards(story, service.now())) : [];
}

/**
 * Moves a learner to a version of a track, and awards what that version makes due.
 * @throws Problem learner_unknown (404), version_unknown (422).
 */
export async function moveEnrolment(
  service: Service,
  learnerId: string,
  trackId: string,
  version: string,
): Promise<Issued[]> {
  if (!trackVersion(trackId, version))
    throw new Problem('version_unknown', 422, `There is no version ${version} of the track ${trackId}.`, {
      errors: [{ pointer: '/version', code: 'version_unknown', detail: 'See /v1/catalogue for the versions.' }],
    });
  return tryAgain(() =>
    service.db.transaction(async (tx) => {
      await lockLearners(tx, [learnerId]);
      if (!(await readLearner(tx, learnerId, null)))
        throw new Problem('learner_unknown', 404, 'There is no learner with this id.');
      await putEnrolments(tx, [{ learnerId, trackId, version }], service.now());
      return awardDue(tx, service, learnerId);
    }),
  );
}

/**
 * Lifts what a revocation forbids: the achievement may be awarded again, with the next record of the learner, or at
 * once where that is asked. The revoked credential stays revoked.
 * @param sources those of the caller, or null: a credential of a learner whom none of them brought is unknown.
 * @throws Problem credential_unknown (404), not_revoked (409).
 */
export async function liftRevocation(
  service: Service,
  credentialId: string,
  atOnce: boolean,
  sources: string[] | null = null,
): Promise<Issued[]> {
  return tryAgain(() =>
    service.db.transaction(async (tx) => {
      const credential = await lockEarnerOf(tx, credentialId);
      if (!credential || !(await readLearner(tx, credential.learnerId, sources)))
        throw new Problem('credential_unknown', 404, 'There is no credential with this id.');
      if (!credential.revokedAt)
        throw new Problem('not_revoked', 409, 'This credential is not revoked; there is nothing to lift.');
      await setLifted(tx, credentialId, service.now());
      return atOnce ? awardDue(tx, service, credential.learnerId) : [];
    }),
  );
}
