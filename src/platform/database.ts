// The database behind one shape: PostgreSQL by postgres.js when DATABASE_URL is set, else PGlite (PostgreSQL in this
// process) in DATA_DIR. One dialect, one schema, one set of migrations, so that what the tests see on one holds on both.
import { AsyncLocalStorage } from 'node:async_hooks';
import type { PGlite } from '@electric-sql/pglite';
import type { SQL } from './sql.ts';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import type { Config } from './config.ts';
import type { Logger } from './logging.ts';

export type Tx = PgDatabase<PgQueryResultHKT, Record<string, never>>;

/** How another library (the job queue) reaches the same database beside drizzle. */
export type Connection = { kind: 'pglite'; pglite: PGlite } | { kind: 'postgres'; url: string };

/** Runs a piece of reading; it may run twice, so it only reads. */
export type Reading = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;

export interface Database {
  kind: 'pglite' | 'postgres';
  /** Outside any transaction, for reading. Throws inside one: PGlite has one connection and would wait for ever. */
  read: Tx;
  /** The same for what is large or many: from a replica where there is one, and as true as `read`. */
  reading: Reading;
  /** READ COMMITTED. Transactions do not nest: a deed that runs inside another takes its `tx`. */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  connection: Connection;
  /** Migrations that this opening applied. */
  migrated: string[];
  close(): Promise<void>;
}

/** What one kind of database brings; `guardedDatabase` makes a `Database` of it. */
export interface OpenedDatabase {
  connection: Connection;
  drizzle: Tx;
  reading?: Reading;
  migrated: string[];
  close(): Promise<void>;
}

/** The rows of a raw query in one shape: PGlite answers `{rows}`, postgres.js an array. */
export async function rows<T>(tx: Tx, query: SQL): Promise<T[]> {
  const answer = (await tx.execute(query)) as unknown as T[] | { rows: T[] };
  return Array.isArray(answer) ? [...answer] : answer.rows;
}

function findInCauses(error: unknown, names: string[]): string | undefined {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    for (const name of names) {
      const value = (at as unknown as Record<string, unknown>)[name];
      if (typeof value === 'string' && (name !== 'code' || /^[0-9A-Z]{5}$/.test(value))) return value;
    }
  }
  return undefined;
}

/** PostgreSQL's SQLSTATE of a failed query ('23505' is a unique violation), through drizzle's wrapping. */
export function sqlState(error: unknown): string | undefined {
  return findInCauses(error, ['code']);
}

/** The constraint that a failed query broke, through drizzle's wrapping; the drivers name it differently. */
export function brokenConstraint(error: unknown): string | undefined {
  return findInCauses(error, ['constraint_name', 'constraint']);
}

const current = new AsyncLocalStorage<{ open: boolean }>();

/** Holds users of the database to one rule that only PGlite would punish, by hanging: no second way in meanwhile. */
export function guardedDatabase(opened: OpenedDatabase): Database {
  const refuseInside = (what: string): void => {
    if (current.getStore()?.open)
      throw new Error(`${what} inside a transaction: use its tx, or PGlite waits for ever.`);
  };
  return {
    kind: opened.connection.kind,
    connection: opened.connection,
    migrated: opened.migrated,
    get read() {
      refuseInside('The database was read');
      return opened.drizzle;
    },
    async reading(work) {
      refuseInside('The database was read');
      return await (opened.reading ? opened.reading(work) : work(opened.drizzle));
    },
    async transaction(work) {
      refuseInside('A second transaction was opened');
      const mark = { open: true };
      try {
        return await opened.drizzle.transaction((tx) => current.run(mark, () => work(tx as unknown as Tx)));
      } finally {
        mark.open = false;
      }
    },
    close: () => opened.close(),
  };
}

/**
 * Opens the database that the settings name, locks DATA_DIR when it is the embedded one, and migrates under a lock.
 *
 * @throws when another process holds the folder, the server cannot be reached, or the schema is newer than the program
 */
export async function openDatabase(config: Config, log: Logger): Promise<Database> {
  if (config.databaseUrl !== undefined) {
    const { openPostgres } = await import('./postgres-database.ts');
    const opened = await openPostgres(config.databaseUrl, config.databasePoolSize, log);
    if (config.databaseReplicaUrl === undefined) return guardedDatabase(opened);
    const { readFromReplica } = await import('./replica-database.ts');
    return guardedDatabase(readFromReplica(opened, config.databaseReplicaUrl, config.databasePoolSize, log));
  }
  const { openEmbedded } = await import('./embedded-database.ts');
  return guardedDatabase(await openEmbedded(config.dataDir, log));
}
