// Every query on status lists: indexes given out, bits set, lists as they are served.
import { sql } from 'drizzle-orm';
import { rows, type Tx } from '../platform/database.ts';
import { rowSet } from '../platform/lists.ts';

/** Numbers that nobody else gets, not even after a rollback, and the secret that permutes them (hexadecimal). */
export async function takeCounters(tx: Tx, count: number): Promise<{ counters: number[]; secret: string | null }> {
  const taken = await rows<{ n: string | number; secret: string | null }>(
    tx,
    sql`select nextval('status_counter') as n, (select secret from status_key) as secret
        from generate_series(1, ${count}::int)`,
  );
  return { counters: taken.map((row) => Number(row.n)), secret: taken[0]?.secret ?? null };
}

/**
 * Keeps the secret if there is none yet.
 * @returns the secret that is kept, which may be another's.
 */
export async function keepSecret(tx: Tx, secret: string): Promise<string> {
  await tx.execute(sql`insert into status_key (one, secret) values (1, ${secret}) on conflict do nothing`);
  const kept = await rows<{ secret: string }>(tx, sql`select secret from status_key`);
  return kept[0]?.secret ?? secret;
}

/** How many numbers have been given out so far. */
export async function countersTaken(tx: Tx): Promise<number> {
  const found = await rows<{ taken: string | number }>(
    tx,
    sql`select case when is_called then last_value + 1 else 0 end as taken from status_counter`,
  );
  return Number(found[0]?.taken ?? 0);
}

export interface Bit {
  purpose: string;
  n: number;
  index: number;
}

/** Sets bits. */
export async function setBits(tx: Tx, bits: Bit[], now: Date): Promise<void> {
  await tx.execute(
    sql`insert into status_bits (purpose, n, index, set_at)
        select purpose, n, index, ${now.toISOString()}::timestamptz
        from ${rowSet(bits, 'purpose text, n int, index int')} on conflict do nothing`,
  );
}

/** Clears a bit; only a suspension is ever lifted. */
export async function clearBit(tx: Tx, bit: Bit): Promise<void> {
  await tx.execute(
    sql`delete from status_bits where purpose = ${bit.purpose} and n = ${bit.n} and index = ${bit.index}`,
  );
}

/** The indexes whose bits are set. */
export async function readBits(tx: Tx, purpose: string, n: number): Promise<number[]> {
  const set = await rows<{ index: number }>(
    tx,
    sql`select index from status_bits where purpose = ${purpose} and n = ${n} order by index`,
  );
  return set.map((row) => row.index);
}

export interface ServedList {
  json: string;
  etag: string;
  signedAt: string;
  validUntil: string;
}

/** A list as it is served. */
export async function readList(tx: Tx, purpose: string, n: number): Promise<ServedList | undefined> {
  const found = await rows<ServedList>(
    tx,
    sql`select json, etag, signed_at::text as "signedAt", valid_until::text as "validUntil"
        from status_lists where purpose = ${purpose} and n = ${n}`,
  );
  return found[0];
}

/** Lets one transaction at a time publish a list, so that the last to sign has seen every bit. */
export async function lockList(tx: Tx, purpose: string, n: number): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`status list ${purpose}`}), ${n}::int)`);
}

/** Puts a newly signed list in the place of the old. */
export async function writeList(
  tx: Tx,
  purpose: string,
  n: number,
  list: { json: string; etag: string; signedAt: Date; validUntil: Date },
): Promise<void> {
  await tx.execute(
    sql`insert into status_lists (purpose, n, json, etag, signed_at, valid_until)
        values (${purpose}, ${n}, ${list.json}, ${list.etag}, ${list.signedAt.toISOString()}::timestamptz,
                ${list.validUntil.toISOString()}::timestamptz)
        on conflict (purpose, n) do update set json = excluded.json, etag = excluded.etag,
          signed_at = excluded.signed_at, valid_until = excluded.valid_until`,
  );
}

/** The lists that were signed before an instant. */
export async function listsSignedBefore(tx: Tx, before: Date): Promise<{ purpose: string; n: number }[]> {
  return rows(
    tx,
    sql`select purpose, n from status_lists where signed_at < ${before.toISOString()}::timestamptz order by 1, 2`,
  );
}

/** Every list there is. */
export async function allLists(tx: Tx): Promise<{ purpose: string; n: number }[]> {
  return rows(tx, sql`select purpose, n from status_lists order by 1, 2`);
}
