// Every query on completions, receipts and enrolments; what is parked has a store of its own.
import { sql, type SQL } from '../platform/sql.ts';
import { rows, type Tx } from '../platform/database.ts';
import { columnSet, rowSet, textSet, uuidSet } from '../platform/lists.ts';
import type { HistoryRecord } from '../tracks/evaluate.ts';
import { HISTORY_LINES, parseHistory } from './history-lines.ts';
import type { ParkedReason } from './parked-store.ts';

export interface ReceiptKey {
  clientId: string;
  source: string;
  recordId: string;
}

/** What is kept of an answer: everything but the progress, which a replay gives as of now. */
export interface StoredAnswer {
  id: string;
  status: 'recorded' | 'parked' | 'dropped';
  effect: 'recorded' | 'stale' | 'no_change' | 'undone' | 'parked' | 'dropped';
  /** Where the stored record is read: `/v1/completions/{completion}`. */
  completion?: string;
  learner?: string;
  unit?: string;
  awarded: { achievement: string; credential: string }[];
  parked?: string;
  parkedReason?: ParkedReason;
}

export interface Receipt extends ReceiptKey {
  digest: string;
  answer: StoredAnswer;
}

const RECEIPT_COLUMNS = '"clientId" text, source text, "recordId" text, digest text, answer jsonb';

/** The receipts there are for these keys. */
export async function readReceipts(tx: Tx, keys: ReceiptKey[]): Promise<Receipt[]> {
  if (keys.length === 0) return [];
  return rows<Receipt>(
    tx,
    sql`select t.client_id as "clientId", t.source, t.record_id as "recordId", t.digest, t.answer
        from ${columnSet(keys, '"clientId" text, source text, "recordId" text')}
        join receipts t on t.client_id = r."clientId" and t.source = r.source and t.record_id = r."recordId"`,
  );
}

/**
 * Stores receipts, in one order. One that another transaction stored meanwhile is in the way, as a unique key (23505): a
 * race, by which the whole deed is tried again. (To say `on conflict do nothing` and to count took a third longer.)
 */
export async function insertReceipts(tx: Tx, receipts: Receipt[], now: Date): Promise<void> {
  if (receipts.length === 0) return;
  await tx.execute(
    sql`insert into receipts (client_id, source, record_id, digest, answer, received_at)
        select "clientId", source, "recordId", digest, answer, ${now.toISOString()}::timestamptz
        from ${rowSet(receipts, RECEIPT_COLUMNS)} order by 1, 2, 3`,
  );
}

/** Writes the answer that a parked record got at last. */
export async function updateReceipts(tx: Tx, receipts: Receipt[]): Promise<void> {
  if (receipts.length === 0) return;
  await tx.execute(
    sql`update receipts t set answer = r.answer from ${rowSet(receipts, RECEIPT_COLUMNS)}
        where t.client_id = r."clientId" and t.source = r.source and t.record_id = r."recordId"`,
  );
}

export interface CompletionRow extends HistoryRecord {
  learnerId: string;
  clientId: string;
  effect: string;
  details: object | null;
}

