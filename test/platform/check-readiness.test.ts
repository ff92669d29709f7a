// What is not ready.
import t from 'tap';
import { checkReadiness } from '../../src/platform/check-readiness.ts';
import type { Service } from '../../src/platform/service.ts';
import { openTestService } from './test-service.ts';

await t.test('each thing that is missing is named', async (t) => {
  const service = await openTestService();
  t.teardown(() => service.close());
  const missing = async (changed: Partial<Service>, stopping = false): Promise<string[]> =>
    (await checkReadiness({ ...service, ...changed }, stopping)).checks
      .filter(({ ready }) => !ready)
      .map(({ name }) => name);
  t.same(await missing({}), ['jobs']);
  await service.jobs.start();
  t.same(await missing({}), []);
  t.same(await missing({}, true), ['stopping']);
  t.same(await missing({ keys: { ...service.keys, ready: () => false } }), ['keys']);
  const broken = { ...service.db, read: { execute: async () => Promise.reject(new Error('gone')) } as never };
  t.same(await missing({ db: broken }), ['database']);
});
