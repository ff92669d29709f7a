// What follows when a key can no longer be trusted: every badge it signed is signed anew by its successor, under the
// same id, and so is every status list. Runs as a job, so that it is finished whatever happens to the process that began
// it; each badge is a transaction of its own, and one that was done is not found again.
import type { Service } from '../platform/service.ts';
import { reissueEndorsements } from './issue-endorsement.ts';
import { renewStatusLists } from './publish-status-list.ts';
import { reissueSignedBy } from './reissue-credentials.ts';

/** The queue of compromised keys: `{kid}`. */
export const REISSUE_QUEUE = 'credentials-reissue';

/**
 * Signs anew what a compromised key signed.
 * @returns how many badges and how many lists.
 */
export async function recoverFromCompromise(service: Service, kid: string): Promise<{ badges: number; lists: number }> {
  // Another process may have marked the key; ours must not sign with it.
  await service.keys.refresh();
  const lists = await renewStatusLists(service, true);
  const badges = await reissueSignedBy(service, kid);
  const endorsements = await reissueEndorsements(service, kid);
  service.log.warn({ kid, badges, lists, endorsements }, 'what a compromised key had signed is signed anew');
  return { badges, lists };
}
