// Fills a database with completions by SQL, copied from the rows that one real learner left: learners with an account and an
// e-mail, ten receipts and completions each (one module done and awarded, the next but for its last unit), a credential.
import { createHash } from 'node:crypto';
import { sql } from '../src/platform/sql.ts';
import { rows, type Tx } from '../src/platform/database.ts';
import { openPostgres } from '../src/platform/postgres-database.ts';
import { AWARDABLES } from '../src/tracks/catalogue.ts';
import { unitsOf } from '../src/tracks/requirement.ts';
import { silent } from '../test/platform/test-template.ts';
import { SOURCE, type RunningCairn } from './start-cairn.ts';

const unitsOfModule = (key: string): string[] => {
  const awardable = AWARDABLES.find((one) => one.key === key);
  if (!awardable) throw new Error(`${key} is not in the catalogue`);
  return [...unitsOf(awardable.requirement)];
};

const DONE = unitsOfModule('core/commons');
const HALF = unitsOfModule('core/copyright');
/** The unit that completes the second module of every learner there is. */
export const LAST_UNIT = HALF.at(-1)!;
/** How many completions each learner has. */
export const EACH = DONE.length + HALF.length - 1;

/** A record of the n-th learner. */
export function recordOf(n: number, unit: string, parts: string): object {
  return {
    ...{ id: `${parts}-${n}-${unit}`, source: SOURCE, type: 'completed', activity: { unit } },
    learner: {
      identifiers: [
        { type: 'email', value: `learner-${n}@example.edu`, verified: true },
        { type: 'account', homePage: SOURCE, name: String(n) },
      ],
      name: 'Ada Example',
    },
    occurredAt: '2026-03-04T10:11:12.345Z',
  };
}

/** The moment of the first copied row; each learner came a millisecond after the one before. */
const BEGAN_MS = 1_700_000_000_000;

