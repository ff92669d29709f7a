// Gathers what arrives while a transaction runs into the next one (group commit): a learner is locked once, a commit is
// paid once, and no timer delays anybody, since a lone record starts its transaction at once.
// A gathering that fails is tried again when it lost a race, then one by one, so that the culprit alone gets the error.
import { setImmediate } from 'node:timers/promises';
import { Problem } from '../platform/problem.ts';
import type { Service } from '../platform/service.ts';
import { recordCompletions } from './record-completions.ts';
import type { Reply, Submission } from './submission.ts';
import { isOutage, tryAgain } from './try-again.ts';

/** The most records of one transaction: one full batch. */
const GATHERING_MAX = 1000;
/** The most records that may wait; beyond it the answer is 503, never an ever-growing heap. */
const WAITING_MAX = 20_000;

interface Waiting {
  submission: Submission;
  resolve: (reply: Reply) => void;
}

export interface Intake {
  /** Records these and gives one reply for each, in order. Throws Problem `busy` (503) when too many wait. */
  submit(submissions: Submission[]): Promise<Reply[]>;
  /** Resolves when nothing waits any more. */
  drained(): Promise<void>;
}

/** Opens the intake of a service: one transaction at a time, each with all that gathered meanwhile. */
export function openIntake(service: Service): Intake {
  let waiting: Waiting[] = [];
  let running: Promise<void> | undefined;

  async function run(): Promise<void> {
    while (waiting.length > 0) {
      // PGlite answers within microtasks: without a turn of the event loop no socket would be read meanwhile, and
      // nothing would gather (784 posts took 25 s in place of 8). As long as each turn brings more, another is waited
      // for: those who got their answers together send their next together, and would be torn apart.
      let before: number;
      do {
        before = waiting.length;
        await setImmediate();
      } while (waiting.length > before && waiting.length < GATHERING_MAX);
      const gathering = waiting.slice(0, GATHERING_MAX);
      waiting = waiting.slice(GATHERING_MAX);
      const replies = await record(
        service,
        gathering.map((one) => one.submission),
      );
      for (const [n, one] of gathering.entries()) one.resolve(replies[n] ?? failed());
    }
    running = undefined;
  }

  return {
    async submit(submissions) {
      // A run over nothing ends before it is noted, and would be noted as running for ever.
      if (submissions.length === 0) return [];
      if (waiting.length + submissions.length > WAITING_MAX)
        throw new Problem('busy', 503, 'Too many records are waiting. Send this one again in a few seconds.', {
          headers: { 'retry-after': '2' },
        });
      const replies = submissions.map(
        (submission) => new Promise<Reply>((resolve) => waiting.push({ submission, resolve })),
      );
      running ??= run();
      return Promise.all(replies);
    },
    async drained() {
      await running;
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
