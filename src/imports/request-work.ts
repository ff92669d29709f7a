// Asks for the imports that wait to be worked on, by whichever replica is free.
import type { Service } from '../platform/service.ts';

/** The queue whose jobs work on imports. A job names none: whoever has time takes what waits longest. */
export const WORK_QUEUE = 'imports';

/** Sends the job; a second one that has not begun would find nothing left. */
export async function requestWork(service: Pick<Service, 'db' | 'jobs'>): Promise<void> {
  await service.db.transaction((tx) => service.jobs.send(tx, WORK_QUEUE, {}, { singletonKey: 'work' }));
}
