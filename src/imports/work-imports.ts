// Works on all imports that wait, a chunk of each in turn, so that a short one does not wait for a long one; and lets the
// intake have its turn after every chunk, so that a live post waits for a thousand rows at most.
import { setImmediate } from 'node:timers/promises';
import { tidyImports, TIDY_QUEUE } from './tidy-imports.ts';
import type { Service } from '../platform/service.ts';
import { prepareChunk, type Prepared } from './prepare-chunk.ts';
import { recordChunk } from './record-chunk.ts';
import { requestWork, WORK_QUEUE } from './request-work.ts';
import { listWaiting } from './store.ts';

/** How long one job works: less than after which the queue takes it for lost (15 minutes). */
const SLICE_MS = 300_000;

/**
 * Works until nothing is left that nobody else has, or until told to end.
 * @returns whether something is left.
 * @throws the first error that an import met, after all others had their turn.
 */
export async function workImports(service: Service, goOn: () => boolean = () => true): Promise<boolean> {
  const failed = new Set<string>();
  let fault: unknown;
  let ahead: Promise<Prepared | undefined> | undefined;
  for (let worked = true; worked;) {
    worked = false;
    const waiting = await listWaiting(service.db.read);
    for (const id of waiting) {
      if (failed.has(id)) continue;
      if (!goOn()) return true;
      try {
        const prepared = await ahead;
        // Of one that is alone it is known that it comes next. PGlite works in this thread: there is no time to gain.
        ahead = waiting.length === 1 && service.db.kind === 'postgres' ? lookAhead(service, id, prepared) : undefined;
        worked = (await recordChunk(service, id, prepared)) === 'worked' || worked;
      } catch (error) {
        failed.add(id);
        fault ??= error;
      }
      await setImmediate();
    }
  }
  if (fault !== undefined) throw fault;
  return false;
}

/** Whatever keeps it from being prepared will be met again, and told, when it is recorded. */
async function lookAhead(service: Service, id: string, first?: Prepared): Promise<Prepared | undefined> {
  return await prepareChunk(service, id, first).catch(() => undefined);
}

/**
 * The jobs of this room. Every minute somebody looks whether an import waits whose replica is gone, and at the start,
 * whether one waited for us.
 */
export async function workImportJobs(service: Service): Promise<void> {
  // One at a time in this process: two jobs would only take each other's turns.
  let last: Promise<unknown> = Promise.resolve();
  async function slice(): Promise<void> {
    const until = performance.now() + SLICE_MS;
    const left = await workImports(service, () => service.jobs.ready() && performance.now() < until);
    if (left && service.jobs.ready()) await requestWork(service);
  }
  await service.jobs.work(WORK_QUEUE, () => {
    const mine = last.then(slice);
    last = mine.catch(() => {});
    return mine;
  });
  await service.jobs.schedule(WORK_QUEUE, '* * * * *');
  await service.jobs.work(TIDY_QUEUE, () => tidyImports(service));
  await service.jobs.schedule(TIDY_QUEUE, '17 * * * *');
  await requestWork(service);
}
