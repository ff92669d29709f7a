// kill -9 in the middle of a burst: every acknowledged record is there, none twice, no award missing, no status index
// used twice. The real server as a process of its own, on both kinds of database.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import t from 'tap';
import { endProcess, freePort, makeToken, startProcess } from '../platform/server-process.ts';
import { kinds, openTestService } from '../platform/test-service.ts';
import { COMMONS, MOODLE, record } from './submissions.ts';

const LEARNERS = 40;

/** Posts records from eight connections until all are answered or the server is gone; notes who was answered what. */
async function burst(
  url: string,
  token: string,
  records: { id: string }[],
  acknowledged = new Map<string, number>(),
): Promise<Map<string, number>> {
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

    let running = await startProcess(env);
    t.teardown(() => running.kill('SIGKILL'));
    const token = await makeToken(env, MOODLE, 'completions:write', 'completions:read', 'credentials:read');
    const acknowledged = new Set<string>();
    for (const part of [1 / 4, 1 / 2]) {
      const answered = new Map<string, number>();
      const posting = burst(url, token, records, answered);
      while (answered.size < part * records.length) await setTimeout(1);
      await endProcess(running, 'SIGKILL');
      for (const [id, status] of await posting) if (status < 300) acknowledged.add(id);
      t.ok(answered.size < records.length, 'it was in the middle');
      running = await startProcess(env);
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
    await endProcess(running, 'SIGTERM');
  });
}
