// Many badges signed in several threads at once: each once, and the same bytes, whatever becomes of the threads.
import { setTimeout } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { SHARED_MIN, shareSigning } from '../../src/credentials/share-signing.ts';
import { signBatch, signSent, type BadgeOrder, type SentBatch } from '../../src/credentials/sign-batch.ts';
import type { SignedBatch } from '../../src/credentials/signed-batch.ts';
import { openWorkers, type Workers } from '../../src/platform/worker-pool.ts';
import { documentsOf, ordersFor, signing } from './badge-orders.ts';

const BADGES = SHARED_MIN * 3 + 5;
const badges = ordersFor(BADGES);
const expected = documentsOf(await signBatch(signing, badges));

/** Workers that do as they are told here. */
function workersThat(run: (batch: SentBatch) => Promise<SignedBatch>): Workers {
  return {
    threads: 2,
    run: (_: string, batch: SentBatch) => run(batch),
    size: () => 2,
    close: async () => {},
  } as never;
}

/** Shares the signing. @returns what was stored, and the faults that the log was told. */
async function share(workers: Workers, orders: BadgeOrder[] = badges) {
  const lines: string[] = [];
  const warned: unknown[] = [];
  let stored = 0;
  const log = { warn: (told: { err: unknown }) => warned.push(told.err) } as never;
  await shareSigning({ workers, log }, signing, orders, (from, to, documents) => {
    stored += to - from;
    for (const [n, line] of documentsOf(documents).entries()) lines[from + n] = line;
  });
  return { lines, stored, warned };
}

async function holds(t: Test, workers: Workers) {
  const { lines, stored, warned } = await share(workers);
  t.equal(stored, BADGES, 'each once');
  t.same(lines, expected, 'and the same bytes');
  return warned;
}

await t.test('threads and the main thread make together what one makes alone', async (t) => {
  const workers = openWorkers({ threads: 2 });
  t.teardown(() => workers.close());
  let sent = 0;
  const watched: Workers = {
    ...workers,
    async run<T>(...task: Parameters<Workers['run']>): Promise<T> {
      sent += 1;
      return await workers.run<T>(...task);
    },
  };
  // The thread is up when it has answered once.
  await workers.run('sign-badges', { ...signing, badges: '[]' });
  t.same(await holds(t, watched), []);
  t.ok(sent > 0);
});

await t.test('a thread that dies costs nothing', async (t) => {
  const workers = openWorkers({ threads: 2, script: new URL('./dying-tasks.ts', import.meta.url) });
  t.teardown(() => workers.close());
  await holds(t, workers);
  await holds(t, workers);
});

await t.test('one that fails is asked no more, and the log is told once', async (t) => {
  let asked = 0;
  const warned = await holds(
    t,
    workersThat(async () => {
      asked += 1;
      throw new Error('busy');
    }),
  );
  t.match(warned, [{ message: 'busy' }]);
  t.ok(asked <= 2, 'what was sent at once');
});

await t.test('one that never answers is not waited for', async (t) => {
  await holds(
    t,
    workersThat(() => new Promise(() => {})),
  );
});

await t.test('what a thread brings too late is stored once', async (t) => {
  let late: Promise<unknown> = Promise.resolve();
  await holds(
    t,
    workersThat((batch) => {
      const answer = setTimeout(500).then(() => signSent(batch));
      late = answer;
      return answer;
    }),
  );
  await late;
});

await t.test('what cannot be signed is told, and nothing is stored afterwards', async (t) => {
  let bring: ((documents: SignedBatch) => void) | undefined;
  const answer = new Promise<SignedBatch>((resolve) => (bring = resolve));
  const broken = badges.with(0, { ...badges[0]!, achievement: 'core/none' });
  let stored = 0;
  const store = (): void => void (stored += 1);
  const workers = workersThat(() => answer);
  await t.rejects(shareSigning({ workers, log: {} as never }, signing, broken, store), /core\/none/);
  bring!({ lines: 'late', shared: [], sharedOf: [0] });
  await answer;
  await setTimeout(0);
  t.equal(stored, 0);
});

await t.test('few badges are sent nowhere', async (t) => {
  const workers = workersThat(() => Promise.reject(new Error('asked')));
  const few = badges.slice(0, SHARED_MIN - 1);
  t.match(await share(workers, few), { stored: SHARED_MIN - 1, warned: [], lines: expected.slice(0, few.length) });
  for (const threads of [0, 1]) {
    const { warned, stored } = await share({ ...workers, threads });
    t.match({ warned, stored }, { warned: [], stored: BADGES }, 'and none where there is no core to spare');
  }
});
