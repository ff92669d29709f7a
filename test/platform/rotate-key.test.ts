// The next key signs.
import { renameSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { rotateKey } from '../../src/platform/rotate-key.ts';
import { onEachDatabase } from './test-service.ts';

await onEachDatabase(
  t,
  'the next key becomes active, the active one retires and stays, another is next',
  async (t, service) => {
    const before = service.keys.keys('data-integrity');
    const [active, next] = [before.find((key) => key.state === 'active')!, before.find((key) => key.state === 'next')!];
    service.clock.advance(1000);
    const rotated = await rotateKey(service, 'data-integrity');
    t.match(rotated, { retired: active.kid, active: next.kid });
    t.equal(service.keys.active('data-integrity').kid, next.kid);
    t.match(service.keys.find(active.kid), { state: 'retired', retiredAt: service.now() });
    t.equal(service.keys.find(rotated.next)?.state, 'next');
    t.ok(service.keys.privateKey(next.kid));
    t.throws(() => service.keys.privateKey(active.kid));
  },
);

await onEachDatabase(t, 'rotations at the same time happen one after the other', async (t, service) => {
  const rotated = await Promise.all([rotateKey(service, 'vc-jwt'), rotateKey(service, 'vc-jwt')]);
  t.equal(new Set(rotated.map(({ active }) => active)).size, 2);
  const states = service.keys.keys('vc-jwt').map(({ state }) => state);
  t.same(states.sort(), ['active', 'next', 'retired', 'retired']);
});

await onEachDatabase(t, 'a next key whose private part is elsewhere is not rotated to', async (t, service) => {
  const next = service.keys.keys('access-token').find(({ state }) => state === 'next')!;
  const file = join(service.config.keysDir, `access-token-${next.kid}.pem`);
  renameSync(file, `${file}.away`);
  const active = service.keys.active('access-token').kid;
  await t.rejects(rotateKey(service, 'access-token'), { code: 'key_not_here', status: 409 });
  await service.keys.refresh();
  t.equal(service.keys.active('access-token').kid, active);
});
