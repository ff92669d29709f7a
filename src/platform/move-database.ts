// What the embedded database holds, brought into an empty PostgreSQL: a service that outgrows one machine stays the same
// issuer, with the same badges. Both have one schema, so that each table goes over as PostgreSQL itself writes it (COPY,
// PostgreSQL 17 manual), in one transaction: all of it is there, or nothing. The folder is only read.
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { PGlite } from '@electric-sql/pglite';
import type postgres from 'postgres';
import type { Config } from './config.ts';
import { guardedDatabase } from './database.ts';
import { openEmbedded } from './embedded-database.ts';
import { openJobs } from './jobs.ts';
import type { Logger } from './logging.ts';
import { connect, openPostgres } from './postgres-database.ts';

/** A table that goes over: as both name it, with the columns that are written, and which of its rows. */
interface Moved {
  name: string;
  columns: string;
  where: string;
}

// Jobs that wait go too; those that ended are history, and the queues are made by whoever opens them.
async function tablesOf(from: PGlite): Promise<Moved[]> {
  const found = await from.query<Moved>(`
    select format('%I.%I', n.nspname, c.relname) as name, string_agg(quote_ident(a.attname), ', ' order by a.attnum) as columns,
           case n.nspname when 'pgboss' then 'where state < ''active''' else '' end as where
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    where n.nspname = 'public' and c.relkind = 'r' and c.relname <> 'schema_migrations'
       or n.nspname = 'pgboss' and c.relname = 'job'
    group by n.nspname, c.relname order by 1`);
  return found.rows;
}

async function copyTable(from: PGlite, to: postgres.TransactionSql, { name, columns, where }: Moved): Promise<number> {
  const { blob, affectedRows = 0 } = await from.query(`copy (select ${columns} from ${name} ${where}) to '/dev/blob'`);
  // Of a table without rows there is nothing to send.
  if (!blob) return 0;
  const writable = await to.unsafe(`copy ${name} (${columns}) from stdin`).writable();
  await pipeline(Readable.fromWeb(blob.stream() as never), writable);
  return affectedRows;
}

// Rows come in the order of the tables' names, so that foreign keys are held to when all are there.
async function withoutForeignKeys(to: postgres.TransactionSql, work: () => Promise<void>): Promise<void> {
  const keys = await to<{ table: string; name: string; definition: string }[]>`
    select conrelid::regclass::text as table, quote_ident(conname) as name, pg_get_constraintdef(oid) as definition
    from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace`;
  for (const { table, name } of keys) await to.unsafe(`alter table ${table} drop constraint ${name}`);
  await work();
  for (const { table, name, definition } of keys)
    await to.unsafe(`alter table ${table} add constraint ${name} ${definition}`);
}

async function copySequences(from: PGlite, to: postgres.TransactionSql): Promise<void> {
  const found = await from.query<{ name: string }>(
    `select format('%I.%I', schemaname, sequencename) as name from pg_sequences where schemaname = 'public'`,
  );
  for (const { name } of found.rows) {
    const [at] = (
      await from.query<{ last: string; called: boolean }>(
        `select last_value::text as last, is_called as called from ${name}`,
      )
    ).rows;
    await to`select setval(${name}, ${at!.last}::bigint, ${at!.called})`;
  }
}

async function copyAll(from: PGlite, to: postgres.TransactionSql): Promise<number> {
  // The other side may be reading a large table meanwhile.
  await to`set local idle_in_transaction_session_timeout = 0`;
  const [settings] = await to<{ n: number }[]>`select count(*)::int as n from settings`;
  if (settings!.n > 0) throw new Error('The database of DATABASE_URL belongs to a service already: name an empty one.');
  let moved = 0;
  await withoutForeignKeys(to, async () => {
    for (const table of await tablesOf(from)) moved += await copyTable(from, to, table);
  });
  await copySequences(from, to);
  return moved;
}

/**
 * Brings everything in DATA_DIR into the database of DATABASE_URL.
 *
 * @returns how many rows there are.
 * @throws {FolderInUseError} while a service runs on the folder; an Error when the database is not empty.
 */
export async function moveDatabase(config: Config & { databaseUrl: string }, log: Logger): Promise<number> {
  const source = await openEmbedded(config.dataDir, log);
  try {
    if (source.connection.kind !== 'pglite') throw new Error('DATA_DIR is always the embedded database');
    const target = guardedDatabase(await openPostgres(config.databaseUrl, 1, log));
    try {
      const jobs = await openJobs(target, log, 1000);
      await jobs.stop();
    } finally {
      await target.close();
    }
    const { pglite } = source.connection;
    const client = connect(config.databaseUrl, { max: 1 });
    return await client.begin((to) => copyAll(pglite, to)).finally(() => client.end({ timeout: 5 }));
  } finally {
    await source.close();
  }
}
