// Threads for what takes long: what goes wrong in one of them stays there.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { openWorkers, type PoolOptions, type Workers } from '../../src/platform/worker-pool.ts';

const script = new URL('./tasks-for-pool.ts', import.meta.url);

function open(t: Test, options: Partial<PoolOptions> = {}): Workers {
  // A busy machine is no fault of the pool's.
  const workers = openWorkers({ threads: 2, script, timeoutMs: 200_000, ...options });
  t.teardown(() => workers.close());
  return workers;
}

for (const threads of [0, 1, 3])
  await t.test(`a task is answered, may ask, and fails with its own sentence (${threads} threads)`, async (t) => {
    const workers = open(t, { threads });
    t.equal(workers.size(), 0, 'no thread before the first task');
    const all = await Promise.all(Array.from({ length: 50 }, (_, n) => workers.run<number>('double', n)));
    t.same(
      all,
      all.map((_, n) => 2 * n),
    );
    t.equal(workers.size(), threads);
    t.equal(await workers.run('ask', 6, async (question) => Number(question) * 7), 'the answer is 42');
    await t.rejects(workers.run('fail', undefined), { message: 'as it was told' });
    await t.rejects(
      workers.run('ask', 6, () => Promise.reject(new Error('not told'))),
      { message: 'not told' },
    );
  });

await t.test('what cannot be sent to a thread fails alone', async (t) => {
  const workers = open(t, { threads: 1 });
  await t.rejects(
    workers.run('double', () => 7),
    /could not be cloned/,
  );
  await t.rejects(workers.run('no such task', 7), /no task/);
  t.equal(await workers.run('double', 7), 14);
});

await t.test('a thread that hangs is ended: what was in it with the culprit is done, the culprit is not', async (t) => {
  const workers = open(t, { threads: 1, silenceMs: 3_000 });
  await workers.run('double', 1);
  const waiting = workers.run<number>('wait', 300);
  const culprit = workers.run('hang', undefined);
  const later = workers.run('double', 4);
  await t.rejects(culprit, { code: 'took_too_long', status: 503 });
  t.ok((await waiting) > 0);
  t.equal(await later, 8);
});

await t.test('while the whole process stands still no thread is taken for one that hangs', async (t) => {
  const workers = open(t, { threads: 1, silenceMs: 2_000 });
  const thread = await workers.run('thread', undefined);
  const waiting = workers.run('wait', 100);
  const pause = spawn('sh', ['-c', `kill -STOP ${process.pid}; sleep 4; kill -CONT ${process.pid}`]);
  await once(pause, 'exit');
  t.equal(await waiting, thread);
  // It has been looked at since.
  await setTimeout(1_000);
  t.equal(await workers.run('thread', undefined), thread);
});

await t.test('one that takes all memory is ended likewise', async (t) => {
  const workers = open(t, { threads: 1, threadMb: 96 });
  await workers.run('double', 1);
  const innocent = workers.run<number>('wait', 50);
  await t.rejects(workers.run('eat', undefined), { code: 'took_too_long' });
  t.ok((await innocent) > 0);
});

await t.test('a task that waits for ever is given up, and its thread goes on', async (t) => {
  const workers = open(t, { threads: 1, timeoutMs: 4_000 });
  let thread: number | undefined;
  // However long the thread takes to start.
  while (thread === undefined) thread = await workers.run<number>('thread', undefined).catch(() => undefined);
  await t.rejects(workers.run('wait', 60_000), { code: 'took_too_long', headers: { 'retry-after': '5' } });
  t.equal(await workers.run('thread', undefined), thread);
});

await t.test('too many are refused at once, and those that wait are still done', async (t) => {
  const workers = open(t, { threads: 1, atOnce: 2, waitingMax: 3 });
  const accepted = Array.from({ length: 5 }, () => workers.run<number>('wait', 100));
  await t.rejects(workers.run('double', 1), { code: 'busy', status: 503, headers: { 'retry-after': '5' } });
  t.equal((await Promise.all(accepted)).length, 5);
  t.equal(await workers.run('double', 1), 2);
});

await t.test('threads that have nothing to do end, and come back when they are wanted', async (t) => {
  const workers = open(t, { idleMs: 300 });
  await workers.run('double', 1);
  while (workers.size() > 0) await setTimeout(50);
  t.equal(await workers.run('double', 2), 4);
});

await t.test('a script that cannot be loaded is told, not tried for ever', async (t) => {
  const workers = open(t, { script: new URL('./no-such-file.ts', import.meta.url) });
  await t.rejects(workers.run('double', 1), /no-such-file/);
});

await t.test('closing tells whoever still waits', async (t) => {
  const workers = openWorkers({ threads: 1, script });
  const waiting = workers.run('wait', 60_000);
  await Promise.all([t.rejects(waiting, { code: 'busy' }), workers.close()]);
  t.equal(workers.size(), 0);
});
