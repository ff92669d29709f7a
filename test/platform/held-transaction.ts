// A transaction that a test keeps open at the worst moment, and a way to know that somebody waits for it: what two at once
// may do wrong is then done in one order, on a machine of any speed. On PostgreSQL; PGlite runs one at a time.
import { setTimeout } from 'node:timers/promises';
import { sql } from '../../src/platform/sql.ts';
import { rows, type Tx } from '../../src/platform/database.ts';
import type { Service } from '../../src/platform/service.ts';

/** Does something in a transaction and keeps it open. Resolves when it was done; `commit` does the rest, if any, and ends it. */
export async function hold(
  service: Pick<Service, 'db'>,
  work: (tx: Tx) => Promise<unknown>,
): Promise<{ commit(rest?: (tx: Tx) => Promise<unknown>): Promise<void> }> {
  const begun = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<((tx: Tx) => Promise<unknown>) | undefined>();
  const whole = service.db.transaction(async (tx) => {
    await work(tx);
    begun.resolve();
    await (
      await ended.promise
    )?.(tx);
  });
  await Promise.race([begun.promise, whole]);
  return {
    async commit(rest) {
      ended.resolve(rest);
      await whole;
    },
  };
}

/** The same service, each of whose transactions has done all and waits for `commit`; `reached` when the first of them is there. */
export function holdCommits<S extends Pick<Service, 'db'>>(
  service: S,
): { service: S; reached: Promise<void>; commit(): void } {
  const [begun, ended] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const { db } = service;
  const transaction: typeof db.transaction = (work) =>
    db.transaction(async (tx) => {
      const done = await work(tx);
      begun.resolve();
      await ended.promise;
      return done;
    });
  const held = new Proxy(db, {
    get: (target, key) => (key === 'transaction' ? transaction : Reflect.get(target, key)),
  });
  return { service: { ...service, db: held }, reached: begun.promise, commit: () => ended.resolve() };
}

/** Resolves when as many transactions of this database wait for a lock. */
export async function untilWaiting(service: Pick<Service, 'db'>, many = 1): Promise<void> {
  const waits = sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  while ((await rows(service.db.read, waits)).length < many) await setTimeout(5);
}