/** The id of the n-th of a kind: as the service makes them, at random for badges and in the order of time for the rest. */
export function idOf(kind: 'learner' | 'award' | 'credential', n: number): string {
  const digest = createHash('md5').update(`${kind}${n}`).digest('hex');
  const first = kind === 'credential' ? `${digest.slice(0, 12)}4` : `${(BEGAN_MS + n).toString(16).padStart(12, '0')}7`;
  const hex = `${first}${digest.slice(13, 16)}8${digest.slice(17)}`;
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** The same made by PostgreSQL, of the digest of a text. */
const randomId = (text: string) =>
  sql.raw(`overlay(overlay(md5(${text}) placing '4' from 13) placing '8' from 17)::uuid`);
const timeId = (text: string) =>
  sql.raw(
    `(lpad(to_hex(${BEGAN_MS} + n), 12, '0') || '7' || overlay(substr(md5(${text}), 14) placing '8' from 4))::uuid`,
  );

async function copyLearners(tx: Tx, template: string, from: number, to: number): Promise<void> {
  const range = sql`generate_series(${from}::int, ${to}::int) as g(n)`;
  const learner = timeId(`'learner' || n`);
  const award = timeId(`'award' || n`);
  const credential = randomId(`'credential' || n`);
  const completion = timeId('c.unit || n');
  await tx.execute(sql`insert into learners (id, name, consents, created_at)
    select ${learner}, l.name, l.consents, l.created_at from learners l, ${range} where l.id = ${template}::uuid`);
  await tx.execute(sql`insert into learner_identifiers (kind, authority, value, learner_id, source, created_at)
    select i.kind, i.authority, case i.kind when 'email' then 'learner-' || n || '@example.edu' else n::text end,
      ${learner}, i.source, i.created_at from learner_identifiers i, ${range} where i.learner_id = ${template}::uuid`);
  await tx.execute(sql`insert into learner_sources (learner_id, source, emails)
    select ${learner}, s.source, array['learner-' || n || '@example.edu'] from learner_sources s, ${range} where s.learner_id = ${template}::uuid`);
  await tx.execute(sql`insert into enrolments (learner_id, track_id, version, enrolled_at)
    select ${learner}, e.track_id, e.version, e.enrolled_at from enrolments e, ${range} where e.learner_id = ${template}::uuid`);
  await tx.execute(sql`insert into completions (learner_id, id, client_id, source, record_id, type, unit, occurred_at,
      sequence, passed, effect, details, received_at)
    select ${learner}, ${completion}, c.client_id, c.source, 'fill-' || n || '-' || c.unit, c.type, c.unit,
      c.occurred_at, c.sequence, c.passed, c.effect, c.details, c.received_at + n * interval '1 ms'
    from ${range}, completions c where c.learner_id = ${template}::uuid`);
  await tx.execute(sql`insert into receipts (client_id, source, record_id, digest, answer, received_at)
    select r.client_id, r.source, 'fill-' || n || '-' || c.unit, r.digest,
      r.answer || jsonb_build_object('learner', ${learner}, 'completion', ${completion}), r.received_at
    from ${range}, completions c join receipts r using (client_id, source, record_id) where c.learner_id = ${template}::uuid`);
  await tx.execute(sql`insert into awards (learner_id, id, achievement, track_id, track_version, record, awarded_at)
    select ${learner}, ${award}, a.achievement, a.track_id, a.track_version,
      replace(a.record, a.id::text, ${award}::text), a.awarded_at
    from ${range}, awards a where a.learner_id = ${template}::uuid`);
  // Each with bytes of its own and at a place of a list that is like drawn by lot, so that nothing compresses better than it
  // would in earnest.
  await tx.execute(sql`insert into credentials (learner_id, id, award_id, achievement, subject_id, status_list, status_index,
      kid, json, awarded_at, valid_from)
    select ${learner}, ${credential}, ${award}, c.achievement, 'urn:uuid:' || ${randomId(`'subject' || n`)},
      n / 131072, n::bigint * 48271 % 131072, c.kid, replace(c.json, c.id::text, ${credential}::text),
      c.awarded_at + n * interval '1 ms', c.valid_from
    from ${range}, credentials c where c.learner_id = ${template}::uuid`);
}

/** Fills until there are about so many completions; gives how many learners there are. */
export async function fill(cairn: RunningCairn, completions: number): Promise<number> {
  const learners = Math.floor(completions / EACH);
  const records = [...DONE, ...HALF.slice(0, -1)].map((unit) => recordOf(0, unit, 'template'));
  const answer = await fetch(`${cairn.url}/v1/completions/batch`, {
    method: 'POST',
    headers: { authorization: `Bearer ${cairn.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ records }),
  });
  const { results } = (await answer.json()) as { results: { learner?: string }[] };
  const template = results[0]?.learner;
  if (!template) throw new Error(`the template was not recorded: ${JSON.stringify(results[0])}`);
  const opened = await openPostgres(cairn.databaseUrl, 1, silent);
  const tx = opened.drizzle;
  await tx.execute(sql`set synchronous_commit = off`);
  // The places of the copies are of lists of their own; the template's is not taken again.
  await tx.execute(sql`update credentials set status_list = 1000000`);
  for (let from = 1; from <= learners; from += 20_000)
    await copyLearners(tx, template, from, Math.min(learners, from + 19_999));
  const taken = Math.ceil((learners + 1) / 131_072) * 131_072;
  await tx.execute(sql`select setval('status_counter', ${taken}::bigint)`);
  await tx.execute(sql`vacuum (analyze)`);
  await tx.execute(sql`checkpoint`);
  const [size] = await rows<{ size: string }>(
    tx,
    sql`select pg_size_pretty(pg_database_size(current_database())) as size`,
  );
  console.error(`${learners * EACH} completions of ${learners} learners: ${size?.size}`);
  await opened.close();
  return learners;
}
