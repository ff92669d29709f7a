// What grows with the number of completions that are stored: the same work on a small database and on a large one, in
// turns. `growth` is the least ratio of all.
import { Pool } from 'undici';
import { fill, idOf, LAST_UNIT, recordOf } from './fill.ts';
import { compare } from './measure.ts';
import { TRACKS } from '../src/tracks/catalogue.ts';
import { startCairn, type RunningCairn } from './start-cairn.ts';

const CLIENTS = 64;
/** The small database has eleven hundred learners, each of whom can be awarded once. */
const A_ROUND = 120;
const ROUNDS = 7;
/** Units that nobody has done, so that a round of recording takes as long as one of awarding. */
const NEW_UNITS = TRACKS.find((track) => track.id === 'core')!
  .units.map((unit) => unit.key)
  .filter((key) => key.startsWith('legal/'))
  .slice(0, 5);
const REVOKED_A_ROUND = 60;
const HOT = 200;
/** Records of strangers that each service is told first: a fresh process is half as fast, each at a moment of its own. */
const WARMING = 6_000;
interface Filled {
  cairn: RunningCairn;
  pool: Pool;
  /** Learners in an order in which they were not stored. */
  shuffled: number[];
}

// A prime that divides none of the numbers of learners: each is chosen once before any is chosen again.
function shuffle(learners: number): number[] {
  return Array.from({ length: Math.min(learners, 10_000) }, (_, n) => 1 + ((n * 7_919 + 13) % learners));
}

async function open(completions: number): Promise<Filled> {
  const cairn = await startCairn();
  const learners = await fill(cairn, completions);
  const filled = { cairn, pool: new Pool(cairn.url, { connections: CLIENTS }), shuffled: shuffle(learners) };
  await askAll(
    filled,
    Array.from({ length: WARMING }, (_, n) => ({
      ...{ method: 'POST' as const, path: '/v1/completions' },
      body: recordOf(learners + 1 + n, 'legal/marking', 'warm'),
    })),
  );
  return filled;
}

interface Asked {
  method: 'GET' | 'POST';
  path: string;
  body?: object;
}

async function askAll({ pool, cairn }: Filled, asked: Asked[], clients = CLIENTS): Promise<number> {
  let next = 0;
  const headers = {
    authorization: `Bearer ${cairn.token}`,
    'content-type': 'application/json',
    accept: 'application/json',
  };
  async function client(): Promise<void> {
    while (next < asked.length) {
      const { method, path, body } = asked[next++]!;
      const { 'content-type': _, ...plain } = headers;
      const answer = await pool.request({
        method,
        path,
        ...(body ? { body: JSON.stringify(body), headers } : { headers: plain }),
      });
      const text = await answer.body.text();
      if (answer.statusCode >= 300) throw new Error(`${method} ${path} answered ${answer.statusCode}: ${text}`);
    }
  }
  await Promise.all(Array.from({ length: clients }, client));
  return asked.length;
}

type Round = (filled: Filled, round: number) => Promise<number>;

const postEach =
  (units: string[], parts: string): Round =>
  (filled, round) => {
    const chosen = filled.shuffled.slice(round * A_ROUND, (round + 1) * A_ROUND);
    return askAll(
      filled,
      units.flatMap((unit) =>
        chosen.map((n) => ({ method: 'POST', path: '/v1/completions', body: recordOf(n, unit, parts) })),
      ),
    );
  };

/** @param again how often each is read: a round takes half a second, longer than a collection of garbage */
const readHot =
  (again: number, path: (n: number) => string): Round =>
  (filled) =>
    askAll(
      filled,
      Array.from({ length: again }, () => filled.shuffled.slice(0, HOT))
        .flat()
        .map((n) => ({ method: 'GET', path: path(n) })),
    );

const work: Record<string, Round> = {
  record: postEach(NEW_UNITS, 'plain'),
  award: postEach([LAST_UNIT], 'award'),
  progress: readHot(10, (n) => `/v1/learners/${idOf('learner', n)}/progress`),
  'badge-json': readHot(40, (n) => `/credentials/${idOf('credential', n)}.json`),
  'award-record': readHot(20, (n) => `/awards/${idOf('award', n)}`),
  revoke: (filled, round) => {
    const chosen = filled.shuffled.slice(round * REVOKED_A_ROUND, (round + 1) * REVOKED_A_ROUND);
    const body = { reason: 'issued_in_error', sentence: 'Measured.' };
    const path = (n: number): string => `/v1/credentials/${idOf('credential', n)}/revoke`;
    return askAll(
      filled,
      chosen.map((n) => ({ method: 'POST', path: path(n), body })),
      1,
    );
  },
};

/** The ratios of a large database to a small one, and the least of them. */
export async function measureGrowth(large = 1_000_000, small = 10_000): Promise<Record<string, number>> {
  const filled: Filled[] = [];
  try {
    filled.push(await open(small), await open(large));
    const ratios: Record<string, number> = {};
    for (const [name, round] of Object.entries(work)) {
      const counts = [0, 0];
      const rivals = filled.map((one, n) => ({ name: `${name} ${n}`, round: () => round(one, counts[n]!++) }));
      const [few, many] = await compare(rivals, ROUNDS);
      ratios[`growth/${name}`] = many!.perSecond / few!.perSecond;
    }
    return { ...ratios, growth: Math.min(...Object.values(ratios)) };
  } finally {
    for (const { pool, cairn } of filled) {
      await pool.close();
      await cairn.stop();
    }
  }
}
