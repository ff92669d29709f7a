// The thread's side: what is told of each task, and that it answers while its tasks wait.
import { once } from 'node:events';
import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';
import t from 'tap';
import { leaveCore, serveTasks, type Told } from '../../src/platform/worker-thread.ts';

await t.test('ready, alive, asks, done and failed, each with its number', async (t) => {
  const { port1, port2 } = new MessageChannel();
  t.teardown(() => port2.close());
  const told: Told[] = [];
  port2.on('message', (message: Told) => told.push(message));
  const next = async (): Promise<Told | undefined> => {
    if (told.length === 0) await once(port2, 'message');
    return told.shift();
  };
  serveTasks(port1, {
    ask: async (input: string, ask) => [input, await ask('how many?')],
    odd: async () => {
      throw 'a text';
    },
  });
  t.same(await next(), { kind: 'ready' });
  port2.postMessage({ kind: 'task', id: 1, name: 'ask', input: 'sheep' });
  const asks = await next();
  t.match(asks, { kind: 'asks', id: 1, question: 'how many?' });
  port2.postMessage({ kind: 'alive' });
  t.same(await next(), { kind: 'alive' });
  port2.postMessage({ kind: 'answer', question: (asks as { n: number }).n, answer: 3 });
  t.same(await next(), { kind: 'done', id: 1, result: ['sheep', 3] });
  port2.postMessage({ kind: 'task', id: 2, name: 'odd', input: null });
  t.match(await next(), { kind: 'failed', id: 2, error: { message: 'a text' } });
});

await t.test('the core is left after each task, good or bad, and never before its answer', async (t) => {
  const { port1, port2 } = new MessageChannel();
  t.teardown(() => port2.close());
  const told: unknown[] = [];
  const all = Promise.withResolvers<void>();
  const tasks = {
    good: async (input: number) => input,
    bad: async () => {
      throw new Error('bad');
    },
  };
  serveTasks(port1, tasks, () => {
    told.push((receiveMessageOnPort(port2) as { message: Told } | undefined)?.message);
    if (told.length === 3) all.resolve();
  });
  t.match(receiveMessageOnPort(port2), { message: { kind: 'ready' } });
  for (const [id, name] of ['good', 'bad', 'good'].entries()) port2.postMessage({ kind: 'task', id, name, input: id });
  await all.promise;
  t.match(told, [
    { kind: 'done', id: 0, result: 0 },
    { kind: 'failed', id: 1, error: { message: 'bad' } },
    { kind: 'done', id: 2, result: 2 },
  ]);
});

await t.test(
  'to leave the core is to sleep: the kernel counts it',
  { skip: process.platform !== 'linux' },
  async (t) => {
    const leavings = (): number => process.resourceUsage().voluntaryContextSwitches;
    const before = leavings();
    for (let n = 0; n < 50; n += 1) leaveCore();
    t.ok(leavings() - before >= 50, 'each time');
  },
);
