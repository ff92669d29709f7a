// The ring over its source.
import { generateKeyPairSync } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import t from 'tap';
import { makeKeyRing } from '../../src/platform/key-ring.ts';
import type { KeyState, RingKey } from '../../src/platform/key-ring.ts';

const at = new Date('2026-01-01T00:00:00Z');
const key = (kid: string, state: KeyState): RingKey => ({
  ...{ kid, use: 'data-integrity', algorithm: 'EdDSA', state, publicJwk: {}, createdAt: at },
  ...{ activatedAt: null, retiredAt: null, compromisedAt: null },
});

await t.test('only keys that may sign are loaded, and a key that may not any more is forgotten', async (t) => {
  let keys = [key('a', 'active'), key('b', 'next'), key('c', 'retired'), key('d', 'compromised')];
  const loaded: string[] = [];
  const ring = await makeKeyRing({
    read: async () => keys,
    loadPrivate: async ({ kid }) => (loaded.push(kid), generateKeyPairSync('ed25519').privateKey),
  });
  t.same(loaded.sort(), ['a', 'b']);
  t.equal(ring.active('data-integrity').kid, 'a');
  t.ok(ring.privateKey('b'));
  for (const kid of ['c', 'd', 'unknown']) t.throws(() => ring.privateKey(kid), /not held here/);
  t.same(
    ring.keys('data-integrity').map(({ kid }) => kid),
    ['a', 'b', 'c', 'd'],
  );
  keys = [key('a', 'compromised'), key('b', 'active')];
  await ring.refresh();
  t.throws(() => ring.privateKey('a'), /may no longer sign/);
  t.equal(ring.active('data-integrity').kid, 'b');
  t.same(loaded.sort(), ['a', 'b']);
});

await t.test('a ring is ready when every active private part is held', async (t) => {
  const ring = await makeKeyRing({ read: async () => [key('a', 'active')], loadPrivate: async () => undefined });
  t.notOk(ring.ready());
  t.throws(() => ring.active('vc-jwt'), /keys rotate vc-jwt/);
});

await t.test('a reading that was slow is never put over a later one', async (t) => {
  let keys = [key('a', 'active')];
  let slow: Promise<void> | undefined;
  const ring = await makeKeyRing({
    async read() {
      const read = keys;
      await slow;
      return read;
    },
    loadPrivate: async () => generateKeyPairSync('ed25519').privateKey,
  });
  const gate = Promise.withResolvers<void>();
  slow = gate.promise;
  const early = ring.refresh();
  // It has read, and its answer is under way.
  await setImmediate();
  keys = [key('a', 'compromised'), key('b', 'active')];
  slow = undefined;
  const late = ring.refresh();
  await late;
  gate.resolve();
  await early;
  t.equal(ring.active('data-integrity').kid, 'b');
  t.throws(() => ring.privateKey('a'), /may no longer sign/);
});
