// Every query on imports, their waiting rows and their errors.
import { sql, type SQL } from '../platform/sql.ts';
import { ADVISORY_LOCKS } from '../platform/advisory-locks.ts';
import { rows, type Tx } from '../platform/database.ts';
import { rowSet } from '../platform/lists.ts';
import type { Counts, Format, State, StoredImport } from './import.ts';

const instant = (column: string): SQL =>
  sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`);

const columns = sql`id, client_id as "clientId", scopes, format, dry_run as "dryRun", state, failure,
  bytes_expected::float8 as "bytesExpected", bytes::float8 as bytes, rows::float8 as rows, counts, listed,
  ${instant('received_at')} as "receivedAt", ${instant('started_at')} as "startedAt", ${instant('ended_at')} as "endedAt"`;

const at = (now: Date): SQL => sql`${now.toISOString()}::timestamptz`;

/** An import that begins. */
export interface NewImport {
  id: string;
  clientId: string;
  scopes: string[];
  format: Format;
  dryRun: boolean;
  bytesExpected: number | null;
  counts: Counts;
}

/** Notes that an import begins to come. */
export async function insertImport(tx: Tx, one: NewImport, now: Date): Promise<void> {
  await tx.execute(
    sql`insert into imports (id, client_id, scopes, format, dry_run, state, bytes_expected, bytes, rows, counts, listed,
          received_at, touched_at)
        values (${one.id}::uuid, ${one.clientId}, ${JSON.stringify(one.scopes)}::text::jsonb, ${one.format},
          ${one.dryRun}, 'receiving', ${one.bytesExpected}::bigint, 0, 0, ${JSON.stringify(one.counts)}::text::jsonb, 0,
          ${at(now)}, ${at(now)})`,
  );
}

/**
 * How many imports of a client have not ended. Nobody else begins one of theirs until the transaction ends: else all who
 * begin at once would count the same few.
 */
export async function countOpen(tx: Tx, clientId: string): Promise<number> {
  await tx.execute(sql`select pg_advisory_xact_lock(${ADVISORY_LOCKS.openingImport}, hashtext(${clientId}))`);
  const [found] = await rows<{ n: number }>(
    tx,
    sql`select count(*)::int as n from imports where client_id = ${clientId} and ended_at is null`,
  );
  return found?.n ?? 0;
}

/** One import. */
export async function readImport(tx: Tx, id: string): Promise<StoredImport | undefined> {
  const found = await rows<StoredImport>(tx, sql`select ${columns} from imports where id = ${id}::uuid`);
  return found[0];
}

/** One import, locked until the transaction ends, waiting for whoever has it. */
export async function lockImport(tx: Tx, id: string): Promise<StoredImport | undefined> {
  const found = await rows<StoredImport>(tx, sql`select ${columns} from imports where id = ${id}::uuid for update`);
  return found[0];
}

/** One import, locked until the transaction ends; undefined when another transaction has it. */
export async function claimImport(tx: Tx, id: string): Promise<StoredImport | undefined> {
  const found = await rows<StoredImport>(
    tx,
    sql`select ${columns} from imports where id = ${id}::uuid for update skip locked`,
  );
  return found[0];
}

/** The imports that have rows to be worked on, the one that waited longest first. */
export async function listWaiting(tx: Tx): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    sql`select id from imports where ended_at is null and state in ('waiting', 'running') order by touched_at, id`,
  );
  return found.map((one) => one.id);
}

/** How far an import is. */
export interface Progress {
  state?: State;
  failure?: string;
  bytes?: number;
  rows?: number;
  counts?: Counts;
  listed?: number;
  started?: boolean;
  ended?: boolean;
}

/** Notes how far an import is. */
export async function moveImport(tx: Tx, id: string, to: Progress, now: Date): Promise<void> {
  const changes = [
    sql`touched_at = ${at(now)}`,
    to.state && sql`state = ${to.state}`,
    to.failure && sql`failure = ${to.failure}`,
    to.bytes !== undefined && sql`bytes = ${to.bytes}::bigint`,
    to.rows !== undefined && sql`rows = ${to.rows}::bigint`,
    to.counts && sql`counts = ${JSON.stringify(to.counts)}::text::jsonb`,
    to.listed !== undefined && sql`listed = ${to.listed}::int`,
    to.started && sql`started_at = coalesce(started_at, ${at(now)})`,
    to.ended && sql`ended_at = ${at(now)}`,
  ].filter((one): one is SQL => Boolean(one));
  await tx.execute(sql`update imports set ${sql.join(changes, ', ')} where id = ${id}::uuid`);
}

/** Spools a chunk of rows. */
export async function insertChunk(tx: Tx, importId: string, n: number, body: Buffer): Promise<void> {
  await tx.execute(
    sql`insert into import_chunks (import_id, n, body)
        values (${importId}::uuid, ${n}::int, decode(${body.toString('base64')}, 'base64'))`,
  );
}

/** The number of the next chunk that waits. */
export async function findChunk(tx: Tx, importId: string): Promise<number | undefined> {
  const [found] = await rows<{ n: number }>(
    tx,
    sql`select n from import_chunks where import_id = ${importId}::uuid order by n limit 1`,
  );
  return found?.n;
}

/** The next chunk that waits. */
export async function readChunk(tx: Tx, importId: string): Promise<{ n: number; body: Buffer } | undefined> {
  const [found] = await rows<{ n: number; body: string }>(
    tx,
    sql`select n, encode(body, 'base64') as body from import_chunks where import_id = ${importId}::uuid
        order by n limit 1`,
  );
  return found && { n: found.n, body: Buffer.from(found.body, 'base64') };
}

/** The chunk after the next. */
export async function readSecondChunk(tx: Tx, importId: string): Promise<{ n: number; body: Buffer } | undefined> {
  const [found] = await rows<{ n: number; body: string }>(
    tx,
    sql`select n, encode(body, 'base64') as body from import_chunks where import_id = ${importId}::uuid
        order by n limit 1 offset 1`,
  );
  return found && { n: found.n, body: Buffer.from(found.body, 'base64') };
}

/** Takes away a chunk. */
export async function deleteChunk(tx: Tx, importId: string, n: number): Promise<void> {
  await tx.execute(sql`delete from import_chunks where import_id = ${importId}::uuid and n = ${n}::int`);
}

/** Takes away all rows that wait: nothing of a file outlives its import. */
export async function deleteChunks(tx: Tx, importId: string): Promise<void> {
  await tx.execute(sql`delete from import_chunks where import_id = ${importId}::uuid`);
}

/** What was wrong with a row. */
export interface RowError {
  n: number;
  row: number;
  recordId: string | null;
  status: number;
  code: string;
  pointer: string | null;
  column: string | null;
  detail: string;
}

/** Lists errors. */
export async function insertErrors(tx: Tx, importId: string, errors: RowError[]): Promise<void> {
  if (errors.length === 0) return;
  await tx.execute(
    sql`insert into import_errors (import_id, n, row, record_id, status, code, pointer, "column", detail)
        select ${importId}::uuid, n, "row", "recordId", status, code, pointer, "column", detail
        from ${rowSet(
          errors,
          'n int, "row" bigint, "recordId" text, status int, code text, pointer text, "column" text, detail text',
        )}`,
  );
}

/** Errors in the order of the rows. @param after the last one that was given before */
export async function listErrors(
  tx: Tx,
  importId: string,
  after: Pick<RowError, 'row' | 'n'>,
  limit: number,
): Promise<RowError[]> {
  return rows<RowError>(
    tx,
    sql`select n, row::float8 as row, record_id as "recordId", status, code, pointer, "column", detail
        from import_errors where import_id = ${importId}::uuid and (row, n) > (${after.row}::bigint, ${after.n}::int)
        order by row, n limit ${limit}`,
  );
}

/** A page of imports in the order in which they came. @param clientId null for all. */
export async function listImports(
  tx: Tx,
  clientId: string | null,
  after: { at: string; id: string } | undefined,
  limit: number,
): Promise<StoredImport[]> {
  const wanted = [
    sql`true`,
    clientId !== null && sql`client_id = ${clientId}`,
    after && sql`(received_at, id) > (${after.at}::timestamptz, ${after.id}::uuid)`,
  ].filter((one): one is SQL => Boolean(one));
  return rows<StoredImport>(
    tx,
    sql`select ${columns} from imports where ${sql.join(wanted, ' and ')} order by received_at, id limit ${limit}`,
  );
}

/** Imports in one of these states that nothing has happened to since, nor happens now; locked. */
export async function listUntouched(tx: Tx, states: State[], since: Date): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    sql`select id from imports where ended_at is null and touched_at < ${at(since)}
        and state in (${sql.join(
          states.map((state) => sql`${state}`),
          ', ',
        )}) order by id for update skip locked`,
  );
  return found.map((one) => one.id);
}

/** Forgets imports that ended long ago, with their errors. */
export async function deleteEnded(tx: Tx, before: Date): Promise<void> {
  const old = sql`(select id from imports where ended_at < ${at(before)})`;
  for (const table of [sql`import_chunks`, sql`import_errors`])
    await tx.execute(sql`delete from ${table} where import_id in ${old}`);
  await tx.execute(sql`delete from imports where ended_at < ${at(before)}`);
}
