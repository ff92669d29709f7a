// The learners and the names by which platforms know them.
// Identifiers are rows of their own, unique across learners: two people can never hold the same one, and a race to
// create somebody ends in a conflict on this key, never in two learners.
import { index, jsonb, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';

/** A consent is dated so that it can be shown, and withdrawn. */
export interface ConsentState {
  granted: boolean;
  at: string;
}

/** What the earner allows; everything absent is off. */
export interface Consents {
  name?: ConsentState;
  listed?: ConsentState;
  evidence?: ConsentState;
}

export const learners = pgTable('learners', {
  id: uuid().primaryKey(),
  name: text(),
  consents: jsonb().$type<Consents>().notNull().default({}),
  createdAt: timestamp({ withTimezone: true }).notNull(),
});

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
    /** Who brought it: a client reads only what its own sources said. */
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
  },
  (table) => [primaryKey({ columns: [table.learnerId, table.source] })],
);
