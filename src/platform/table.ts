// What any service keeps: the settings that must never change under it, the public parts of its keys, the clients that
// may call it and their secrets (hashes alone), and the quotas that replicas share.
import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { JWK } from 'jose';

const instant = () => timestamp({ withTimezone: true, mode: 'date', precision: 3 });

/** Facts fixed at the first start; `public_url` stands in every credential. */
export const settings = pgTable('settings', {
  name: text().primaryKey(),
  value: text().notNull(),
  setAt: instant().notNull(),
});

export const keys = pgTable(
  'keys',
  {
    kid: text().primaryKey(),
    use: text().$type<'data-integrity' | 'vc-jwt' | 'access-token' | 'did-key'>().notNull(),
    algorithm: text().$type<'EdDSA' | 'RS256' | 'ES256'>().notNull(),
    state: text().$type<'next' | 'active' | 'retired' | 'compromised'>().notNull(),
    publicJwk: jsonb().$type<JWK>().notNull(),
    createdAt: instant().notNull(),
    activatedAt: instant(),
    retiredAt: instant(),
    compromisedAt: instant(),
  },
  (table) => [
    check('keys_state', sql`${table.state} in ('next', 'active', 'retired', 'compromised')`),
    uniqueIndex('keys_one_active')
      .on(table.use)
      .where(sql`${table.state} = 'active' and ${table.use} <> 'did-key'`),
    uniqueIndex('keys_one_next')
      .on(table.use)
      .where(sql`${table.state} = 'next'`),
  ],
);

export const clients = pgTable('clients', {
  id: text().primaryKey(),
  name: text().notNull(),
  sources: text().array().notNull(),
  scopes: text().array().notNull(),
  trustEmail: boolean().notNull(),
  mayStateConsents: boolean().notNull(),
  createdAt: instant().notNull(),
  disabledAt: instant(),
});

export const clientSecrets = pgTable(
  'client_secrets',
  {
    /** SHA-256, hexadecimal. A secret of 256 random bits needs no slow password function. */
    hash: text().primaryKey(),
    clientId: text()
      .notNull()
      .references(() => clients.id, { onDelete: 'cascade' }),
    createdAt: instant().notNull(),
  },
  (table) => [index('client_secrets_client').on(table.clientId, table.createdAt)],
);

/** How much of a window's quota replicas have leased. `key` is a hash: an address is personal. */
export const quotas = pgTable(
  'quotas',
  {
    key: text().notNull(),
    window: integer().notNull(),
    leased: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.key, table.window] }), index('quotas_window').on(table.window)],
);
