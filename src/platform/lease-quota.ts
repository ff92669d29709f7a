// A share of a rate limit, taken from the database in blocks: replicas hold to one limit together, and a request costs
// a write once in twenty. The embedded database has one process, which keeps its own count.
import { createHash } from 'node:crypto';
import type { Service } from './service.ts';
import { leaseQuota } from './store.ts';

const blocks = 20;

interface Share {
  window: number;
  /** Leased by this process in this window, and how much of it is spent. */
  leased: number;
  spent: number;
  /** Nothing was left at the last asking. */
  dry: boolean;
  asking: Promise<void> | undefined;
}

export interface Quota {
  /** Counts one request. `current` above `limit` means that it is refused; `resetMs` is when the window ends. */
  take(key: string, limit: number, windowMs: number): Promise<{ current: number; resetMs: number }>;
}

/** How much of `wanted` is to be had; the database's part of a quota. */
export type Lease = (key: string, window: number, wanted: number, limit: number) => Promise<number>;

/** Leases from the service's database. An address is personal, so its hash stands there, for a few minutes. */
export function leaseFrom(service: Pick<Service, 'db'>): Lease {
  if (service.db.kind === 'pglite') return async (_key, _window, wanted) => wanted;
  return async (key, window, wanted, limit) => {
    const hash = createHash('sha256').update(key).digest('base64url').slice(0, 22);
    return await service.db.transaction((tx) => leaseQuota(tx, hash, window, wanted, limit));
  };
}

/** A quota over a lease. Holds a share for each key; shares of past windows are dropped. */
export function makeQuota(lease: Lease, now: () => Date): Quota {
  const shares = new Map<string, Share>();
  let latest = 0;

  async function ask(share: Share, key: string, limit: number): Promise<void> {
    const wanted = Math.min(Math.ceil(limit / blocks), limit - share.leased);
    const had = wanted > 0 ? await lease(key, share.window, wanted, limit) : 0;
    share.leased += had;
    share.dry = had === 0;
  }

  return {
    async take(key, limit, windowMs) {
      const at = now().getTime();
      const window = Math.floor(at / windowMs);
      if (window !== latest) {
        for (const [old, share] of shares) if (share.window < window) shares.delete(old);
        latest = window;
      }
      let share = shares.get(key);
      if (!share) shares.set(key, (share = { window, leased: 0, spent: 0, dry: false, asking: undefined }));
      while (share.spent >= share.leased && !share.dry) {
        share.asking ??= ask(share, key, limit).finally(() => (share.asking = undefined));
        await share.asking;
      }
      const resetMs = (window + 1) * windowMs - at;
      if (share.spent >= share.leased) return { current: limit + 1, resetMs };
      share.spent += 1;
      return { current: share.spent, resetMs };
    },
  };
}

/** Every limit is by the minute. */
export const WINDOW_MS = 60_000;
