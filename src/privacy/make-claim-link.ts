// A link that a platform asks for and hands over to a learner it has signed in, for those who have no e-mail. It is
// returned once; only its hash is kept.
import { randomUUID } from 'node:crypto';
import { readLearner } from '../learners/store.ts';
import { Problem } from '../platform/problem.ts';
import type { Service } from '../platform/service.ts';
import { claimUrl, TOKEN_TTL_MS } from './mail-claim.ts';
import { insertClaim } from './store.ts';
import { hashToken, makeToken } from './token.ts';

/**
 * Makes a link that signs a learner in, once, within 15 minutes.
 * @param sources those of the caller, or null: a learner whom none of them brought is unknown.
 * @throws Problem learner_unknown (404).
 */
export async function makeClaimLink(
  service: Service,
  learnerId: string,
  sources: string[] | null,
): Promise<{ url: string; expiresAt: Date }> {
  const askedAt = service.now();
  const expiresAt = new Date(askedAt.getTime() + TOKEN_TTL_MS);
  const token = makeToken(service);
  await service.db.transaction(async (tx) => {
    if (!(await readLearner(tx, learnerId, sources)))
      throw new Problem('learner_unknown', 404, 'There is no learner with this id.');
    await insertClaim(tx, {
      ...{ id: randomUUID(), kind: 'link', learnerId, email: null, language: '' },
      ...{ tokenHash: hashToken(token), askedAt, expiresAt },
    });
  });
  return { url: claimUrl(service.config.publicUrl, token), expiresAt };
}
