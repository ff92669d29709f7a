// Imports: many completions as one file against single posts of as many by 64 clients; and a cohort that earns a badge
// each with its last stone (evaluate, sign, store) against inserting ready-made rows of the bytes of those badges.
import { Pool } from 'undici';
import { connect } from '../src/platform/postgres-database.ts';
import { TRACKS } from '../src/tracks/catalogue.ts';
import { median, wallMs } from './measure.ts';
import { SOURCE, startCairn, type RunningCairn } from './start-cairn.ts';

const CLIENTS = 64;
const COMMONS = ['commons/significance', 'commons/physical-digital', 'commons/opportunity', 'step/mastery/commons'];
const LAST = 'commons/creative-commons';
/** Units of other modules, without a mastery: they award nothing. */
const PLAIN = TRACKS.find((track) => track.id === 'core')!
  .units.map((unit) => unit.key)
  .filter((key) => !key.startsWith('commons/'))
  .slice(0, 20);

function record(learner: string, unit: string): string {
  return JSON.stringify({
    id: `${learner}-${unit}`,
    source: SOURCE,
    type: 'completed',
    learner: {
      identifiers: [
        { type: 'email', value: `${learner}@example.edu`, verified: true },
        { type: 'account', homePage: SOURCE, name: learner },
      ],
      name: 'Ada Example',
    },
    activity: { unit },
    occurredAt: '2026-03-04T10:11:12.345Z',
  });
}

/** Records of learners who each do twenty units, unit by unit, as a course goes. */
function course(name: string, count: number): string[] {
  const learners = Math.ceil(count / PLAIN.length);
  return Array.from({ length: count }, (_, n) => record(`${name}-${n % learners}`, PLAIN[Math.floor(n / learners)]!));
}

/** Imports records and waits until all are recorded. @returns records a second */
async function importAll({ url, token }: RunningCairn, records: string[], awards = 0): Promise<number> {
  const headers = { authorization: `Bearer ${token}` };
  const begun = wallMs();
  const posted = await fetch(`${url}/v1/imports`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/x-ndjson' },
    body: records.join('\n'),
  });
  const path = posted.headers.get('location');
  if (posted.status !== 202 || path === null) throw new Error(`${posted.status}: ${await posted.text()}`);
  for (;;) {
    const now = (await (await fetch(url + path, { headers })).json()) as Record<string, number | string>;
    if (now.state === 'done') {
      if (now.recorded !== records.length || now.awarded !== awards) throw new Error(JSON.stringify(now));
      return records.length / ((wallMs() - begun) / 1000);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Posts records one by one from 64 clients. @returns records a second */
async function postAll({ url, token }: RunningCairn, records: string[]): Promise<number> {
  const pool = new Pool(url, { connections: CLIENTS });
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  let next = 0;
  async function client(): Promise<void> {
    while (next < records.length) {
      const body = records[next++]!;
      const answer = await pool.request({ method: 'POST', path: '/v1/completions', body, headers });
      const text = await answer.body.text();
      if (answer.statusCode !== 201) throw new Error(`${answer.statusCode}: ${text}`);
    }
  }
  const begun = wallMs();
  await Promise.all(Array.from({ length: CLIENTS }, client));
  const perSecond = records.length / ((wallMs() - begun) / 1000);
  await pool.close();
  return perSecond;
}

/** Inserts rows, a thousand in one statement and one transaction, as the import does. @returns rows a second */
async function insertAll(sql: ReturnType<typeof connect>, bodies: string[]): Promise<number> {
  const begun = wallMs();
  for (let n = 0; n < bodies.length; n += 1000)
    await sql`insert into floor (body) select unnest(${bodies.slice(n, n + 1000)}::text[])`;
  return bodies.length / ((wallMs() - begun) / 1000);
}

/** The bytes of one badge as it is served. */
async function readBadge({ url, token }: RunningCairn): Promise<string> {
  const headers = { authorization: `Bearer ${token}` };
  const answer = await fetch(`${url}/v1/credentials?limit=1`, { headers });
  const { credentials } = (await answer.json()) as { credentials: { url: string }[] };
  const badge = await fetch(url + new URL(credentials[0]!.url).pathname, { headers: { accept: 'application/json' } });
  return await badge.text();
}

/**
 * Ratios of imports.
 * @param completions of the import that is compared with single posts, of which a fifth as many are made.
 * @param cohort how many earn a badge.
 */
export async function measureImport(
  rounds: number,
  completions = 100_000,
  cohort = 10_000,
): Promise<Record<string, number>> {
  // As many as matter: one import is some ten seconds of work.
  const times = Math.min(rounds, 3);
  const cairn = await startCairn();
  const sql = connect(cairn.databaseUrl, { max: 1 });
  try {
    const speeds = { import: [] as number[], posts: [] as number[], cohort: [] as number[], floor: [] as number[] };
    await importAll(cairn, course('warm', 5000));
    await postAll(cairn, course('warmer', 5000));
    for (let round = 0; round < times; round += 1) {
      speeds.posts.push(await postAll(cairn, course(`posts${round}`, Math.ceil(completions / 5))));
      speeds.import.push(await importAll(cairn, course(`import${round}`, completions)));
    }
    await sql`create table floor (id bigint generated always as identity primary key, body text)`;
    for (let round = 0; round < times; round += 1) {
      const learners = Array.from({ length: cohort }, (_, n) => `cohort${round}-${n}`);
      await importAll(
        cairn,
        COMMONS.flatMap((unit) => learners.map((one) => record(one, unit))),
      );
      speeds.cohort.push(
        await importAll(
          cairn,
          learners.map((one) => record(one, LAST)),
          cohort,
        ),
      );
      const badge = await readBadge(cairn);
      speeds.floor.push(
        await insertAll(
          sql,
          learners.map((one) => badge.replace(/"id":"[^"]*"/, `"id":"${one}"`)),
        ),
      );
    }
    const middle = Object.fromEntries(Object.entries(speeds).map(([name, all]) => [name, median(all)]));
    console.error(
      `a second: ${Object.entries(middle)
        .map(([name, speed]) => `${name} ${Math.round(speed)}`)
        .join(', ')}`,
    );
    return {
      'import/single-posts': middle.import! / middle.posts!,
      'cohort/insert-floor': middle.cohort! / middle.floor!,
    };
  } finally {
    await sql.end({ timeout: 5 });
    await cairn.stop();
  }
}
