// Gathers what arrives while a transaction runs into the next one (group commit): a learner is locked once, a commit is
// paid once, and no timer delays anybody, since a lone record starts its transaction at once.
// A gathering that fails is tried again when it lost a race, then one by one, so that the culprit alone gets the error.
import { setImmediate } from 'node:timers/promises';
import { Problem } from '../platform/problem.ts';
import type { Service } from '../platform/service.ts';
import { recordCompletions } from './record-completions.ts';
import { namesIn, type Reply, type Submission } from './submission.ts';
import { isOutage, tryAgain } from '../learners/try-again.ts';

/** The most records of one transaction: one full batch. */
const GATHERING_MAX = 1000;
/** The most records that may wait; beyond it the answer is 503, never an ever-growing heap. */
const WAITING_MAX = 20_000;
/** Transactions at a time: while the database works for one, this process makes the other. PGlite has one connection. */
const AT_A_TIME = { postgres: 2, pglite: 1 };
/**
 * For fewer records a second transaction is not opened: with 16 in place of 32 the service took a quarter more of the
 * processor for each record, and was a tenth slower.
 */
const WORTHWHILE = 32;

interface Waiting {
  submission: Submission;
  /** What it speaks of, where there is more than one transaction at a time. */
  names: string[];
  resolve: (reply: Reply) => void;
}

export interface Intake {
  /** Records these and gives one reply for each, in order. Throws Problem `busy` (503) when too many wait. */
  submit(submissions: Submission[]): Promise<Reply[]>;
  /** Resolves when nothing waits any more. */
  drained(): Promise<void>;
}

/** Opens the intake of a service: few transactions at a time, each with all that gathered meanwhile. */
export function openIntake(service: Service): Intake {
  const atATime = AT_A_TIME[service.db.kind];
  const enough = atATime > 1 ? WORTHWHILE : GATHERING_MAX;
  // Whom and what the transactions that run now speak of. Two that name one learner would wait for each other's locks, and
  // could tell first what was sent last; so a record waits until nobody speaks of its learner, and so do those behind it
  // that name the same. (What another replica does cannot be seen here: there the locks decide.)
  // Each transaction has a set of its own: one that all passed through would make all old (see `worker-pool.ts`).
  let running: { names: ReadonlySet<string>; done: Promise<void> }[] = [];
  let waiting: Waiting[] = [];
  let gathering = false;

  /** Begins a transaction, or as many as are worth it. */
  async function begin(): Promise<void> {
    if (gathering) return;
    gathering = true;
    while (waiting.length > 0 && running.length < atATime) {
      // PGlite answers within microtasks: without a turn of the event loop no socket would be read meanwhile, and
      // nothing would gather (784 posts took 25 s in place of 8). As long as each turn brings more, another is waited
      // for: those who got their answers together send their next together, and would be torn apart.
      let before: number;
      do {
        before = waiting.length;
        await setImmediate();
      } while (waiting.length > before && waiting.length < enough);
      const taken = take();
      if (taken.length === 0) break;
      const names = new Set(taken.flatMap((one) => one.names));
      const done = answer(taken).finally(() => {
        running = running.filter((one) => one.names !== names);
        void begin();
      });
      running.push({ names, done });
    }
    gathering = false;
  }

  /** Takes the records of one transaction off the line: none when there are too few for a second one. */
  function take(): Waiting[] {
    const taken: Waiting[] = [];
    const left: Waiting[] = [];
    const passed = new Set<string>();
    let looked = 0;
    for (; looked < waiting.length && taken.length < GATHERING_MAX; looked += 1) {
      const one = waiting[looked]!;
      if (one.names.some((name) => passed.has(name) || running.some(({ names }) => names.has(name)))) {
        left.push(one);
        for (const name of one.names) passed.add(name);
      } else taken.push(one);
    }
    if (running.length > 0 && taken.length < WORTHWHILE) return [];
    waiting = [...left, ...waiting.slice(looked)];
    return taken;
  }

  async function answer(taken: Waiting[]): Promise<void> {
    const submissions = taken.map((one) => one.submission);
    const replies = await record(service, submissions);
    for (const [n, { resolve }] of taken.entries()) resolve(replies[n] ?? failed());
  }

  return {
    async submit(submissions) {
      if (waiting.length + submissions.length > WAITING_MAX)
        throw new Problem('busy', 503, 'Too many records are waiting. Send this one again in a few seconds.', {
          headers: { 'retry-after': '2' },
        });
      const replies = submissions.map(
        (submission) =>
          new Promise<Reply>((resolve) =>
            waiting.push({ submission, names: atATime > 1 ? namesIn(submission) : [], resolve }),
          ),
      );
      if (running.length === 0 || waiting.length >= WORTHWHILE) void begin();
      return Promise.all(replies);
    },
    async drained() {
      while (waiting.length > 0 || running.length > 0) await (running[0]?.done ?? setImmediate());
    },
  };
}

/** Records a gathering, or each of it alone when it cannot be recorded together. Never throws. */
async function record(service: Service, submissions: Submission[]): Promise<Reply[]> {
  try {
    return await tryAgain(() => recordCompletions(service, submissions));
  } catch (error) {
    // Twenty thousand that wait would each meet a database that is gone: their senders are told at once instead.
    if (submissions.length === 1 || isOutage(error)) {
      service.log.error({ err: error, records: submissions.length }, 'completions could not be recorded');
      return submissions.map(failed);
    }
  }
  const replies: Reply[] = [];
  for (const submission of submissions) replies.push(...(await record(service, [submission])));
  return replies;
}

function failed(): Reply {
  return {
    problem: new Problem(
      'not_recorded',
      503,
      'This record could not be stored. Nothing of it was kept; send it again.',
      {
        headers: { 'retry-after': '5' },
      },
    ),
  };
}
