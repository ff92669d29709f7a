// Threads for what takes long to calculate: judging other people's badges and drawing pictures, so that a record that a
// platform sends never waits behind them. A thread judges several badges at once, since most of their time they wait for
// the network; one that hangs is ended, and each of its tasks is tried once more, alone, so that the culprit alone fails.
// Threads start with the first task and end when there has been none for a while: an idle service pays nothing.
// Own code and not piscina (5.2): there an ended thread takes all of its tasks with it.
import { Worker } from 'node:worker_threads';
import { Problem } from './problem.ts';
import type { Ask, Told } from './worker-thread.ts';

export interface PoolOptions {
  /** How many; 0 runs every task in the main thread. */
  threads: number;
  /** The module whose `tasks` are run. */
  script?: URL;
  /** How many tasks one thread works on at once, and how many may wait. */
  atOnce?: number;
  waitingMax?: number;
  /** A task that takes longer is given up, and a thread that says nothing for so long is ended. */
  timeoutMs?: number;
  silenceMs?: number;
  /** A thread without a task for so long ends. */
  idleMs?: number;
  /** The heap that a thread may have. */
  threadMb?: number;
}

export interface Workers {
  /**
   * Runs a task by its name.
   * @param ask answers what the task asks the main thread for
   * @throws {Problem} 503 `busy` when too many wait, `took_too_long` for a task that has no end
   */
  run<T>(name: string, input: unknown, ask?: Ask): Promise<T>;
  /** How many threads there are now. */
  size(): number;
  close(): Promise<void>;
}

interface Task {
  id: number;
  name: string;
  input: unknown;
  ask: Ask;
  /** It was in a thread that hung. */
  alone: boolean;
  resolve(result: unknown): void;
  reject(error: Error): void;
}

interface Thread {
  worker: Worker;
  ready: boolean;
  /**
   * A list and no Map: a Map through which things pass lives on in tables that it grew out of, each of which holds what was
   * in it and the next (V8's OrderedHashTable), so that once one of them is old, all that passes is old. Verifying without
   * a pause, every fourth byte that was allocated outlived its request like that.
   */
  running: Task[];
  /** How often in a row it was asked whether it is alive, and said nothing. */
  unheard: number;
  usedAt: number;
}

const START_MS = 60_000;
const TASKS = new URL('../tasks.ts', import.meta.url);

const nothing: Ask = async () => undefined;
const headers = { 'retry-after': '5' };
/** Too many tasks wait. */
export const busy = (): Problem =>
  new Problem('busy', 503, 'Too much is being verified and drawn. Try again soon.', { headers });
/** A task that has no end. */
export const endless = (): Problem => new Problem('took_too_long', 503, 'This took longer than it may.', { headers });

function drop(thread: Thread, task: Task): void {
  thread.running = thread.running.filter((one) => one !== task);
}

function inMainThread(script: URL): Workers {
  return {
    async run<T>(name: string, input: unknown, ask = nothing) {
      const { tasks } = (await import(script.href)) as { tasks: Record<string, (given: unknown, ask: Ask) => unknown> };
      return (await tasks[name]!(input, ask)) as T;
    },
    size: () => 0,
    close: async () => {},
  };
}

