// Who may see a badge is its earner's to say: nobody, whoever has the link, or everybody.
import { putVisibility } from '../credentials/privacy-store.ts';
import { tryAgain } from '../learners/try-again.ts';
import { Problem } from '../platform/problem.ts';
import type { Service } from '../platform/service.ts';

export const VISIBILITIES = ['private', 'link', 'listed'] as const;
export type Visibility = (typeof VISIBILITIES)[number];

/**
 * Sets who may see a badge. A private badge answers strangers exactly as one that never was.
 * @throws Problem credential_unknown (404) unless it is a badge of this learner.
 */
export async function setVisibility(
  service: Service,
  learnerId: string,
  credentialId: string,
  visibility: Visibility,
): Promise<void> {
  const done = await tryAgain(() =>
    service.db.transaction((tx) => putVisibility(tx, credentialId, learnerId, visibility)),
  );
  if (!done) throw new Problem('credential_unknown', 404, 'You have no badge with this id.');
}
