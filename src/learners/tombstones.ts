// Whom we were told to forget. An erasure leaves a keyed hash of each identifier, and a record that names one of them is
// acknowledged and dropped: without it the next replay of a platform would bring the learner back
// (Regulation (EU) 2016/679, Article 17; keyed, since a plain hash of an address is found by trying addresses).
import { sql } from '../platform/sql.ts';
import { ADVISORY_LOCKS } from '../platform/advisory-locks.ts';
import { rows, type Tx } from '../platform/database.ts';
import { rowSet, textSet } from '../platform/lists.ts';
import type { KeyedHash } from '../platform/open-keyed-hash.ts';
import { keyOf, keyText, type Identifier, type IdentifierKey } from './identifier.ts';

/** Every identifier in the form it is matched by, whether or not it may be believed. */
export function keysOf(identifiers: Identifier[]): IdentifierKey[] {
  return identifiers.map(keyOf);
}

/** Remembers that the holder of these identifiers was erased. */
export async function insertTombstones(tx: Tx, keyedHash: KeyedHash, keys: IdentifierKey[], now: Date): Promise<void> {
  if (keys.length === 0) return;
  const laid = keys.map((key) => ({ hash: keyedHash(keyText(key)) }));
  await tx.execute(
    sql`insert into tombstones (hash, erased_at) select hash, ${now.toISOString()}::timestamptz
        from ${rowSet(laid, 'hash text')} on conflict do nothing`,
  );
}

/** Takes tombstones away: whoever proved an address of theirs anew is there again. */
export async function deleteTombstones(tx: Tx, keyedHash: KeyedHash, keys: IdentifierKey[]): Promise<void> {
  const hashes = keys.map((key) => keyedHash(keyText(key)));
  await tx.execute(sql`delete from tombstones where hash in ${textSet(hashes)}`);
}

/** Which of these lists name somebody who was erased: one identifier is enough, believed or not. */
export async function findErased(tx: Tx, keyedHash: KeyedHash, lists: IdentifierKey[][]): Promise<boolean[]> {
  const hashes = lists.map((keys) => keys.map((key) => keyedHash(keyText(key))));
  const all = [...new Set(hashes.flat())];
  if (all.length === 0) return lists.map(() => false);
  const found = await rows<{ hash: string }>(tx, sql`select hash from tombstones where hash in ${textSet(all)}`);
  const laid = new Set(found.map((row) => row.hash));
  return hashes.map((list) => list.some((hash) => laid.has(hash)));
}

/**
 * Keeps erasures waiting until the transaction ends: for whoever is about to store what no locked learner stands for.
 * Taken before any learner is locked, as the erasure does, so that the two never wait for each other crosswise.
 */
export async function holdOffErasures(tx: Tx): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock_shared(${ADVISORY_LOCKS.erasure})`);
}

/** Waits for everybody who holds erasures off, and lets nobody begin until the transaction ends. */
export async function beginErasure(tx: Tx): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${ADVISORY_LOCKS.erasure})`);
}
