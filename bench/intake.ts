// Intake over HTTP: a completion that awards a badge, and one that does not, from 64 clients, against a bare Fastify
// route with one INSERT of the same bytes on the same PostgreSQL, with fsync.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'undici';
import { openPostgres } from '../src/platform/postgres-database.ts';
import { initCluster, startServer } from '../test/platform/test-postgres.ts';
import { silent } from '../test/platform/test-template.ts';
import { compare } from './measure.ts';
import { measureReading } from './reading.ts';
import { startProcess, stopProcess } from './start-process.ts';

const CLIENTS = 64;
const A_ROUND = 640;
const SOURCE = 'https://moodle.example.edu';
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

async function makeClient(env: Record<string, string>, url: string): Promise<string> {
  const args = [
    'src/cli.ts',
    'clients',
    'create',
    '--name',
    'bench',
    '--source',
    SOURCE,
    '--scope',
    'completions:write',
  ];
  const child = spawn(process.execPath, [...args, '--trust-email'], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  for await (const chunk of child.stdout) out += String(chunk);
  const { client_id: id, client_secret: secret } = JSON.parse(out);
  const answer = await fetch(`${url}/oauth/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  return ((await answer.json()) as { access_token: string }).access_token;
}

/** Ratios of intake, and of reading what came of it. */
export async function measureIntake(rounds: number): Promise<Record<string, number>> {
  const folder = mkdtempSync(join(tmpdir(), 'cairn-bench-'));
  initCluster(join(folder, 'cluster'));
  const server = await startServer(join(folder, 'cluster'), true);
  const admin = await openPostgres(server.url('postgres'), 1, silent, []);
  for (const name of ['floor', 'cairn']) await admin.drizzle.execute(`create database ${name}`);
  await admin.close();
  const env = {
    DATABASE_URL: server.url('cairn'),
    KEYS_DIR: join(folder, 'keys'),
    PORT: '39180',
    HOST: '127.0.0.1',
    PUBLIC_URL: 'http://localhost:39180',
    LOG_LEVEL: 'warn',
    ACCESS_TOKEN_SECONDS: '3600',
    RATE_LIMIT_CLIENT_PER_MINUTE: '10000000',
  };
  const url = 'http://127.0.0.1:39180';
  const children = [
    await startProcess(
      'bench/floor-server.ts',
      { DATABASE_URL: server.url('floor'), PORT: '39181' },
      'http://127.0.0.1:39181/',
    ),
    await startProcess('src/server.ts', env, `${url}/readyz`),
  ];
  try {
    const token = await makeClient(env, url);
    const cairn = new Pool(url, { connections: CLIENTS });
    const floor = new Pool('http://127.0.0.1:39181', { connections: CLIENTS });
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
    const measured = await compare(
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
    const [bare, award, plain] = measured.map((one) => one.perSecond);
    const body = record(next.award, 'commons/creative-commons', 'read');
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    const answer = await cairn.request({ method: 'POST', path: '/v1/completions', body, headers });
    const { awarded } = (await answer.body.json()) as { awarded: { credential: string }[] };
    const reading = await measureReading(cairn, floor, new URL(awarded[0]!.credential).pathname, rounds);
    await Promise.all([cairn.close(), floor.close()]);
    return { ...reading, 'award/insert-floor': award! / bare!, 'record/insert-floor': plain! / bare! };
  } finally {
    await Promise.all(children.map(stopProcess));
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
