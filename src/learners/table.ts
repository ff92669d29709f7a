// The learners and the names by which platforms know them.
// Identifiers are rows of their own, unique across learners: two people can never hold the same one, and a race to
// create somebody ends in a conflict on this key, never in two learners.
import { sql } from 'drizzle-orm';
import { index, jsonb, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { Consents } from './consents.ts';

export const learners = pgTable(
  'learners',
  {
    id: uuid().primaryKey(),
    name: text(),
    consents: jsonb().$type<Consents>().notNull().default({}),
    createdAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [
    index('learners_listed')
      .on(table.id)
      .where(sql`consents->'listed'->>'granted' = 'true'`),
  ],
);

export const learnerIdentifiers = pgTable(
  'learner_identifiers',
  {
    /** `account`, `email` or `did`. */
    kind: text().notNull(),
    /** The home page of an account; empty for the other kinds. */
    authority: text().notNull(),
    /** The account's name, the e-mail in lower case, the DID. */
    value: text().notNull(),
    learnerId: uuid()
      .notNull()
      .references(() => learners.id),
    /** Who brought it first: a client reads only what its own sources said. */
    source: text().notNull(),
    createdAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.kind, table.authority, table.value] }),
    index('learner_identifiers_learner').on(table.learnerId),
  ],
);

/** Which sources have spoken of a learner: a client reads only the learners that its sources brought. */
export const learnerSources = pgTable(
  'learner_sources',
  {
    learnerId: uuid()
      .notNull()
      .references(() => learners.id),
    source: text().notNull(),
    /**
     * The e-mails that it brought, whoever was first; null in a row from before they were kept. Accounts need no note: an
     * account is the business of the platform that keeps it.
     */
    emails: text().array(),
  },
  (table) => [primaryKey({ columns: [table.learnerId, table.source] })],
);

/** Whom we were told to forget: keyed hashes of identifiers, so that a platform's replay brings nobody back. */
export const tombstones = pgTable('tombstones', {
  /** HMAC-SHA256 of the identifier in the form it was matched by; the key lies with the keys. */
  hash: text().primaryKey(),
  erasedAt: timestamp({ withTimezone: true }).notNull(),
});
