// Reads from a streaming replica of PostgreSQL, as true as those from the primary: before each, the primary is asked how
// far its log is flushed (every commit that was answered is before that), and the replica is read only when it has
// replayed as much. So whoever wrote reads what he wrote, through any process, and a revocation or an erasure is seen by
// the next reader; what it costs is one look at a counter, shared by all that read in the same turn. A replica that lags
// or is gone costs speed: the primary is read in its place.
// PostgreSQL 15 manual §9.27.3, §9.27.4; needs synchronous_commit at `on`, its default, or `local`.
import { sql } from './sql.ts';
import { rows, sqlState } from './database.ts';
import type { OpenedDatabase, Reading, Tx } from './database.ts';
import { gatherReads } from './gather-reads.ts';
import type { Logger } from './logging.ts';
import { openReadOnly } from './postgres-database.ts';

/** How long a reader waits for a replica that is behind, and how long one that failed is left alone. */
const PATIENCE_MS = 50;
const PAUSES_MS = [2, 4, 8, 16, 20];
const LEFT_ALONE_MS = 5_000;

/** A place in the log, `16/B374D848`, as a number. */
export function placeOf(lsn: string): bigint {
  const [high = '0', low = '0'] = lsn.split('/');
  return (BigInt(`0x${high}`) << 32n) + BigInt(`0x${low}`);
}

async function askFor(tx: Tx, place: string): Promise<bigint> {
  const [found] = await rows<{ lsn: string | null }>(tx, sql`select ${sql.raw(place)}::text as lsn`);
  // A server that is no standby has replayed nothing.
  return placeOf(found?.lsn ?? '0/0');
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Gives a database whose `reading` goes to the replica at `url` wherever that is as true. */
export function readFromReplica(opened: OpenedDatabase, url: string, poolSize: number, log: Logger): OpenedDatabase {
  let replayed = 0n;
  let closings = 0;
  // What answers at the same address after a connection ended may be another server, put up from a copy that is old.
  const replica = openReadOnly(url, poolSize, () => {
    replayed = 0n;
    closings += 1;
  });
  let leftAloneUntil = 0;
  const flushed = gatherReads(async () => new Map([['', await askFor(opened.drizzle, 'pg_current_wal_flush_lsn()')]]));
  const nowReplayed = gatherReads(
    async () => new Map([['', await askFor(replica.drizzle, 'pg_last_wal_replay_lsn()')]]),
  );

  /** Whether the replica has replayed all that was committed before. */
  async function caughtUp(): Promise<boolean> {
    const wanted = (await flushed(''))!;
    const until = performance.now() + PATIENCE_MS;
    for (let tried = 0; ; tried += 1) {
      const before = closings;
      if (replayed < wanted) {
        const place = (await nowReplayed(''))!;
        if (before === closings) replayed = place;
      }
      if (replayed >= wanted) return true;
      const waitMs = PAUSES_MS[tried];
      if (waitMs === undefined || performance.now() > until) return false;
      await pause(waitMs);
    }
  }

  const reading: Reading = async (work) => {
    if (performance.now() >= leftAloneUntil) {
      try {
        if (await caughtUp()) return await work(replica.drizzle);
      } catch (error) {
        // 08: no connection; 57: the server ends or starts; 40001: what is read was removed by the primary meanwhile.
        if (!/^(08|57|40|$)/.test(sqlState(error) ?? '')) throw error;
        leftAloneUntil = performance.now() + LEFT_ALONE_MS;
        log.warn({ err: error }, 'the replica cannot be read; the primary is read in its place');
      }
    }
    return await work(opened.drizzle);
  };
  return {
    ...opened,
    reading,
    async close() {
      await replica.close();
      await opened.close();
    },
  };
}
