// Every query on status lists: indexes given out, bits set, lists as they are served.
import { sql, type SQL } from '../platform/sql.ts';
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

/** The next number of a series that is counted in a row. */
export async function takeFromSeries(tx: Tx, series: string): Promise<number> {
  const taken = await rows<{ taken: number }>(
    tx,
    sql`insert into status_series (series, taken) values (${series}, 1)
        on conflict (series) do update set taken = status_series.taken + 1 returning taken`,
  );
  return taken[0]!.taken - 1;
}

/** How many numbers of a series have been given out so far. */
export async function countersTaken(tx: Tx, series = 'revocation'): Promise<number> {
  if (series !== 'revocation') {
    const counted = await rows<{ taken: number }>(tx, sql`select taken from status_series where series = ${series}`);
    return counted[0]?.taken ?? 0;
  }
  const found = await rows<{ taken: string | number }>(
    tx,
    sql`select case when is_called then last_value + 1 else 0 end as taken from status_counter`,
  );
  return Number(found[0]?.taken ?? 0);
}

/**
 * Moves every series on to the beginning of the list after the next.
 * @returns the number that badges of ours get next.
 */
export async function skipPlaces(tx: Tx, lengthBits: number): Promise<number> {
  const skipped = (taken: SQL): SQL => sql`(${taken} / ${lengthBits}::bigint + 2) * ${lengthBits}::bigint`;
  await tx.execute(sql`update status_series set taken = ${skipped(sql`taken`)}`);
  const [moved] = await rows<{ last: string | number }>(
    tx,
    sql`select setval('status_counter', ${skipped(sql`last_value`)} - 1) as last from status_counter`,
  );
  return Number(moved!.last) + 1;
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

/** Clears a bit and remembers how long it was set; only a suspension is ever lifted. */
export async function clearBit(tx: Tx, bit: Bit, now: Date): Promise<void> {
  await tx.execute(
    sql`with cleared as (
          delete from status_bits where purpose = ${bit.purpose} and n = ${bit.n} and index = ${bit.index} returning *)
        insert into status_past (purpose, n, index, set_at, cleared_at)
        select purpose, n, index, set_at, ${now.toISOString()}::timestamptz from cleared on conflict do nothing`,
  );
}

/** The indexes whose bits were set at an instant. */
export async function readBitsAt(tx: Tx, purpose: string, n: number, at: Date): Promise<number[]> {
  const instant = sql`${at.toISOString()}::timestamptz`;
  const set = await rows<{ index: number }>(
    tx,
    sql`select index from status_bits where purpose = ${purpose} and n = ${n} and set_at <= ${instant}
        union select index from status_past
        where purpose = ${purpose} and n = ${n} and set_at <= ${instant} and cleared_at > ${instant} order by 1`,
  );
  return set.map((row) => row.index);
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

/** The bits that a list was signed with last; undefined where they are not kept. */
export async function readSignedBits(tx: Tx, purpose: string, n: number): Promise<Buffer | undefined> {
  const found = await rows<{ bits: string | null }>(
    tx,
    sql`select encode(bits, 'base64') as bits from status_lists where purpose = ${purpose} and n = ${n}`,
  );
  const bits = found[0]?.bits;
  return bits == null ? undefined : Buffer.from(bits, 'base64');
}

/** Whether a bit is set. */
export async function isBitSet(tx: Tx, { purpose, n, index }: Bit): Promise<boolean> {
  const found = await rows(
    tx,
    sql`select 1 from status_bits where purpose = ${purpose} and n = ${n} and index = ${index}`,
  );
  return found.length > 0;
}

/** Puts a newly signed list in the place of the old. */
export async function writeList(
  tx: Tx,
  purpose: string,
  n: number,
  list: { json: string; etag: string; bits: Buffer; signedAt: Date; validUntil: Date },
): Promise<void> {
  await tx.execute(
    sql`insert into status_lists (purpose, n, json, etag, bits, signed_at, valid_until)
        values (${purpose}, ${n}, ${list.json}, ${list.etag}, decode(${list.bits.toString('base64')}, 'base64'), ${list.signedAt.toISOString()}::timestamptz,
                ${list.validUntil.toISOString()}::timestamptz)
        on conflict (purpose, n) do update set json = excluded.json, etag = excluded.etag, bits = excluded.bits,
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

/** The revoked badges of one revocation list that their earners share, with the public sentences. */
export async function readRevoked(tx: Tx, n: number): Promise<{ id: string; sentence: string | null }[]> {
  return rows(
    tx,
    sql`select id, revocation_sentence as sentence from credentials
        where status_list = ${n} and revoked_at is not null and visibility <> 'private' order by revoked_at, id`,
  );
}
