// What must be swept up every night: quotas of windows long over and, on the embedded database, what deleted and changed
// rows left behind, since PGlite runs no autovacuum (PostgreSQL 18 manual §24.1).
import { WINDOW_MS } from './lease-quota.ts';
import type { Service } from './service.ts';
import { deleteQuotasBefore } from './store.ts';

const QUEUE = 'platform-tidy';

/** Safe to run at any time; the embedded database stands still while it runs. */
export async function tidyDatabase(service: Pick<Service, 'db' | 'now'>): Promise<void> {
  const window = Math.floor(service.now().getTime() / WINDOW_MS) - 2;
  await service.db.transaction((tx) => deleteQuotasBefore(tx, window));
  const { connection } = service.db;
  if (connection.kind === 'pglite') await connection.pglite.exec('vacuum (analyze)');
}

/** The platform's own job: the nightly tidying. */
export async function workPlatformJobs(service: Service): Promise<void> {
  await service.jobs.work(QUEUE, () => tidyDatabase(service));
  await service.jobs.schedule(QUEUE, '41 3 * * *');
}
