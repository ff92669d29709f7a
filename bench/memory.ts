// Whether the service grows: its resident memory after many completions, against after ten thousand. Each is
// posted alone, of a learner of its own. BENCH_POSTS says how many (60,000; a million takes six minutes and more).
import { setTimeout } from 'node:timers/promises';
import { Pool } from 'undici';
import { SOURCE, startCairn } from './start-cairn.ts';

const FIRST = 10_000;
const CLIENTS = 64;

function record(n: number): object {
  return {
    id: `memory-${n}`,
    source: SOURCE,
    type: 'completed',
    learner: {
      identifiers: [{ type: 'email', value: `learner-${n}@example.edu`, verified: true }],
      name: 'Ada Example',
    },
    activity: { unit: 'legal/marking' },
    occurredAt: '2026-03-04T10:11:12.345Z',
  };
}

/** Watches resident memory until it is told to end; gives the highest in bytes. */
function watchResident(pool: Pool): () => Promise<number> {
  let most = 0;
  let ended = false;
  const watching = (async () => {
    while (!ended) {
      await setTimeout(250);
      const { body } = await pool.request({ method: 'GET', path: '/metrics' });
      most = Math.max(most, Number(/^process_resident_memory_bytes (\S+)$/m.exec(await body.text())?.[1]));
    }
  })();
  return async () => {
    ended = true;
    await watching;
    return most;
  };
}

/**
 * The highest that was resident while many were posted, against the highest of the first ten thousand. At rest Node gives
 * half of it back or does not, as it happens.
 */
export async function measureMemory(): Promise<Record<string, number>> {
  const posts = Number(process.env.BENCH_POSTS ?? 60_000);
  const cairn = await startCairn();
  const pool = new Pool(cairn.url, { connections: CLIENTS });
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${cairn.token}` };
  async function post(from: number, to: number): Promise<void> {
    let next = from;
    const client = async (): Promise<void> => {
      while (next < to) {
        const body = JSON.stringify(record(next++));
        const answer = await pool.request({ method: 'POST', path: '/v1/completions', body, headers });
        await answer.body.dump();
        if (answer.statusCode !== 201) throw new Error(`a completion was answered with ${answer.statusCode}`);
      }
    };
    await Promise.all(Array.from({ length: CLIENTS }, client));
  }
  try {
    const ofFirst = watchResident(pool);
    await post(0, FIRST);
    const before = await ofFirst();
    const ofAll = watchResident(pool);
    await post(FIRST, posts);
    const after = await ofAll();
    console.error(
      `resident within ${FIRST}: ${Math.round(before / 2 ** 20)} MiB, within ${posts}: ${Math.round(after / 2 ** 20)} MiB`,
    );
    return { 'memory-growth': after / before };
  } finally {
    await pool.close();
    await cairn.stop();
  }
}
