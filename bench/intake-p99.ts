// What a platform waits for its answer while strangers have all their badges verified: the 99th percentile of posting
// one completion at a steady pace, with and without verification that saturates the worker threads.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setPriority } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { Pool } from 'undici';
import { median } from './measure.ts';
import { SOURCE, startCairn } from './start-cairn.ts';

/** Posts a second, arriving by the clock whether or not those before were answered. */
const PACE = 100;
/** The two take turns within a round, so that a slow moment of the machine falls on both. */
const TURNS = 5;
/** A round's 99th percentile stands on its ten slowest posts. */
const TURN_MS = 2_000;
/** What passes until nothing of what was asked before is under way, or all of it is. */
const SETTLE_MS = 400;

function percentile(values: number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]!;
}

/** Posts at the pace; gives how long each took in ms. */
async function postSteadily(pool: Pool, token: string, parts: string): Promise<number[]> {
  const taken: Promise<number>[] = [];
  const begun = performance.now();
  for (let n = 0; n * (1000 / PACE) < TURN_MS; n += 1) {
    const due = begun + n * (1000 / PACE);
    if (due > performance.now()) await setTimeout(due - performance.now());
    taken.push(postOne(pool, token, `${parts}-${n}`));
  }
  return await Promise.all(taken);
}

async function postOne(pool: Pool, token: string, id: string): Promise<number> {
  const body = JSON.stringify({
    ...{ id, source: SOURCE, type: 'completed', activity: { unit: 'legal/marking' } },
    learner: { identifiers: [{ type: 'account', homePage: SOURCE, name: id }] },
    occurredAt: '2026-03-04T10:11:12.345Z',
  });
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const begun = performance.now();
  const answer = await pool.request({ method: 'POST', path: '/v1/completions', body, headers });
  await answer.body.text();
  if (answer.statusCode !== 201) throw new Error(`a completion was answered with ${answer.statusCode}`);
  return performance.now() - begun;
}

interface Load {
  verified(): number;
  begin(): Promise<void>;
  /** It keeps its connections, so that the next beginning costs nothing. */
  pause(): Promise<void>;
  end(): Promise<void>;
}

async function startLoad(url: string): Promise<Load> {
  let verified = 0;
  const child: ChildProcess = fork('bench/verify-load.ts', { env: { ...process.env, VERIFY_URL: url } });
  await once(child, 'message');
  child.on('message', () => (verified += 1));
  // Strangers have machines of their own: what asks must not take the time of what answers.
  setPriority(child.pid!, 10);
  child.kill('SIGSTOP');
  child.send('begin');
  const signal = async (name: NodeJS.Signals): Promise<void> => {
    child.kill(name);
    await setTimeout(SETTLE_MS);
  };
  return {
    verified: () => verified,
    begin: () => signal('SIGCONT'),
    pause: () => signal('SIGSTOP'),
    async end() {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}

/** The ratio of the 99th percentiles, each the median of its rounds. */
export async function measureIntakeP99(rounds: number): Promise<Record<string, number>> {
  const cairn = await startCairn();
  const pool = new Pool(cairn.url, { connections: 64 });
  let load: Load | undefined;
  try {
    load = await startLoad(cairn.url);
    await load.begin();
    await postSteadily(pool, cairn.token, 'warm');
    await load.pause();
    const alone: number[] = [];
    const beside: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const taken = { alone: [] as number[], beside: [] as number[] };
      const before = load.verified();
      for (let turn = 0; turn < TURNS; turn += 1) {
        taken.alone.push(...(await postSteadily(pool, cairn.token, `alone-${round}-${turn}`)));
        await load.begin();
        taken.beside.push(...(await postSteadily(pool, cairn.token, `beside-${round}-${turn}`)));
        await load.pause();
      }
      if (load.verified() === before) throw new Error('nothing was verified meanwhile');
      alone.push(percentile(taken.alone, 0.99));
      beside.push(percentile(taken.beside, 0.99));
      if (process.env.BENCH_SPEEDS)
        console.error(`${load.verified() - before} verified; p99 alone ${alone.at(-1)} ms, beside ${beside.at(-1)} ms`);
    }
    return { 'intake-p99/with-verification': median(beside) / median(alone) };
  } finally {
    await load?.end();
    await pool.close();
    await cairn.stop();
  }
}
