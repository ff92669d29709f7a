// The jobs of the credentials room: look at what was issued, sign status lists again before they
// expire, and sign anew what a compromised key had signed.
import type { Service } from '../platform/service.ts';
import { checkIssued } from './check-issued.ts';
import { ISSUED_QUEUE } from './issue-credentials.ts';
import { renewStatusLists } from './publish-status-list.ts';
import { recoverFromCompromise, REISSUE_QUEUE } from './recover-from-compromise.ts';

/** The queue of the hourly look at the status lists; a list is signed again when it is a day old. */
export const RENEW_QUEUE = 'status-lists-renew';

/** Starts the room's work. */
export async function workCredentialJobs(service: Service): Promise<void> {
  await service.jobs.work(ISSUED_QUEUE, async (payload: { credentials: string[] }) => {
    await checkIssued(service, payload.credentials);
  });
  await service.jobs.work(REISSUE_QUEUE, async (payload: { kid: string }) => {
    await recoverFromCompromise(service, payload.kid);
  });
  await service.jobs.work(RENEW_QUEUE, async () => {
    await renewStatusLists(service);
  });
  await service.jobs.schedule(RENEW_QUEUE, '17 * * * *');
}