const instant = (column: string): SQL =>
  sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`);

/** Stores completions. */
export async function insertCompletions(tx: Tx, completions: CompletionRow[], now: Date): Promise<void> {
  if (completions.length === 0) return;
  await tx.execute(
    sql`insert into completions (learner_id, id, client_id, source, record_id, type, unit, occurred_at, sequence,
          passed, effect, details, received_at)
        select "learnerId", id, "clientId", source, "recordId", type, unit, "occurredAt", sequence, passed, effect,
          details, ${now.toISOString()}::timestamptz
        from ${columnSet(
          completions,
          '"learnerId" uuid, id uuid, "clientId" text, source text, "recordId" text, type text, unit text, "occurredAt" timestamptz, sequence bigint, passed boolean, effect text, details jsonb',
        )}`,
  );
}

export interface Enrolment {
  learnerId: string;
  trackId: string;
  version: string;
}

/** What learners did and what they walk. */
export interface Past {
  /** In no particular order: `evaluate` does not ask for one. */
  history: HistoryRecord[];
  /** Track id → version. */
  enrolments: Map<string, string>;
}

/** The pasts of learners: one row for each, and nothing but lines in it. */
export async function readPasts(tx: Tx, learnerIds: string[]): Promise<Map<string, Past>> {
  const found = await rows<{ id: string; told: string | null; walked: string | null }>(
    tx,
    sql`select r.learner as id,
          (select ${HISTORY_LINES} from completions where learner_id = r.learner) as told,
          (select string_agg(track_id || E'\n' || version, E'\n') from enrolments where learner_id = r.learner) as walked
        from ${uuidSet(learnerIds)} as r(learner)`,
  );
  return new Map(
    found.map(({ id, told, walked }) => [id, { history: parseHistory(told), enrolments: parseEnrolments(walked) }]),
  );
}

function parseEnrolments(text: string | null): Map<string, string> {
  const lines = text === null ? [] : text.split('\n');
  const walked = lines.flatMap((trackId, at) => (at % 2 === 0 ? [[trackId, lines[at + 1]!] as const] : []));
  return new Map(walked.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The versions that learners walk. */
export async function readEnrolments(tx: Tx, learnerIds: string[]): Promise<Enrolment[]> {
  return rows<Enrolment>(
    tx,
    sql`select learner_id as "learnerId", track_id as "trackId", version from enrolments
        where learner_id in ${uuidSet(learnerIds)} order by track_id`,
  );
}

/** Pins versions, or moves learners to others. */
export async function putEnrolments(tx: Tx, enrolments: Enrolment[], now: Date): Promise<void> {
  if (enrolments.length === 0) return;
  await tx.execute(
    sql`insert into enrolments (learner_id, track_id, version, enrolled_at)
        select "learnerId", "trackId", version, ${now.toISOString()}::timestamptz
        from ${rowSet(enrolments, '"learnerId" uuid, "trackId" text, version text')}
        on conflict (learner_id, track_id) do update
          set version = excluded.version, enrolled_at = excluded.enrolled_at
          where enrolments.version <> excluded.version`,
  );
}

/** A completion as it is read back. */
export interface StoredCompletion {
  id: string;
  learner: string;
  source: string;
  recordId: string;
  type: string;
  unit: string;
  occurredAt: string;
  sequence: string | number;
  passed: boolean | null;
  effect: string;
  details: object | null;
  receivedAt: string;
}

const columns = sql`id, learner_id as learner, source, record_id as "recordId", type, unit,
  ${instant('occurred_at')} as "occurredAt", sequence, passed, effect, details, ${instant('received_at')} as "receivedAt"`;

export interface CompletionFilter {
  /** The sources of the caller, or null for one that may read all. */
  sources: string[] | null;
  source?: string;
  learner?: string;
  unit?: string;
  receivedSince?: string;
  after?: { receivedAt: string; id: string };
  limit: number;
}

/** A page of completions in the order of their arrival. */
export async function listCompletions(tx: Tx, filter: CompletionFilter): Promise<StoredCompletion[]> {
  const wanted = [
    filter.sources && sql`source = s.v`,
    filter.source && sql`source = ${filter.source}`,
    filter.learner && sql`learner_id = ${filter.learner}::uuid`,
    filter.unit && sql`unit = ${filter.unit}`,
    filter.receivedSince && sql`received_at >= ${filter.receivedSince}::timestamptz`,
    filter.after && sql`(received_at, id) > (${filter.after.receivedAt}::timestamptz, ${filter.after.id}::uuid)`,
  ].filter((one): one is SQL => Boolean(one));
  const one = sql`select * from completions where ${sql.join([sql`true`, ...wanted], ' and ')}
    order by received_at, id limit ${filter.limit}`;
  // The first of each source, each by its index, and of these the first.
  const page = filter.sources
    ? sql`${textSet(filter.sources)} as s(v) cross join lateral (${one}) as c`
    : sql`(${one}) as c`;
  return rows<StoredCompletion>(tx, sql`select ${columns} from ${page} order by received_at, id limit ${filter.limit}`);
}

/** One completion. */
export async function readCompletion(tx: Tx, id: string): Promise<StoredCompletion | undefined> {
  const found = await rows<StoredCompletion>(tx, sql`select ${columns} from completions where id = ${id}::uuid`);
  return found[0];
}
