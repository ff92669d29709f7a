// Quotas: one limit for all replicas, and few writes.
import t from 'tap';
import { leaseFrom, makeQuota } from '../../src/platform/lease-quota.ts';
import type { Lease } from '../../src/platform/lease-quota.ts';
import { makeClock } from './test-clock.ts';
import { onEachDatabase } from './test-service.ts';

function countedLease(): { lease: Lease; asked: () => number } {
  let asked = 0;
  const total = new Map<string, number>();
  return {
    asked: () => asked,
    async lease(key, window, wanted, limit) {
      asked++;
      const before = total.get(`${key} ${window}`) ?? 0;
      const had = Math.max(0, Math.min(wanted, limit - before));
      total.set(`${key} ${window}`, before + had);
      return had;
    },
  };
}

const spend = async (quota: ReturnType<typeof makeQuota>, times: number, limit: number): Promise<number> => {
  let allowed = 0;
  for (let i = 0; i < times; i++) if ((await quota.take('k', limit, 60_000)).current <= limit) allowed++;
  return allowed;
};

await t.test('exactly the limit passes in a window, with a write in twenty', async (t) => {
  const clock = makeClock('2026-03-04T12:00:00.000Z');
  const { lease, asked } = countedLease();
  const quota = makeQuota(lease, clock.now);
  t.equal(await spend(quota, 150, 100), 100);
  t.ok(asked() <= 21, `asked ${asked()} times`);
  clock.advance(60_000);
  t.equal(await spend(quota, 1, 100), 1);
});

await t.test('two replicas share one limit', async (t) => {
  const clock = makeClock();
  const { lease } = countedLease();
  const [one, two] = [makeQuota(lease, clock.now), makeQuota(lease, clock.now)];
  const allowed = (await spend(one, 60, 100)) + (await spend(two, 60, 100)) + (await spend(one, 60, 100));
  t.equal(allowed, 100);
});

await t.test('requests at the same instant are counted once each', async (t) => {
  const { lease } = countedLease();
  const quota = makeQuota(lease, makeClock().now);
  const taken = await Promise.all(Array.from({ length: 50 }, () => quota.take('k', 30, 60_000)));
  t.equal(taken.filter(({ current }) => current <= 30).length, 30);
});

await t.test('the window says when it ends', async (t) => {
  const quota = makeQuota(async () => 1, makeClock('2026-03-04T12:00:45.000Z').now);
  t.equal((await quota.take('k', 10, 60_000)).resetMs, 15_000);
});

await onEachDatabase(t, 'the database leases up to the limit and no further', async (t, service) => {
  const lease = leaseFrom(service);
  const had = [
    await lease('a', 7, 5, 12),
    await lease('a', 7, 5, 12),
    await lease('a', 7, 5, 12),
    await lease('a', 7, 5, 12),
  ];
  t.same(had, service.db.kind === 'postgres' ? [5, 5, 2, 0] : [5, 5, 5, 5]);
  t.equal(await lease('a', 8, 5, 12), 5);
});
