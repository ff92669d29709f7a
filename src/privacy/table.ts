// The ways into an earner's own place: claims that wait to be confirmed, and the sessions that came of them. Tokens are
// kept as SHA-256 alone, so that a copy of the database opens nothing.
import { index, pgTable, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core';

const instant = () => timestamp({ withTimezone: true, precision: 3 });

export const claims = pgTable(
  'claims',
  {
    id: uuid().primaryKey(),
    /** `mail`: somebody typed an address. `link`: a platform asked. `add-email`: an earner adds an address of theirs. */
    kind: text().$type<'mail' | 'link' | 'add-email'>().notNull(),
    /** Absent until the mail is sent, so that nothing kept from before tells whether an address is known. */
    learnerId: uuid(),
    /** The address that was typed; gone with the row, an hour later at the latest. */
    email: text(),
    language: text().notNull(),
    /** SHA-256 in base64url; absent until the token is made. */
    tokenHash: text(),
    askedAt: instant().notNull(),
    expiresAt: instant().notNull(),
  },
  (table) => [
    uniqueIndex('claims_token').on(table.tokenHash),
    index('claims_learner').on(table.learnerId),
    index('claims_expiry').on(table.expiresAt),
  ],
);

export const sessions = pgTable(
  'sessions',
  {
    tokenHash: text().primaryKey(),
    learnerId: uuid().notNull(),
    startedAt: instant().notNull(),
    /** Moves on while the session is used. */
    expiresAt: instant().notNull(),
  },
  (table) => [index('sessions_learner').on(table.learnerId), index('sessions_expiry').on(table.expiresAt)],
);
