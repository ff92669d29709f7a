// Every query on learners.
import { sql, type SQL } from '../platform/sql.ts';
import { rows, type Tx } from '../platform/database.ts';
import { columnSet, rowSet, textSet, uuidSet } from '../platform/lists.ts';
import type { IdentifierKey } from './identifier.ts';
import type { Consents } from './consents.ts';

/** Who holds these identifiers. */
export async function findHolders(tx: Tx, keys: IdentifierKey[]): Promise<(IdentifierKey & { learnerId: string })[]> {
  const ids = await findHolderIds(tx, keys);
  return keys.flatMap((key, n) => {
    const learnerId = ids[n];
    return learnerId === undefined ? [] : [{ ...key, learnerId }];
  });
}

/** Who holds each of these identifiers, in their order; a hole where nobody does. As one text: an import asks for thousands. */
export async function findHolderIds(tx: Tx, keys: IdentifierKey[]): Promise<(string | undefined)[]> {
  const ids: (string | undefined)[] = [];
  if (keys.length === 0) return ids;
  const [found] = await rows<{ held: string | null }>(
    tx,
    sql`select string_agg(r.n || ' ' || i.learner_id, ' ') as held
        from ${columnSet(keys, 'kind text, authority text, value text', 'n')}
        join learner_identifiers i using (kind, authority, value)`,
  );
  const held = found?.held?.split(' ') ?? [];
  for (let at = 0; at < held.length; at += 2) ids[Number(held[at]) - 1] = held[at + 1];
  return ids;
}

export interface NewLearner {
  id: string;
  name: string | null;
  consents: Consents;
}

/** Inserts learners. */
export async function insertLearners(tx: Tx, learners: NewLearner[], now: Date): Promise<void> {
  if (learners.length === 0) return;
  await tx.execute(
    sql`insert into learners (id, name, consents, created_at)
        select id, name, consents, ${now.toISOString()}::timestamptz
        from ${rowSet(learners, 'id uuid, name text, consents jsonb')}`,
  );
}

/**
 * Gives identifiers to learners, in one order, so that two transactions never wait for each other crosswise.
 * @returns how many were new; fewer than given means that somebody else was faster.
 */
export async function insertIdentifiers(
  tx: Tx,
  given: (IdentifierKey & { learnerId: string; source: string })[],
  now: Date,
): Promise<number> {
  if (given.length === 0) return 0;
  const inserted = await rows(
    tx,
    sql`insert into learner_identifiers (kind, authority, value, learner_id, source, created_at)
        select kind, authority, value, "learnerId", source, ${now.toISOString()}::timestamptz
        from ${rowSet(given, 'kind text, authority text, value text, "learnerId" uuid, source text')}
        order by 1, 2, 3
        on conflict do nothing returning 1`,
  );
  return inserted.length;
}

/** That a source spoke of a learner, and by which e-mails. */
export interface Spoken {
  learnerId: string;
  source: string;
  emails: string[];
}

/** Remembers which sources spoke of which learners, and which e-mails each of them brought. */
export async function insertSources(tx: Tx, spoken: Spoken[]): Promise<void> {
  if (spoken.length === 0) return;
  // A row may be met once only (PostgreSQL 15 manual, INSERT: "cannot affect row a second time").
  const told = new Map<string, Spoken>();
  for (const { learnerId, source, emails } of spoken) {
    const before = told.get(`${learnerId} ${source}`)?.emails ?? [];
    told.set(`${learnerId} ${source}`, { learnerId, source, emails: [...new Set([...before, ...emails])] });
  }
  await tx.execute(
    sql`insert into learner_sources as s (learner_id, source, emails)
        select "learnerId", source, emails
        from ${rowSet([...told.values()], '"learnerId" uuid, source text, emails text[]')}
        order by 1, 2
        on conflict (learner_id, source) do update set emails = ${bothEmails}`,
  );
}

/** The e-mails of a row that is there and of one that comes, each once. */
export const bothEmails = sql`(select array_agg(distinct e) from unnest(s.emails || excluded.emails) as e)`;

/** What is known of a learner, as far as it saves writing it again. */
export interface KnownLearner {
  id: string;
  named: boolean;
  /** The sources that spoke of them, each with the e-mails that it brought. */
  sources: Record<string, string[]>;
}

/**
 * Locks learners in the order of their ids until the transaction ends.
 * @returns those there are; fewer than given means that one was merged or erased meanwhile.
 */
