// Several replicas on one PostgreSQL, behind a proxy that sends each request to the next of them. One is killed again and
// again under load, and nothing is lost and nothing is double; what one replica does, every other knows at once.
import { execFile } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import t from 'tap';
import { COMMONS, MOODLE, record } from '../completions/submissions.ts';
import { openTestService } from '../platform/test-service.ts';
import { postgresFound } from '../platform/test-postgres.ts';
import { startFleet, type Fleet } from './fleet.ts';

const LEARNERS = 60;
const CONNECTIONS = 16;
const KILLS = 3;
const TOKENS_A_MINUTE = 40;

type Env = Record<string, string | undefined>;

interface Badge {
  id: string;
  learner: string;
  url: string;
  achievement: string;
}

async function cairn<T>(env: Env, ...args: string[]): Promise<T> {
  const { stdout } = await promisify(execFile)(process.execPath, ['src/cli.ts', ...args], {
    env: { ...process.env, ...env },
  });
  return JSON.parse(stdout) as T;
}

async function tokenOf(fleet: Fleet, env: Env): Promise<string> {
  const scopes = ['completions:write', 'completions:read', 'credentials:read', 'credentials:revoke'];
  const made = await cairn<{ client_id: string; client_secret: string }>(
    env,
    ...['clients', 'create', '--name', 'platform', '--source', MOODLE, '--may-state-consents'],
    ...scopes.flatMap((scope) => ['--scope', scope]),
  );
  const answer = await fetch(`${fleet.url}/oauth/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${made.client_id}:${made.client_secret}`)}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  return ((await answer.json()) as { access_token: string }).access_token;
}

/** Posts all records as platforms do: the same record again after anything but an answer to it. */
async function postAll(url: string, token: string, records: object[]): Promise<{ repeated: number }> {
  let next = 0;
  let repeated = 0;
  async function connection(): Promise<void> {
    while (next < records.length) {
      const body = JSON.stringify(records[next++]);
      for (;;) {
        const status = await fetch(`${url}/v1/completions`, {
          method: 'POST',
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
          body,
        }).then(
          async (answer) => (await answer.text(), answer.status),
          () => 0,
        );
        if (status === 200 || status === 201) break;
        if (status > 0 && status < 500) throw new Error(`a record was answered with ${status}`);
        repeated += 1;
        await setTimeout(20);
      }
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, connection));
  return { repeated };
}

