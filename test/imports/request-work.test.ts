// The job that works on imports.
import { sql } from '../../src/platform/sql.ts';
import t from 'tap';
import { requestWork } from '../../src/imports/request-work.ts';
import { rows } from '../../src/platform/database.ts';
import { onEachDatabase } from '../platform/test-service.ts';

await onEachDatabase(t, 'asked for twice, it waits once', async (t, service) => {
  await requestWork(service);
  await requestWork(service);
  const jobs = await rows(service.db.read, sql`select data from pgboss.job where name = 'imports'`);
  t.same(jobs, [{ data: {} }]);
});
