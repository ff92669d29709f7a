// The thread's side of the worker pool: runs the tasks that are sent, tells what came of them, and says that it is alive
// whenever it is asked, which a thread that calculates without end cannot.
import { readlinkSync } from 'node:fs';
import { setPriority } from 'node:os';
import type { MessagePort } from 'node:worker_threads';

/** Asks the main thread for what only it has, such as the database. */
export type Ask = (question: unknown) => Promise<unknown>;
/** What the main thread may have run, by name. Input and result must be what `structuredClone` takes. */
export type Tasks = Record<string, (input: never, ask: Ask) => Promise<unknown>>;

/** What a thread says. */
export type Told =
  | { kind: 'ready' }
  | { kind: 'alive' }
  | { kind: 'asks'; id: number; n: number; question: unknown }
  | { kind: 'done'; id: number; result: unknown }
  | { kind: 'failed'; id: number; error: Error };

/** What a thread is told. */
type Heard =
  | { kind: 'alive' }
  | { kind: 'task'; id: number; name: string; input: unknown }
  | { kind: 'answer'; question: number; answer?: unknown; error?: Error };

// Where the cores are all busy, intake and the database go first. Linux alone has priorities of threads (setpriority(2));
// V8's own threads keep theirs. Measured on two cores, with 100 completions a second beside badges that strangers have
// verified as fast as they are answered: the 99th percentile of a completion is 54 times what it is without them when
// all runs in one thread, 2.6 to 6.9 times with a worker of priority 5, and 1.2 times with one of 10.
const NICE = 10;

function stepBack(): void {
  try {
    setPriority(Number(readlinkSync('/proc/thread-self').split('/').at(-1)), NICE);
  } catch {
    // Another system, or /proc is not there: all threads are equal.
  }
}

// Priorities count within a group of processes only, and Linux makes one of each session (sched(7), "The autogroup
// feature"), of each service and of each container; each backend of PostgreSQL is a session of its own. What waits for
// this core there would wait until the kernel's slice of some 3 ms is over, and again at each of a transaction's round
// trips: after every task the core is left for a moment, so that it waits for one task at most. Measured on two loaded
// cores beside such tasks: a backend waited 0.6 to 2.3 ms each time it could have run, and 0.4 with this.
const REST_MS = 0.1;
const neverTold = new Int32Array(new SharedArrayBuffer(4));

/** Sleeps for a moment, so that whatever waits for this core runs. */
export function leaveCore(): void {
  Atomics.wait(neverTold, 0, 0, REST_MS);
}

// An error of a class of its own would arrive without its name.
function plainError(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  return Object.assign(new Error(error.message), { stack: error.stack });
}

/**
 * Serves tasks for ever.
 * @param rest comes after each task, when it has been answered
 */
export function serveTasks(port: MessagePort, tasks: Tasks, rest = leaveCore): void {
  const asked = new Map<number, { resolve: (answer: unknown) => void; reject: (error: Error) => void }>();
  let questions = 0;
  const tell = (told: Told): void => port.postMessage(told);

  async function run({ id, name, input }: Extract<Heard, { kind: 'task' }>): Promise<void> {
    const ask: Ask = (question) =>
      new Promise((resolve, reject) => {
        const n = (questions += 1);
        asked.set(n, { resolve, reject });
        tell({ kind: 'asks', id, n, question });
      });
    try {
      const task = tasks[name];
      if (!task) throw new Error(`there is no task ${name}`);
      tell({ kind: 'done', id, result: await task(input as never, ask) });
    } catch (error) {
      tell({ kind: 'failed', id, error: plainError(error) });
    }
    rest();
  }

  port.on('message', (heard: Heard) => {
    if (heard.kind === 'alive') return tell({ kind: 'alive' });
    if (heard.kind === 'task') return void run(heard);
    const open = asked.get(heard.question);
    asked.delete(heard.question);
    if (heard.error) open?.reject(heard.error);
    else open?.resolve(heard.answer);
  });
  stepBack();
  tell({ kind: 'ready' });
}
