// Keys that are given up.
import t from 'tap';
import { compromiseKey } from '../../src/platform/compromise-key.ts';
import { retireKey } from '../../src/platform/retire-key.ts';
import { onEachDatabase } from './test-service.ts';

await onEachDatabase(t, 'a next key is given up for another; the active one is rotated instead', async (t, service) => {
  const [active, next] = ['active', 'next'].map(
    (state) => service.keys.keys('vc-jwt').find((key) => key.state === state)!.kid,
  );
  const retired = await retireKey(service, next!);
  t.equal(service.keys.find(next!)?.state, 'retired');
  t.equal(service.keys.find(retired.next!)?.state, 'next');
  t.same(await retireKey(service, next!), { kid: next, state: 'retired' });
  await t.rejects(retireKey(service, active!), { code: 'key_active', status: 409 });
  await t.rejects(retireKey(service, 'nobody'), { code: 'key_unknown', status: 404 });
  await compromiseKey(service, next!);
  await t.rejects(retireKey(service, next!), { code: 'key_compromised' });
});
