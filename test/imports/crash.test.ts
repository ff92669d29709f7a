// kill -9 in the middle of an import: the next start goes on where the last chunk ended, nothing is lost and nothing
// twice. The real server as a process of its own, on both kinds of database; then the command line through its socket.
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import t from 'tap';
import type { ImportAnswer } from '../../src/imports/import.ts';
import { endProcess, freePort, makeToken, runCairn, startProcess } from '../platform/server-process.ts';
import { kinds, openTestService } from '../platform/test-service.ts';
import { COMMONS, MOODLE, record } from '../completions/submissions.ts';
import { ndjson } from './streams.ts';

const LEARNERS = 1000;

/** Every learner that a badge was given to, once for each badge. */
async function readHolders(url: string, token: string): Promise<string[]> {
  const holders: string[] = [];
  for (let cursor = ''; ;) {
    const answer = await fetch(`${url}/v1/credentials?limit=500${cursor}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const { credentials, next } = (await answer.json()) as { credentials: { learner: string }[]; next?: string };
    holders.push(...credentials.map((one) => one.learner));
    if (next === undefined) return holders;
    cursor = `&cursor=${encodeURIComponent(next)}`;
  }
}

/** Begins to send a file and goes away when it is seen to come. */
async function breakOff(port: number, token: string, part: string, seen: () => Promise<boolean>): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  await once(socket, 'connect');
  const head = ['POST /v1/imports HTTP/1.1', 'Host: x', `Authorization: Bearer ${token}`];
  const rest = ['Content-Type: application/x-ndjson', `Content-Length: ${part.length * 2}`, '', part];
  await new Promise<void>((resolve) => socket.write([...head, ...rest].join('\r\n'), () => resolve()));
  while (!(await seen())) await setTimeout(20);
  socket.destroy();
}

for (const kind of kinds) {
  void t.test(`killed in the middle of an import, it goes on: nothing lost, nothing twice (${kind})`, async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'cairn-import-'));
    t.teardown(() => rmSync(folder, { recursive: true, force: true }));
    const port = await freePort();
    const url = `http://localhost:${port}`;
    const server = kind === 'postgres' ? await openTestService('postgres') : undefined;
    if (server) t.teardown(() => server.close());
    const env = {
      ...{ PORT: String(port), PUBLIC_URL: url, DATA_DIR: join(folder, 'data') },
      KEYS_DIR: server ? server.config.keysDir : join(folder, 'keys'),
      DATABASE_URL: server?.config.databaseUrl,
      ...{ ALLOW_PUBLIC_URL_CHANGE: 'yes', LOG_LEVEL: 'fatal', ACCESS_TOKEN_SECONDS: '3600' },
    };
    const fileOf = (cohort: number): string =>
      ndjson(COMMONS.flatMap((unit) => Array.from({ length: LEARNERS }, (_, n) => record(unit, `${cohort}-${n}`))));

    let running = await startProcess(env);
    t.teardown(() => running.kill('SIGKILL'));
    const token = await makeToken(env, MOODLE, 'completions:write', 'credentials:read');
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' };
    let [cohorts, kills] = [0, 0];
    const known = new Set<string>();
    // One that was done before anybody looked was not in the middle: then another one.
    for (; kills === 0; cohorts += 1) {
      const posted = await fetch(`${url}/v1/imports`, { method: 'POST', headers, body: fileOf(cohorts) });
      t.equal(posted.status, 202);
      const { id } = (await posted.json()) as ImportAnswer;
      known.add(id);
      const read = async (): Promise<ImportAnswer> =>
        (await (await fetch(`${url}/v1/imports/${id}`, { headers })).json()) as ImportAnswer;
      let last = await read();
      for (let least = 1; last.state !== 'done'; last = await read()) {
        if (last.read < least || kills === 2) {
          await setTimeout(10);
          continue;
        }
        t.ok(last.recorded === last.read, 'what was read is recorded');
        await endProcess(running, 'SIGKILL');
        kills += 1;
        running = await startProcess(env);
        least = (await read()).read + 1;
        t.ok(least > last.read, 'it does not begin anew');
      }
      t.match(last, { read: 5 * LEARNERS, recorded: 5 * LEARNERS, replayed: 0, refused: 0, awarded: LEARNERS });
    }
    const holders = await readHolders(url, token);
    t.equal(holders.length, cohorts * LEARNERS, 'no award is missing');
    t.equal(new Set(holders).size, cohorts * LEARNERS, 'and none is given twice');

    const other = async (): Promise<ImportAnswer | undefined> => {
      const { imports } = (await (await fetch(`${url}/v1/imports`, { headers })).json()) as { imports: ImportAnswer[] };
      return imports.find((one) => !known.has(one.id));
    };
    await breakOff(port, token, ndjson([record('commons/significance', 'lost')]), async () => Boolean(await other()));
    let broken = await other();
    for (; broken?.state !== 'failed'; broken = await other()) await setTimeout(20);
    t.match(broken, { failure: 'upload_interrupted', read: 0 }, 'a sender that goes away leaves nothing');

    writeFileSync(join(folder, 'more.ndjson'), ndjson([record('commons/significance', 'more')]));
    const told = await runCairn(env, 'import', join(folder, 'more.ndjson'));
    t.match(
      JSON.parse(told.stdout),
      { state: 'done', recorded: 1 },
      'from the command line beside the running service',
    );
    t.match(told.stderr, /recording 100 %/);
    await endProcess(running, 'SIGTERM');
  });
}
