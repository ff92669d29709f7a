// What must not stay: files whose sender went away with us, imports that cannot go on, and the notes of old ones.
import type { Service } from '../platform/service.ts';
import { endImport } from './settle-import.ts';
import { deleteEnded, listUntouched } from './store.ts';

/** The queue of the sweeping. */
export const TIDY_QUEUE = 'imports-tidy';

const HOUR_MS = 3_600_000;
/** An upload of which nothing came for so long is over: its connection is cut after a minute. */
const RECEIVING_MS = HOUR_MS;
/** An import that could not go on for so long will not; its rows are personal data and not ours to keep. */
const STALLED_MS = 7 * 24 * HOUR_MS;
/** How long it can be read what came of an import. */
const KEPT_MS = 90 * 24 * HOUR_MS;

/** Ends what is abandoned and forgets what is old. */
export async function tidyImports(service: Pick<Service, 'db' | 'now'>): Promise<void> {
  const now = service.now();
  const before = (ms: number): Date => new Date(now.getTime() - ms);
  await service.db.transaction(async (tx) => {
    for (const id of await listUntouched(tx, ['receiving'], before(RECEIVING_MS)))
      await endImport(tx, id, { state: 'failed', failure: 'upload_interrupted' }, now);
    for (const id of await listUntouched(tx, ['waiting', 'running'], before(STALLED_MS)))
      await endImport(tx, id, { state: 'failed', failure: 'stalled' }, now);
    await deleteEnded(tx, before(KEPT_MS));
  });
}
