// The jobs of the privacy room: mails with a link, and the sweeping of links that have run out.
import type { Service } from '../platform/service.ts';
import { mailClaim, type WriteClaimMail } from './mail-claim.ts';
import { CLAIM_QUEUE } from './request-claim.ts';
import { tidyClaims, TIDY_QUEUE } from './tidy-claims.ts';

/** Starts the room's work. @param write what a mail says, in the words of the pages. */
export async function workPrivacyJobs(service: Service, write: WriteClaimMail): Promise<void> {
  await service.jobs.work(CLAIM_QUEUE, (payload: { claim: string }) => mailClaim(service, payload.claim, write));
  await service.jobs.work(TIDY_QUEUE, () => tidyClaims(service));
  await service.jobs.schedule(TIDY_QUEUE, '*/15 * * * *');
}
