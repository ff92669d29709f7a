// Statements of a transaction that are sent without waiting for their answers, so that the database works on them while
// this process makes the next. When one fails, those behind it fail with 25P02 (in_failed_sql_transaction; PostgreSQL 17,
// appendix A), which says nothing: what is thrown is what failed first.
import { sqlState } from './database.ts';

/** Whether a statement failed by itself, and not because one before it had. */
const saysWhy = (error: unknown): boolean => sqlState(error) !== '25P02';

/**
 * Waits for statements that were sent one behind the other: one round trip for all of them.
 *
 * @param sent in the order in which they were sent
 * @throws what the first of those that failed by themselves threw
 */
export async function oneTrip<T extends readonly unknown[]>(sent: {
  [K in keyof T]: Promise<T[K]>;
}): Promise<T> {
  const settled = await Promise.allSettled(sent);
  const failed = settled.filter((one) => one.status === 'rejected').map((one) => ({ error: one.reason as unknown }));
  // Work that waits for an answer before it sends more is only told what an earlier one did, wherever it stands in line.
  const fault = failed.find(({ error }) => saysWhy(error)) ?? failed[0];
  if (fault) throw fault.error;
  return settled.map((one) => (one as PromiseFulfilledResult<unknown>).value) as unknown as T;
}

export interface Ahead {
  /** Notes a statement that was sent, or work that sends some. */
  add(answer: Promise<unknown>): void;
  /** Waits for work that sends statements, and for their answers. @throws what failed first */
  during<T>(work: Promise<T>): Promise<T>;
}

/** Opens a list of statements that were sent ahead. */
export function sendAhead(): Ahead {
  const sent: Promise<void>[] = [];
  let fault: { error: unknown } | undefined;
  const note = (error: unknown): void => {
    if (!fault || (!saysWhy(fault.error) && saysWhy(error))) fault = { error };
  };
  return {
    add(answer) {
      sent.push(answer.then(() => {}, note));
    },
    async during<T>(work: Promise<T>) {
      const done = work.then(
        (value) => ({ value }),
        (error: unknown) => note(error),
      );
      const made = await done;
      // What was sent may send more.
      for (let waited = 0; waited < sent.length;) {
        waited = sent.length;
        await Promise.all(sent);
      }
      if (fault || !made) throw fault?.error;
      return made.value;
    },
  };
}
