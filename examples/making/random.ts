// Chance that comes out the same every time: the cohort is committed, so whoever runs the generator must get its bytes.
// sfc32 seeded from SHA-256 of a word; none of it is for secrets.
import { createHash } from 'node:crypto';

/** A source of chance: the same seed gives the same run of numbers. */
export interface Chance {
  /** A number from 0 (included) to 1 (excluded). */
  next(): number;
  /** A whole number from `low` to `high`, both included. */
  whole(low: number, high: number): number;
  /** True in this share of cases. */
  odds(share: number): boolean;
  pick<T>(from: readonly T[]): T;
  shuffled<T>(from: readonly T[]): T[];
  uuid(): string;
}

/** A source of chance for this seed. */
export function chanceOf(seed: string): Chance {
  const digest = createHash('sha256').update(seed).digest();
  let [a, b, c, d] = [digest.readInt32LE(0), digest.readInt32LE(4), digest.readInt32LE(8), 1];
  const next = (): number => {
    const sum = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
  const whole = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  const shuffled = <T>(from: readonly T[]): T[] => {
    const all = [...from];
    for (let last = all.length - 1; last > 0; last--) {
      const other = whole(0, last);
      [all[last], all[other]] = [all[other] as T, all[last] as T];
    }
    return all;
  };
  const uuid = (): string => {
    const hex = [...Array(32)].map(() => whole(0, 15).toString(16));
    hex[12] = '4';
    hex[16] = '89ab'[whole(0, 3)] as string;
    return hex.join('').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  };
  return {
    next,
    whole,
    odds: (share) => next() < share,
    pick: <T>(from: readonly T[]): T => from[whole(0, from.length - 1)] as T,
    shuffled,
    uuid,
  };
}
