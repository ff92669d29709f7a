// Keys that somebody else may hold.
import t from 'tap';
import { compromiseKey } from '../../src/platform/compromise-key.ts';
import { readSetting, insertSetting } from '../../src/platform/store.ts';
import { onEachDatabase } from './test-service.ts';

await onEachDatabase(
  t,
  'a compromised active key stops signing at once and its successor signs',
  async (t, service) => {
    const active = service.keys.active('data-integrity').kid;
    const next = service.keys.keys('data-integrity').find(({ state }) => state === 'next')!.kid;
    const told = await compromiseKey(service, active);
    t.match(told, { kid: active, state: 'compromised', active: next });
    t.throws(() => service.keys.privateKey(active));
    t.equal(service.keys.active('data-integrity').kid, next);
    t.match(service.keys.find(active), { state: 'compromised', compromisedAt: service.now() });
    const again = await compromiseKey(service, active);
    t.same(again, { kid: active, use: 'data-integrity', state: 'compromised' });
  },
);

await onEachDatabase(
  t,
  'what goes alongside is in the same transaction, and comes again when it is tried again',
  async (t, service) => {
    const { kid } = service.keys.active('vc-jwt');
    const failing = compromiseKey(service, kid, async (tx) => {
      await insertSetting(tx, 'mark', 'left', service.now());
      throw new Error('the queue is gone');
    });
    await t.rejects(failing, /queue is gone/);
    await service.keys.refresh();
    t.equal(service.keys.active('vc-jwt').kid, kid);
    t.equal(await readSetting(service.db.read, 'mark'), undefined);
    const told: string[] = [];
    for (let i = 0; i < 2; i++) await compromiseKey(service, kid, async (_tx, one) => void told.push(one));
    t.same(told, [kid, kid]);
  },
);

await onEachDatabase(t, 'a key that signs only access tokens has nothing to be signed again', async (t, service) => {
  let called = false;
  await compromiseKey(service, service.keys.active('access-token').kid, async () => void (called = true));
  t.notOk(called);
});

await onEachDatabase(t, 'a compromised next key is followed by another', async (t, service) => {
  const next = service.keys.keys('vc-jwt').find(({ state }) => state === 'next')!.kid;
  const told = await compromiseKey(service, next);
  t.equal(service.keys.find(told.next!)?.state, 'next');
  await t.rejects(compromiseKey(service, 'nobody'), { code: 'key_unknown' });
});
