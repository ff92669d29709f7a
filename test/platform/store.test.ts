// Queries of the platform that the deeds' tests do not show.
import t from 'tap';
import { insertSetting, leaseQuota, readSetting, replaceSetting } from '../../src/platform/store.ts';
import { onEachDatabase } from './test-service.ts';

await onEachDatabase(t, 'a setting is set once, unless it is replaced', async (t, service) => {
  await service.db.transaction(async (tx) => {
    await insertSetting(tx, 'colour', 'grey', service.now());
    await insertSetting(tx, 'colour', 'red', service.now());
    t.equal(await readSetting(tx, 'colour'), 'grey');
    await replaceSetting(tx, 'colour', 'blue', service.now());
    t.equal(await readSetting(tx, 'colour'), 'blue');
  });
});

await onEachDatabase(t, 'a quota leases no more than its limit, whatever is asked', async (t, service) => {
  const lease = (wanted: number): Promise<number> => service.db.transaction((tx) => leaseQuota(tx, 'k', 1, wanted, 10));
  t.same([await lease(4), await lease(4), await lease(4), await lease(4)], [4, 4, 2, 0]);
});