/** Opens a pool; no thread is started yet. */
export function openWorkers(options: PoolOptions): Workers {
  const { script = TASKS, atOnce = 8, waitingMax = 256 } = options;
  const { timeoutMs = 30_000, silenceMs = 15_000, idleMs = 120_000, threadMb = 512 } = options;
  if (options.threads === 0) return inMainThread(script);
  const threads = new Set<Thread>();
  let waiting: Task[] = [];
  let lastId = 0;
  let watching: NodeJS.Timeout | undefined;
  const everyMs = Math.min(silenceMs, idleMs) / 5;

  function end(thread: Thread, error?: Error): void {
    if (!threads.delete(thread)) return;
    void thread.worker.terminate();
    for (const task of thread.running) {
      if (task.alone) task.reject(endless());
      else if (!thread.ready && error) task.reject(error);
      else waiting.unshift(Object.assign(task, { alone: true }));
    }
    hand();
  }

  function start(): Thread {
    // Node gives a thread at its limit 16 MB more to end in. What is young and grows old at once must fit into that, or
    // the whole process is aborted with the thread.
    const resourceLimits = { maxOldGenerationSizeMb: threadMb, maxYoungGenerationSizeMb: 8 };
    const worker = new Worker(script, { resourceLimits });
    const thread: Thread = { worker, ready: false, running: [], unheard: 0, usedAt: performance.now() };
    worker.on('message', (told: Told) => hear(thread, told));
    worker.once('error', (error: Error) => end(thread, error));
    worker.once('exit', () => end(thread, new Error('a worker thread ended before it was ready')));
    threads.add(thread);
    watching ??= setInterval(watch, everyMs).unref();
    return thread;
  }

  function hear(thread: Thread, told: Told): void {
    thread.unheard = 0;
    if (told.kind === 'ready') thread.ready = true;
    if (told.kind === 'ready' || told.kind === 'alive') return;
    const task = thread.running.find(({ id }) => id === told.id);
    if (!task) return;
    if (told.kind === 'asks')
      return void task.ask(told.question).then(
        (answer) => thread.worker.postMessage({ kind: 'answer', question: told.n, answer }),
        (error: Error) => thread.worker.postMessage({ kind: 'answer', question: told.n, error }),
      );
    drop(thread, task);
    if (told.kind === 'done') task.resolve(told.result);
    else task.reject(told.error);
    hand();
  }

  /** The thread with the least to do that may take a task, or a new one. */
  function threadFor(task: Task): Thread | undefined {
    const open = [...threads].filter(({ running }) => !running.some((one) => one.alone));
    const [least] = open.toSorted((a, b) => a.running.length - b.running.length);
    if (least?.running.length === 0) return least;
    if (threads.size < options.threads) return start();
    return least && !task.alone && least.running.length < atOnce ? least : undefined;
  }

  function hand(): void {
    for (let task = waiting[0]; task; task = waiting[0]) {
      const thread = threadFor(task);
      if (!thread) break;
      waiting.shift();
      thread.running.push(task);
      thread.usedAt = performance.now();
      try {
        thread.worker.postMessage({ kind: 'task', id: task.id, name: task.name, input: task.input });
      } catch (error) {
        drop(thread, task);
        task.reject(error as Error);
      }
    }
    for (const { worker, running } of threads) {
      if (running.length > 0) worker.ref();
      else worker.unref();
    }
  }

  /** A thread that works on it for ever is found by its silence. */
  function giveUp(task: Task): void {
    waiting = waiting.filter((one) => one !== task);
    for (const thread of threads) drop(thread, task);
    task.reject(endless());
    hand();
  }

  // Silence is counted in questions and not by a clock: where the whole process, or its machine, stood still for a while,
  // no thread could say anything, and is asked again first. Nor could it be heard while this thread was busy.
  function watch(): void {
    if (threads.size === 0) {
      clearInterval(watching);
      watching = undefined;
    }
    for (const thread of threads) {
      if (thread.running.length === 0 && performance.now() - thread.usedAt > idleMs) end(thread);
      else if (thread.unheard * everyMs >= (thread.ready ? silenceMs : START_MS)) end(thread, endless());
      thread.unheard += 1;
      thread.worker.postMessage({ kind: 'alive' });
    }
  }

  return {
    async run<T>(name: string, input: unknown, ask = nothing) {
      if (waiting.length >= waitingMax) throw busy();
      return await new Promise<T>((resolve, reject) => {
        const settled = <V>(settle: (value: V) => void) => {
          return (value: V): void => {
            clearTimeout(timer);
            settle(value);
          };
        };
        const timer = setTimeout(() => giveUp(task), timeoutMs);
        const task: Task = {
          ...{ id: (lastId += 1), name, input, ask, alone: false },
          resolve: settled(resolve as (result: unknown) => void),
          reject: settled(reject),
        };
        waiting.push(task);
        hand();
      });
    },
    size: () => threads.size,
    async close() {
      clearInterval(watching);
      const ending = [...threads];
      threads.clear();
      for (const task of [...waiting, ...ending.flatMap(({ running }) => running)]) task.reject(busy());
      waiting = [];
      await Promise.all(ending.map(({ worker }) => worker.terminate()));
    },
  };
}
