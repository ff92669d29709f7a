// Gives out places in the status lists: unique without a lock, and random to the eye.
// Bitstring Status List 1.0 (W3C Recommendation 15 May 2025) §2.1 and §5.2 ask for random assignment, so that an index
// does not tell when a badge was issued or how many there are. A counter that never repeats is permuted by a secret.
import { createHmac } from 'node:crypto';
import { permutationOf } from '../openbadges/status/status-index.ts';
import type { Tx } from '../platform/database.ts';
import type { Service } from '../platform/service.ts';
import { keepSecret, takeCounters, takeFromSeries } from './status-store.ts';

/** The length of our lists in bits: the least that the Recommendation allows (16 KiB). */
export const LIST_LENGTH_BITS = 131_072;

export interface StatusPlace {
  list: number;
  index: number;
}

/**
 * Takes places for new credentials. What a rolled-back transaction took is never given again.
 * @param count how many.
 */
export async function takeStatusIndexes(
  tx: Tx,
  service: Pick<Service, 'random'>,
  count: number,
): Promise<StatusPlace[]> {
  if (count === 0) return [];
  const { counters, secret } = await takeCounters(tx, count);
  const kept = secret ?? (await keepSecret(tx, service.random(32).toString('hex')));
  return counters.map((counter) => placeOf(counter, kept, ''));
}

/**
 * Takes one place of any series. Other takers of the series wait until the transaction ends, so that it ought to be a
 * short one; a place that was taken and not used stays unused.
 */
export async function takeSeriesIndex(tx: Tx, service: Pick<Service, 'random'>, series: string): Promise<StatusPlace> {
  if (series === 'revocation') return (await takeStatusIndexes(tx, service, 1))[0]!;
  const kept = await keepSecret(tx, service.random(32).toString('hex'));
  return placeOf(await takeFromSeries(tx, series), kept, `${series} `);
}

/** The list that was given places of last: a gathering has hundreds of one list. */
let last: { of: string; placeIn: (counter: number) => number } | undefined;

function placeOf(counter: number, secret: string, series: string): StatusPlace {
  const list = Math.floor(counter / LIST_LENGTH_BITS);
  const of = `${secret} ${series}list ${list}`;
  if (last?.of !== of) {
    const key = createHmac('sha256', Buffer.from(secret, 'hex')).update(`${series}list ${list}`).digest();
    last = { of, placeIn: permutationOf(key, LIST_LENGTH_BITS) };
  }
  return { list, index: last.placeIn(counter % LIST_LENGTH_BITS) };
}
