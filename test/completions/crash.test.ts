// kill -9 in the middle of a burst: every acknowledged record is there, none twice, no award missing, no status index
// used twice. The real server as a process of its own, on both kinds of database.
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import t from 'tap';
import { kinds, openTestService } from '../platform/test-service.ts';
import { COMMONS, MOODLE, record } from './submissions.ts';

const LEARNERS = 24;

interface Running {
  url: string;
  env: Record<string, string | undefined>;
  child: ChildProcess;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

async function start(env: Record<string, string | undefined>, url: string): Promise<Running> {
  const child = spawn(process.execPath, ['src/server.ts'], { env: { ...process.env, ...env }, stdio: 'ignore' });
  for (let waited = 0; waited < 60_000; waited += 50) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`);
    const ready = await fetch(`${url}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ready) return { url, env, child };
    await setTimeout(50);
  }
  throw new Error('the server did not become ready');
}

async function kill(running: Running, signal: NodeJS.Signals): Promise<void> {
  const ended = once(running.child, 'exit');
  running.child.kill(signal);
  await ended;
}

async function tokenOf(running: Running): Promise<string> {
  const scopes = ['completions:write', 'completions:read', 'credentials:read'].flatMap((scope) => ['--scope', scope]);
  const args = ['src/cli.ts', 'clients', 'create', '--name', 'crash', '--source', MOODLE, ...scopes];
  const { stdout } = await promisify(execFile)(process.execPath, args, { env: { ...process.env, ...running.env } });
  const { client_id: id, client_secret: secret } = JSON.parse(stdout);
  const answer = await fetch(`${running.url}/oauth/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  return ((await answer.json()) as { access_token: string }).access_token;
}

/** Posts records from eight connections; gives the ids that were acknowledged before everything ended. */
async function burst(url: string, token: string, records: { id: string }[]): Promise<Map<string, number>> {
  const acknowledged = new Map<string, number>();
  let next = 0;
  async function connection(): Promise<void> {
    while (next < records.length) {
      const one = records[next++]!;
      try {
        const answer = await fetch(`${url}/v1/completions`, {
          method: 'POST',
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
          body: JSON.stringify(one),
        });
        await answer.text();
        acknowledged.set(one.id, answer.status);
      } catch {
        return;
      }
    }
  }
  await Promise.all(Array.from({ length: 8 }, connection));
  return acknowledged;
}

async function readAll<T>(url: string, token: string, list: 'completions' | 'credentials'): Promise<T[]> {
  const answer = await fetch(`${url}/v1/${list}?limit=500`, { headers: { authorization: `Bearer ${token}` } });
  return ((await answer.json()) as Record<string, T[]>)[list] ?? [];
}

for (const kind of kinds) {
  void t.test(`killed in the middle of a burst, twice: nothing lost, nothing twice (${kind})`, async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'cairn-crash-'));
    t.teardown(() => rmSync(folder, { recursive: true, force: true }));
    const port = await freePort();
    const url = `http://localhost:${port}`;
    const server = kind === 'postgres' ? await openTestService('postgres') : undefined;
    if (server) t.teardown(() => server.close());
    const env = {
      PORT: String(port),
      PUBLIC_URL: url,
      DATA_DIR: join(folder, 'data'),
      KEYS_DIR: server ? server.config.keysDir : join(folder, 'keys'),
      DATABASE_URL: server?.config.databaseUrl,
      ALLOW_PUBLIC_URL_CHANGE: 'yes',
      LOG_LEVEL: 'fatal',
      ACCESS_TOKEN_SECONDS: '3600',
    };
    const records = Array.from({ length: LEARNERS }, (_, n) => COMMONS.map((unit) => record(unit, `learner-${n}`)))
      .flat()
      .toSorted(
        (a, b) =>
          ((a.id.length * 7 + a.id.charCodeAt(8) * 31) % 97) - ((b.id.length * 7 + b.id.charCodeAt(8) * 31) % 97),
      );

    let running = await start(env, url);
    t.teardown(() => running.child.kill('SIGKILL'));
    const token = await tokenOf(running);
    const acknowledged = new Set<string>();
    for (const round of [0, 1]) {
      const posting = burst(url, token, records);
      await setTimeout(60 + round * 90);
      await kill(running, 'SIGKILL');
      for (const [id, status] of await posting) if (status < 300) acknowledged.add(id);
      running = await start(env, url);
      const stored = await readAll<{ recordId: string }>(url, token, 'completions');
      const ids = stored.map((one) => one.recordId);
      t.same(
        [...acknowledged].filter((id) => !ids.includes(id)),
        [],
        'every acknowledged record is there',
      );
      t.equal(new Set(ids).size, ids.length, 'none is there twice');
    }

    const statuses = [...(await burst(url, token, records)).values()];
    t.ok(
      statuses.every((status) => status === 200 || status === 201),
      'posting all again answers all',
    );
    t.equal((await readAll(url, token, 'completions')).length, records.length);
    const badges = await readAll<{ learner: string; url: string }>(url, token, 'credentials');
    t.equal(badges.length, LEARNERS, 'no award is missing');
    t.equal(new Set(badges.map((one) => one.learner)).size, LEARNERS, 'and none is given twice');
    const places = await Promise.all(
      badges.map(async (one) => {
        const answer = await fetch(one.url, { headers: { accept: 'application/json' } });
        const badge = (await answer.json()) as { credentialStatus: { id: string } };
        return badge.credentialStatus.id;
      }),
    );
    t.equal(new Set(places).size, LEARNERS, 'no status index is used twice');
    await kill(running, 'SIGTERM');
  });
}
