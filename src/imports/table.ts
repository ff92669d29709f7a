// Imports under way and done, the rows of theirs that still wait, and what was refused of them.
import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  customType,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core';

const instant = () => timestamp({ withTimezone: true, precision: 3 });
const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' });

/** One import each: who sent it, how far it is. No personal data. */
export const imports = pgTable(
  'imports',
  {
    id: uuid().primaryKey(),
    clientId: text().notNull(),
    /** Of the token that posted it: an import may never do more than its sender. */
    scopes: jsonb().notNull(),
    format: text().notNull(),
    dryRun: boolean().notNull(),
    state: text().notNull(),
    /** Why it failed. */
    failure: text(),
    /** As announced by Content-Length. */
    bytesExpected: bigint({ mode: 'number' }),
    bytes: bigint({ mode: 'number' }).notNull(),
    rows: bigint({ mode: 'number' }).notNull(),
    counts: jsonb().notNull(),
    /** How many errors are listed; the rest were only counted. */
    listed: integer().notNull(),
    receivedAt: instant().notNull(),
    touchedAt: instant().notNull(),
    startedAt: instant(),
    endedAt: instant(),
  },
  (table) => [
    index('imports_page').on(table.receivedAt, table.id),
    index('imports_open')
      .on(table.touchedAt)
      .where(sql`ended_at is null`),
  ],
);

/** Rows that wait, as gzip of a JSON list; deleted in the transaction that records them. */
export const importChunks = pgTable(
  'import_chunks',
  {
    importId: uuid().notNull(),
    n: integer().notNull(),
    body: bytea().notNull(),
  },
  (table) => [primaryKey({ columns: [table.importId, table.n] })],
);

/** What was wrong with which row: codes, pointers and sentences, never what stood there. */
export const importErrors = pgTable(
  'import_errors',
  {
    importId: uuid().notNull(),
    n: integer().notNull(),
    row: bigint({ mode: 'number' }).notNull(),
    recordId: text(),
    status: integer().notNull(),
    code: text().notNull(),
    pointer: text(),
    /** The column of the CSV file that the pointer means. */
    column: text(),
    detail: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.importId, table.n] })],
);