async function readAll<T>(url: string, token: string, list: 'completions' | 'credentials'): Promise<T[]> {
  const found: T[] = [];
  for (let cursor = ''; ;) {
    const answer = await fetch(`${url}/v1/${list}?limit=500${cursor}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const page = (await answer.json()) as Record<string, T[]> & { next?: string };
    found.push(...page[list]!);
    if (page.next === undefined) return found;
    cursor = `&cursor=${encodeURIComponent(String(page.next))}`;
  }
}

function credentialStatusOf(badge: string): { id: string; statusListCredential: string } {
  return (JSON.parse(badge) as { credentialStatus: { id: string; statusListCredential: string } }).credentialStatus;
}

const get = async (url: string, accept = 'application/json'): Promise<string> =>
  (await fetch(url, { headers: { accept } })).text();

async function verify(url: string, badge: string): Promise<{ outcome: string; revocation?: string }> {
  const answer = await fetch(`${url}/v1/verify`, {
    method: 'POST',
    headers: { 'content-type': 'application/vc' },
    body: badge,
  });
  const report = (await answer.json()) as { outcome: string; checks: { id: string; status: string }[] };
  return { outcome: report.outcome, revocation: report.checks.find((one) => one.id === 'revocation')?.status };
}

void t.test('three replicas, one of them always dying', { skip: !postgresFound && 'no PostgreSQL' }, async (t) => {
  const shared = await openTestService('postgres');
  t.teardown(() => shared.close());
  const env: Env = {
    DATABASE_URL: shared.config.databaseUrl,
    KEYS_DIR: shared.config.keysDir,
    ALLOW_PUBLIC_URL_CHANGE: 'yes',
    LOG_LEVEL: 'fatal',
    ACCESS_TOKEN_SECONDS: '3600',
    // To end in good order takes a busy machine as long as it takes.
    SHUTDOWN_TIMEOUT_MS: '120000',
    RATE_LIMIT_TOKEN_PER_MINUTE: String(TOKENS_A_MINUTE),
  };
  const fleet = await startFleet(3, (url) => Object.assign(env, { PUBLIC_URL: url }));
  t.teardown(() => fleet.replicas.forEach(({ child }) => child.kill('SIGKILL')));
  const token = await tokenOf(fleet, env);
  const ports = fleet.replicas.map(({ url }) => url);

  const listed = { name: 'Ada Example', consents: { name: true, listed: true } };
  const records = COMMONS.flatMap((unit) =>
    Array.from({ length: LEARNERS }, (_, n) => {
      const one = record(unit, `learner-${n}`);
      return { ...one, learner: { ...one.learner, ...listed } };
    }),
  );
  // Ever again from the start: the replays are part of the load.
  let posting = true;
  const load = (async () => {
    let repeated = 0;
    do repeated += (await postAll(fleet.url, token, records)).repeated;
    while (posting);
    return repeated;
  })();
  for (let n = 0; n < KILLS; n += 1) {
    await setTimeout(150);
    await fleet.kill(n % 3);
    await fleet.revive(n % 3);
  }
  posting = false;
  t.ok((await load) > 0, 'some records had to be sent again');

  const stored = await readAll<{ recordId: string }>(fleet.url, token, 'completions');
  const badges = await readAll<Badge>(fleet.url, token, 'credentials');
  const documents = await Promise.all(badges.map((one) => get(one.url)));

  await t.test('nothing is lost and nothing is double', async (t) => {
    t.same(stored.map((one) => one.recordId).toSorted(), records.map((one) => one.id).toSorted());
    const awards = badges.map((one) => `${one.learner} ${one.achievement}`);
    t.equal(badges.length, LEARNERS, 'each learner has the badge');
    t.equal(new Set(awards).size, LEARNERS, 'once');
    const places = documents.map((one) => credentialStatusOf(one).id);
    t.equal(new Set(places).size, LEARNERS, 'no status index is used twice');
  });

  await t.test('a revocation made on one replica is seen on every other at once', async (t) => {
    for (const [n, port] of ports.entries()) {
      const badge = badges[n]!;
      const document = documents[n]!;
      const list = new URL(credentialStatusOf(document).statusListCredential).pathname;
      const before = await Promise.all(ports.map((url) => get(url + list)));
      t.equal(new Set(before).size, 1, 'all serve the same list');
      t.match(await get(`${fleet.url}/recipients.json`), badge.id, 'its earner is listed');
      const answer = await fetch(`${port}/v1/credentials/${badge.id}/revoke`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ reason: 'issued_in_error', sentence: 'Issued in error.' }),
      });
      t.equal(answer.status, 200);
      for (const url of ports) {
        t.match(await get(`${url}/credentials/${badge.id}`, 'text/html'), /Issued in error\./, 'on the page');
        t.same(await verify(url, document), { outcome: 'invalid', revocation: 'fail' }, 'by verification');
        t.not(await get(url + list), before[0], 'in the list');
        t.notMatch(await get(`${url}/recipients.json`), badge.id, 'nobody is listed for it');
      }
    }
  });

  await t.test('keys that the command line rotated are used by every replica soon', async (t) => {
    const { rotated } = await cairn<{ rotated: { use: string; active: string }[] }>(env, 'keys', 'rotate', 'all');
    const signs = rotated.find((one) => one.use === 'data-integrity')!.active;
    for (const [n, url] of ports.entries()) {
      let badge = '';
      for (let tried = 0; !badge.includes(signs) && tried < 200; tried += 1) {
        if (tried > 0) await setTimeout(100);
        const own = COMMONS.map((unit) => record(unit, `after-${n}-${tried}`));
        for (const one of own) await postAll(url, token, [one]);
        const last = (await readAll<Badge>(url, token, 'credentials')).at(-1)!;
        badge = await get(`${url}/credentials/${last.id}`);
      }
      t.match(badge, signs, `replica ${n} signs with the new key`);
      for (const other of ports) t.match(await verify(other, badge), { outcome: /^valid/ }, 'which all of them know');
    }
  });

  await t.test('a limit is one limit, whichever replica counts', async (t) => {
    const begun = Math.floor(Date.now() / 60_000);
    const answers = await Promise.all(
      Array.from(
        { length: 4 * TOKENS_A_MINUTE },
        async () => (await fetch(`${fleet.url}/oauth/token`, { method: 'POST' })).status,
      ),
    );
    const windows = Math.floor(Date.now() / 60_000) - begun + 1;
    const through = answers.filter((status) => status !== 429).length;
    t.ok(through <= TOKENS_A_MINUTE * windows, `${through} of ${answers.length} were let through`);
    t.ok(through > 0);
  });

  t.same(await fleet.stop(), [0, 0, 0], 'all end in good order');
});
