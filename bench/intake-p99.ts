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
const ROUND_MS = 5_000;

function percentile(values: number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]!;
}

/** Posts at the pace; gives how long each took in ms. */
async function postSteadily(pool: Pool, token: string, parts: string): Promise<number[]> {
  const taken: Promise<number>[] = [];
  const begun = performance.now();
  for (let n = 0; n * (1000 / PACE) < ROUND_MS; n += 1) {
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

async function startLoad(url: string): Promise<{ child: ChildProcess; verified: () => number }> {
  let verified = 0;
  const child = fork('bench/verify-load.ts', { env: { ...process.env, VERIFY_URL: url } });
  await once(child, 'message');
  child.on('message', () => (verified += 1));
  // Strangers have machines of their own: what asks must not take the time of what answers.
  setPriority(child.pid!, 10);
  child.send('begin');
  return { child, verified: () => verified };
}

/** The ratio of the 99th percentiles, each the median of its rounds. */
export async function measureIntakeP99(rounds: number): Promise<Record<string, number>> {
  const cairn = await startCairn();
  const pool = new Pool(cairn.url, { connections: 64 });
  try {
    await postSteadily(pool, cairn.token, 'warm');
    const alone: number[] = [];
    const beside: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      alone.push(percentile(await postSteadily(pool, cairn.token, `alone-${round}`), 0.99));
      const { child, verified } = await startLoad(cairn.url);
      await setTimeout(1500);
      const before = verified();
      beside.push(percentile(await postSteadily(pool, cairn.token, `beside-${round}`), 0.99));
      if (verified() === before) throw new Error('nothing was verified meanwhile');
      if (process.env.BENCH_SPEEDS)
        console.error(`${verified() - before} verified; p99 alone ${alone.at(-1)} ms, beside ${beside.at(-1)} ms`);
      const gone = once(child, 'exit');
      child.kill();
      await gone;
      await setTimeout(500);
    }
    return { 'intake-p99/with-verification': median(beside) / median(alone) };
  } finally {
    await pool.close();
    await cairn.stop();
  }
}
