// The thread's side: what is told of each task, and that it answers while its tasks wait.
import { once } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import t from 'tap';
import { serveTasks, type Told } from '../../src/platform/worker-thread.ts';

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
