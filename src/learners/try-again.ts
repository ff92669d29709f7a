// Transactions that meet others are tried again from the start: nothing of a lost race was kept, and the second try sees
// what the winner stored. Also of a deed that takes one lock and holds nothing else: whoever waits for a row stands in a line
// (PostgreSQL's lock on the tuple), and of a circle that goes through the line anybody may be ended as the deadlock.
import { setTimeout } from 'node:timers/promises';
import { RaceLost } from './match-learners.ts';
import { sqlState } from '../platform/database.ts';

export { isOutage } from '../platform/outage.ts';

/** How often a deed is tried before its race is an error. */
export const TRIES = 6;

/** Races end in our own RaceLost, a unique key (23505), a serialization failure (40001) or a deadlock (40P01). */
export function isRace(error: unknown): boolean {
  if (error instanceof RaceLost) return true;
  const code = sqlState(error);
  return code === '23505' || code === '40001' || code === '40P01';
}

/** Does a deed that opens a transaction, again when it lost a race. Throws what the last try threw. */
export async function tryAgain<T>(deed: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await deed();
    } catch (error) {
      if (!isRace(error) || attempt >= TRIES) throw error;
      // Both losers of a deadlock would else meet again.
      await setTimeout(attempt * attempt * 5 * Math.random());
    }
  }
}