export async function lockLearners(tx: Tx, ids: string[]): Promise<KnownLearner[]> {
  if (ids.length === 0) return [];
  return rows(
    tx,
    sql`select l.id, l.name is not null as named,
          (select coalesce(json_object_agg(s.source, coalesce(s.emails, '{}')), '{}')
           from learner_sources s where s.learner_id = l.id) as sources
        from learners l where l.id in ${uuidSet(ids)} order by l.id for update of l`,
  );
}

/** Which of these learners there are, and the sources that spoke of each. */
export async function readSources(tx: Tx, ids: string[]): Promise<Map<string, string[]>> {
  const found = await rows<{ id: string; sources: string[] }>(
    tx,
    sql`select l.id, (select coalesce(json_agg(s.source), '[]') from learner_sources s where s.learner_id = l.id) as sources
        from learners l where l.id in ${uuidSet(ids)}`,
  );
  return new Map(found.map(({ id, sources }) => [id, sources]));
}

export interface LearnerNews {
  id: string;
  name: string | null;
  consents: Consents;
}

/**
 * Writes what a record newly says of learners: a name when none is known, consents by a client that may state them. What
 * the earner said in person stands.
 */
export async function updateLearners(tx: Tx, news: LearnerNews[]): Promise<void> {
  if (news.length === 0) return;
  await tx.execute(
    sql`update learners l set name = coalesce(l.name, r.name), consents = l.consents || r.consents || (
          select coalesce(jsonb_object_agg(e.key, e.value), '{}') from jsonb_each(l.consents) e
          where e.value->>'by' = 'earner')
        from ${rowSet(news, 'id uuid, name text, consents jsonb')}
        where l.id = r.id and ((l.name is null and r.name is not null) or r.consents <> '{}'::jsonb)`,
  );
}

/** Sets the name of a learner. */
export async function renameLearner(tx: Tx, id: string, name: string): Promise<void> {
  await tx.execute(sql`update learners set name = ${name} where id = ${id}::uuid`);
}

/** What a credential says of its earner. */
export interface LearnerIdentity {
  id: string;
  name: string | null;
  consents: Consents;
  email: string | null;
}

/**
 * Names, consents and the e-mail held longest, of many learners. (Where the kind is a condition of its own, a planner
 * without statistics reads all e-mails there are for each learner.)
 */
export async function readIdentities(tx: Tx, ids: string[]): Promise<LearnerIdentity[]> {
  return rows<LearnerIdentity>(
    tx,
    sql`select l.id, l.name, l.consents,
          (select (array_agg(i.value order by i.created_at, i.value) filter (where i.kind = 'email'))[1]
           from learner_identifiers i where i.learner_id = l.id) as email
        from learners l
        where l.id in ${uuidSet(ids)}`,
  );
}

/** A subquery of what tells one state of a learner's row from every other (PostgreSQL 15 manual, 5.5). */
export function learnerVersion(learnerId: SQL): SQL {
  return sql`(select l.xmin::text || l.ctid::text from learners l where l.id = ${learnerId})`;
}

export interface LearnerRecord extends LearnerIdentity {
  identifiers: (IdentifierKey & { source: string })[];
  /** Of these, the e-mails that the client's own sources brought. */
  broughtEmails: string[];
  createdAt: string;
}

/**
 * One learner as a client may see it.
 * @param sources the sources of the client, or null for one that may see everybody.
 */
export async function readLearner(tx: Tx, id: string, sources: string[] | null): Promise<LearnerRecord | undefined> {
  const found = await rows<LearnerRecord>(
    tx,
    sql`select l.id, l.name, l.consents, l.created_at::text as "createdAt",
          (select coalesce(json_agg(json_build_object('kind', i.kind, 'authority', i.authority, 'value', i.value, 'source', i.source)
             order by i.created_at, i.kind, i.value), '[]')
           from learner_identifiers i where i.learner_id = l.id) as identifiers,
          (select coalesce(json_agg(e), '[]') from learner_sources s, unnest(s.emails) as e
           where s.learner_id = l.id and ${sources === null ? sql`true` : sql`s.source in ${textSet(sources)}`}) as "broughtEmails"
        from learners l where l.id = ${id}::uuid and ${visible(sources)}`,
  );
  return found[0];
}

function visible(sources: string[] | null) {
  if (sources === null) return sql`true`;
  return sql`exists (select 1 from learner_sources s where s.learner_id = l.id
    and s.source in ${textSet(sources)})`;
}

/** A subquery of the learners whom these sources brought. */
export function learnersOfSources(sources: string[]): SQL {
  return sql`(select learner_id from learner_sources where source in ${textSet(sources)})`;
}
