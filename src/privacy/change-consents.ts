// What an earner allows: that their name is shown, that they are listed among the recipients, that evidence is shown. Each
// is dated and can be taken back (Regulation (EU) 2016/679, Article 7). What was signed cannot be edited, so a badge
// whose words change is issued again under its id, and its own page never says more than its earner allows.
import { nextSecond } from '../credentials/correct-credential.ts';
import { reissueCredential } from '../credentials/reissue-credentials.ts';
import { listCredentials, lockCredential } from '../credentials/store.ts';
import { putConsents } from '../learners/privacy-store.ts';
import { lockLearners, readIdentities } from '../learners/store.ts';
import { tryAgain } from '../learners/try-again.ts';
import type { Consents } from '../learners/consents.ts';
import type { Tx } from '../platform/database.ts';
import { Problem } from '../platform/problem.ts';
import type { Service } from '../platform/service.ts';

export const CONSENTS = ['name', 'listed', 'evidence'] as const;
export type Consent = (typeof CONSENTS)[number];

/** More badges than anybody has. */
const ALL = 10_000;

/** The name that a badge of somebody may say. */
export function nameShown(learner: { name: string | null; consents: Consents }): string | null {
  return learner.consents.name?.granted ? learner.name : null;
}

/**
 * Issues the badges of a locked learner again under their ids. Of a revoked badge the page is still there: it is issued
 * again where a name must go, and left alone where one may come.
 */
export async function reissueBadges(
  tx: Tx,
  service: Service,
  learnerId: string,
  revokedToo: boolean,
  which: ReadonlySet<string> | null = null,
): Promise<void> {
  for (const { id } of await listCredentials(tx, { learner: learnerId, learnersOf: null, limit: ALL })) {
    if (which && !which.has(id)) continue;
    const credential = await lockCredential(tx, id);
    if (credential?.json && (revokedToo || !credential.revokedAt)) await reissueCredential(tx, service, credential);
  }
}

/**
 * Writes down what an earner allows from now on; what is not named, and what they said before, stays as it
 * is, with its date.
 * @throws Problem learner_unknown (404).
 */
export async function changeConsents(
  service: Service,
  learnerId: string,
  said: Partial<Record<Consent, boolean>>,
): Promise<void> {
  if (said.name !== undefined) await lateEnough(service, learnerId);
  await tryAgain(() =>
    service.db.transaction(async (tx) => {
      await lockLearners(tx, [learnerId]);
      const [learner] = await readIdentities(tx, [learnerId]);
      if (!learner) throw new Problem('learner_unknown', 404, 'There is no learner with this id.');
      const at = service.now().toISOString();
      const consents: Consents = { ...learner.consents };
      for (const consent of CONSENTS) {
        const granted = said[consent];
        const before = consents[consent];
        if (granted === undefined || (granted === before?.granted && before.by === 'earner')) continue;
        consents[consent] = { granted, at, by: 'earner' };
      }
      await putConsents(tx, learnerId, consents);
      const after = nameShown({ ...learner, consents });
      if (after !== nameShown(learner)) await reissueBadges(tx, service, learnerId, after === null);
    }),
  );
}

/** Waits, a second at most, so that a badge issued a moment ago can be issued again and be valid at once. */
async function lateEnough(service: Service, learnerId: string): Promise<void> {
  const badges = await listCredentials(service.db.read, { learner: learnerId, learnersOf: null, limit: ALL });
  await Promise.all(badges.map((badge) => nextSecond(service, badge.id)));
}
