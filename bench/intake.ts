// Intake over HTTP: a completion that awards a badge, and one that does not, from 64 clients, against a bare Fastify
// route with one INSERT of the same bytes on the same database, with fsync: PostgreSQL, and the embedded PGlite.
import type { ChildProcess } from 'node:child_process';
import { Pool } from 'undici';
import { freePort } from '../test/platform/server-process.ts';
import { postgresFound } from '../test/platform/test-postgres.ts';
import { compare } from './measure.ts';
import { measureReading } from './reading.ts';
import { SOURCE, startCairn } from './start-cairn.ts';
import { startProcess, stopProcess } from './start-process.ts';

const CLIENTS = 64;
const A_ROUND = 640;
const COMMONS = ['commons/significance', 'commons/physical-digital', 'commons/opportunity', 'step/mastery/commons'];

interface Posted {
  path: string;
  body: string;
  token?: string;
}

function record(n: number, unit: string, parts: string): string {
  return JSON.stringify({
    id: `bench-${parts}-${n}-${unit}`,
    source: SOURCE,
    type: 'completed',
    learner: {
      identifiers: [
        { type: 'email', value: `learner-${n}@example.edu`, verified: true },
        { type: 'account', homePage: SOURCE, name: String(n) },
      ],
      name: 'Ada Example',
    },
    activity: { unit },
    occurredAt: '2026-03-04T10:11:12.345Z',
  });
}

/** Posts all from 64 clients at once; throws when one is not answered as expected. */
async function postAll(pool: Pool, posts: Posted[], expected: number): Promise<number> {
  let next = 0;
  async function client(): Promise<void> {
    while (next < posts.length) {
      const { path, body, token } = posts[next++]!;
      const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
      const answer = await pool.request({ method: 'POST', path, body, headers });
      const text = await answer.body.text();
      if (answer.statusCode !== expected) throw new Error(`${path} answered ${answer.statusCode}: ${text}`);
    }
  }
  await Promise.all(Array.from({ length: CLIENTS }, client));
  return posts.length;
}

/** Ratios of intake on one kind of database, and of reading what came of it. */
async function measureOn(
  kind: 'postgres' | 'pglite',
  rounds: number,
  withReading: boolean,
): Promise<{ award: number; record: number; reading: Record<string, number> }> {
  const cairnServer = await startCairn({}, kind);
  const floorPort = await freePort();
  const floorUrl = `http://127.0.0.1:${floorPort}`;
  let floorServer: ChildProcess | undefined;
  try {
    floorServer = await startProcess(
      'bench/floor-server.ts',
      { ...cairnServer.floor, PORT: String(floorPort) },
      `${floorUrl}/`,
    );
    const { token } = cairnServer;
    const cairn = new Pool(cairnServer.url, { connections: CLIENTS });
    const floor = new Pool(floorUrl, { connections: CLIENTS });
    const learners = A_ROUND * (rounds + 1) + 1;
    for (let n = 0; n < learners; n += 250) {
      const records = Array.from({ length: Math.min(250, learners - n) }, (_, k) =>
        COMMONS.map((unit) => JSON.parse(record(n + k, unit, 'before'))),
      ).flat();
      await postAll(cairn, [{ path: '/v1/completions/batch', body: JSON.stringify({ records }), token }], 207);
    }
    const next = { award: 0, plain: 0, floor: 0 };
    const take = (from: 'award' | 'plain' | 'floor', path: string, unit: string, sent?: string): Posted[] =>
      Array.from({ length: A_ROUND }, () => ({ path, body: record(next[from]++, unit, from), token: sent }));
    const [bare, award, plain] = await compare(
      [
        { name: 'floor', round: () => postAll(floor, take('floor', '/floor', 'commons/creative-commons'), 201) },
        {
          name: 'award',
          round: () => postAll(cairn, take('award', '/v1/completions', 'commons/creative-commons', token), 201),
        },
        {
          name: 'record',
          round: () => postAll(cairn, take('plain', '/v1/completions', 'legal/marking', token), 201),
        },
      ],
      rounds,
    );
    const reading = withReading
      ? await measureReading(cairn, floor, await awardOne(cairn, next.award, token), rounds)
      : {};
    await Promise.all([cairn.close(), floor.close()]);
    return { award: award!.perSecond / bare!.perSecond, record: plain!.perSecond / bare!.perSecond, reading };
  } finally {
    if (floorServer) await stopProcess(floorServer);
    await cairnServer.stop();
  }
}

/** Has a badge awarded. @returns its path */
async function awardOne(cairn: Pool, learner: number, token: string): Promise<string> {
  const body = record(learner, 'commons/creative-commons', 'read');
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const answer = await cairn.request({ method: 'POST', path: '/v1/completions', body, headers });
  const { awarded } = (await answer.body.json()) as { awarded: { credential: string }[] };
  return new URL(awarded[0]!.credential).pathname;
}

/** Ratios of intake and of reading on PostgreSQL, where there is one, and of intake on the embedded database. */
export async function measureIntake(rounds: number): Promise<Record<string, number>> {
  const served = postgresFound ? await measureOn('postgres', rounds, true) : undefined;
  const embedded = await measureOn('pglite', Math.min(rounds, 5), false);
  return {
    ...served?.reading,
    ...(served && { 'award/insert-floor': served.award, 'record/insert-floor': served.record }),
    'award-embedded/insert-floor': embedded.award,
    'record-embedded/insert-floor': embedded.record,
  };
}
