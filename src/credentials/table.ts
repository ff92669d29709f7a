// The badges we have issued, the decisions behind them, and the status lists.
import { sql } from 'drizzle-orm';
import {
  customType,
  index,
  integer,
  pgSequence,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';

/** Why a badge was given: the award record as it is served, bound into the credential by its digest. Immutable. */
export const awards = pgTable(
  'awards',
  {
    learnerId: uuid().notNull(),
    id: uuid().primaryKey(),
    achievement: text().notNull(),
    trackId: text().notNull(),
    trackVersion: text().notNull(),
    /** The bytes of `/awards/{id}`, the verdict in them; null after an erasure. */
    record: text(),
    awardedAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [index('awards_learner').on(table.learnerId)],
);

export const credentials = pgTable(
  'credentials',
  {
    learnerId: uuid().notNull(),
    id: uuid().primaryKey(),
    /** Stored in the same statement as its award; a foreign key would cost a look for each row. */
    awardId: uuid().notNull(),
    /** `core` or `core/commons`: the achievement's path. */
    achievement: text().notNull(),
    /** `urn:uuid:…`, fresh for each credential. */
    subjectId: text().notNull(),
    statusList: integer().notNull(),
    statusIndex: integer().notNull(),
    /** The key of the embedded proof. */
    kid: text().notNull(),
    /** The signed bytes, served as they are; null after an erasure. */
    json: text(),
    /** The VC-JWT of the same content, made when somebody first asks. */
    jwt: text(),
    jwtKid: text(),
    /** The name that the badge shows, as it is searched for; null where it shows none. */
    searchName: text(),
    awardedAt: timestamp({ withTimezone: true }).notNull(),
    validFrom: timestamp({ withTimezone: true }).notNull(),
    visibility: text().notNull().default('link'),
    revokedAt: timestamp({ withTimezone: true }),
    revocationReason: text(),
    revocationSentence: text(),
    /** A registrar lifted the revocation: the achievement may be awarded again. */
    liftedAt: timestamp({ withTimezone: true }),
    /** A required activity was un-completed after the revocation: completing it again awards anew. */
    reopenedAt: timestamp({ withTimezone: true }),
    /** Something that the award rested on was withdrawn: somebody has to look. */
    reviewAt: timestamp({ withTimezone: true }),
    reviewCause: text(),
  },
  (table) => [
    uniqueIndex('credentials_live')
      .on(table.learnerId, table.achievement)
      .where(sql`revoked_at is null`),
    uniqueIndex('credentials_status').on(table.statusList, table.statusIndex),
    index('credentials_page').on(table.awardedAt, table.id),
    index('credentials_learner').on(table.learnerId),
    index('credentials_listed')
      .on(table.awardedAt, table.id)
      .where(sql`visibility = 'listed' and revoked_at is null`),
    index('credentials_named')
      .on(table.awardedAt, table.id)
      .where(sql`search_name is not null and revoked_at is null`),
    index('credentials_named_achievement')
      .on(table.achievement, table.awardedAt, table.id)
      .where(sql`search_name is not null and revoked_at is null`),
    index('credentials_name_words')
      .using('gin', sql`to_tsvector('simple', search_name)`)
      .where(sql`search_name is not null and revoked_at is null`),
    index('credentials_review')
      .on(table.reviewAt)
      .where(sql`review_at is not null`),
  ],
);

const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' });

/** A counter that never gives a number twice, not even to a transaction that is rolled back. */
export const statusCounter = pgSequence('status_counter', { minValue: 0, startWith: 0 });

/** The secret by which the counter is permuted, so that an index tells nothing of when its badge was issued. One row. */
export const statusKey = pgTable('status_key', {
  one: integer().primaryKey(),
  secret: text().notNull(),
});

/**
 * How many places of the other series were given out. A series is a purpose, `suspension`, or that of a did:key issuer,
 * `revocation/z6Mk…`, whose lists it must sign itself. They are few and taken seldom, so that a row does for them.
 */
export const statusSeries = pgTable('status_series', {
  series: text().primaryKey(),
  taken: integer().notNull(),
});

/** The lists as they are served. Here and below `purpose` is the series. */
export const statusLists = pgTable(
  'status_lists',
  {
    purpose: text().notNull(),
    n: integer().notNull(),
    json: text().notNull(),
    etag: text().notNull(),
    /** The bits that it was signed with, so that the next change need not read them all from their rows. */
    bits: bytea(),
    signedAt: timestamp({ withTimezone: true }).notNull(),
    validUntil: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.purpose, table.n] })],
);

/** The bits that are set; all others are 0. */
export const statusBits = pgTable(
  'status_bits',
  {
    purpose: text().notNull(),
    n: integer().notNull(),
    index: integer().notNull(),
    setAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.purpose, table.n, table.index] })],
);

/** Bits that were set and cleared again: what a list said at a past date. */
export const statusPast = pgTable(
  'status_past',
  {
    purpose: text().notNull(),
    n: integer().notNull(),
    index: integer().notNull(),
    setAt: timestamp({ withTimezone: true }).notNull(),
    clearedAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.purpose, table.n, table.index, table.setAt] })],
);

/** What the VC API issued, as far as its status can be changed later; what it says of whom is not kept. */
export const postedCredentials = pgTable(
  'posted_credentials',
  {
    id: uuid().primaryKey(),
    clientId: text().notNull(),
    issuer: text().notNull(),
    /** How its coordinator names it: `options.credentialId`, or the credential's own `id`. */
    credentialId: text(),
    /** SHA-256 of what was handed out, in hexadecimal. */
    digest: text().notNull(),
    issuedAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [index('posted_credentials_name').on(table.credentialId)],
);

/** The status entries of what the VC API issued. */
export const postedStatuses = pgTable(
  'posted_statuses',
  {
    credential: uuid()
      .notNull()
      .references(() => postedCredentials.id),
    purpose: text().notNull(),
    n: integer().notNull(),
    index: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.purpose, table.n, table.index] }),
    index('posted_statuses_credential').on(table.credential),
  ],
);

/** What we vouch for: a partner, an achievement, a person; in both forms, as they are served. */
export const endorsements = pgTable(
  'endorsements',
  {
    id: uuid().primaryKey(),
    /** The id of what is endorsed. */
    subject: text().notNull(),
    kid: text().notNull(),
    json: text().notNull(),
    jwt: text().notNull(),
    jwtKid: text().notNull(),
    statusList: integer().notNull(),
    statusIndex: integer().notNull(),
    issuedAt: timestamp({ withTimezone: true }).notNull(),
    revokedAt: timestamp({ withTimezone: true }),
  },
  (table) => [index('endorsements_page').on(table.issuedAt, table.id)],
);
