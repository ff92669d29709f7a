// The nightly tidying.
import { sql } from '../../src/platform/sql.ts';
import t from 'tap';
import { rows } from '../../src/platform/database.ts';
import { leaseQuota } from '../../src/platform/store.ts';
import { tidyDatabase, workPlatformJobs } from '../../src/platform/tidy-database.ts';
import { onEachDatabase } from './test-service.ts';

await onEachDatabase(t, 'quotas of windows long over go, those of now stay', async (t, service) => {
  const window = Math.floor(service.now().getTime() / 60_000);
  await service.db.transaction(async (tx) => {
    for (const age of [0, 1, 2, 3, 500]) await leaseQuota(tx, 'k', window - age, 1, 10);
  });
  await tidyDatabase(service);
  const left = await rows<{ window: number }>(service.db.read, sql`select "window" from quotas order by 1`);
  t.same(
    left.map((row) => window - row.window),
    [2, 1, 0],
  );
});

await onEachDatabase(t, 'it is scheduled once', async (t, service) => {
  await workPlatformJobs(service);
  await workPlatformJobs(service);
  const found = await rows(service.db.read, sql`select cron from pgboss.schedule where name = 'platform-tidy'`);
  t.equal(found.length, 1);
});
