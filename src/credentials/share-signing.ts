// Signs many badges in this thread and in worker threads at once. Both take from one row of batches, the threads from its
// end, so that whoever is faster does more. Nothing waits for a thread: what one has not brought back when all else is
// done is signed here too, and whichever is ready first counts, for both are the same bytes. So a thread that dies, or
// that strangers' documents keep busy, costs its batches and nothing else.
import { setTimeout } from 'node:timers/promises';
import type { Service } from '../platform/service.ts';
import { signBatch, type BadgeOrder, type SentBatch, type Signing } from './sign-batch.ts';
import type { SignedBatch } from './signed-batch.ts';

/** Badges of one batch: some 8 ms of work. */
const BATCH = 32;
/** Fewer are signed here: a message to a thread that sleeps takes longer than they do, and so does its first badge. */
export const SHARED_MIN = 128;
/**
 * Threads that are not counted on: the database needs a core too. On two cores a thread that signs made a cohort 0 to 10 %
 * faster and the 90th percentile of a live post beside it half as long again.
 */
const LEFT_ALONE = 1;
/** Batches that a thread has at once, so that it need not wait for the next. */
const AHEAD = 2;
/** How long is waited for what a thread has, when all else is done. */
const PATIENCE_MS = 30;

interface Batch {
  from: number;
  to: number;
}

/**
 * Signs badges.
 * @param store told the documents of the badges [from, to) as soon as they are signed, in no particular order.
 * @throws what signing throws here; a fault of a thread is told to the log alone.
 */
export async function shareSigning(
  service: Pick<Service, 'workers' | 'log'>,
  signing: Signing,
  badges: BadgeOrder[],
  store: (from: number, to: number, documents: SignedBatch) => void,
): Promise<void> {
  const { workers, log } = service;
  const open: Batch[] = [];
  for (let from = 0; from < badges.length; from += BATCH)
    open.push({ from, to: Math.min(from + BATCH, badges.length) });
  const away = new Map<Batch, Promise<void>>();
  const badgesOf = ({ from, to }: Batch): BadgeOrder[] => badges.slice(from, to);
  const threads = workers.threads - LEFT_ALONE;
  let helping = badges.length >= SHARED_MIN;

  function send(): void {
    while (helping && open.length > 1 && away.size < threads * AHEAD) {
      const batch = open.pop()!;
      const sent: SentBatch = { ...signing, badges: JSON.stringify(badgesOf(batch)) };
      const told = workers.run<SignedBatch>('sign-badges', sent).then(
        (documents) => {
          if (!away.delete(batch)) return;
          store(batch.from, batch.to, documents);
          send();
        },
        (error: unknown) => {
          if (helping) log.warn({ err: error }, 'a thread did not sign; the main thread does');
          helping = false;
          if (away.delete(batch)) open.push(batch);
        },
      );
      away.set(batch, told);
    }
  }

  async function signHere(batch: Batch): Promise<void> {
    store(batch.from, batch.to, await signBatch(signing, badgesOf(batch)));
  }

  try {
    send();
    for (;;) {
      const batch = open.shift();
      if (batch) await signHere(batch);
      else if (away.size === 0) return;
      else if (!(await anyWithin(PATIENCE_MS, [...away.values()]))) {
        const [late] = away.keys();
        if (late && away.delete(late)) await signHere(late);
      }
    }
  } finally {
    // Nothing is stored any more, whatever a thread still brings.
    away.clear();
    helping = false;
  }
}

/** Whether one of these came before the time was up. */
async function anyWithin(ms: number, all: Promise<void>[]): Promise<boolean> {
  const ended = new AbortController();
  const late = setTimeout(ms, false, { signal: ended.signal }).catch(() => false);
  const came = await Promise.race([...all.map((one) => one.then(() => true)), late]);
  ended.abort();
  return came;
}
