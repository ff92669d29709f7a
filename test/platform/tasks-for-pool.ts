// Tasks for the tests of the worker pool: one that answers, asks, fails, waits, hangs or eats memory.
import { parentPort, threadId } from 'node:worker_threads';
import { setTimeout } from 'node:timers/promises';
import { serveTasks, type Tasks } from '../../src/platform/worker-thread.ts';

export const tasks: Tasks = {
  double: async (n: number) => 2 * n,
  thread: async () => threadId,
  ask: async (question, ask) => `the answer is ${String(await ask(question))}`,
  fail: async () => {
    throw new TypeError('as it was told');
  },
  wait: async (ms: number) => {
    await setTimeout(ms);
    return threadId;
  },
  hang: async () => {
    for (;;);
  },
  eat: async () => {
    const eaten: unknown[] = [];
    // In small pieces: a thread that asks for much at once at its limit takes the whole process with it.
    for (;;) eaten.push(Array.from({ length: 1000 }, (_, n) => ({ n })));
  },
};

if (parentPort) serveTasks(parentPort, tasks);
