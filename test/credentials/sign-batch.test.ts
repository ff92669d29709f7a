// The badges of a batch: the same bytes wherever they are made, and nothing waits for all of them.
import t from 'tap';
import { signBatch } from '../../src/credentials/sign-batch.ts';
import { openWorkers } from '../../src/platform/worker-pool.ts';
import { documentsOf, ordersFor, signing } from './badge-orders.ts';

await t.test('a thread makes of a batch the same bytes as the main thread', async (t) => {
  const workers = openWorkers({ threads: 1 });
  t.teardown(() => workers.close());
  const badges = ordersFor(12);
  const here = await signBatch(signing, badges);
  const there = await workers.run('sign-badges', { ...signing, badges: JSON.stringify(badges) });
  t.equal(workers.size(), 1);
  t.same(there, here);
  t.same(await signBatch(signing, badges), here, 'and again');
});

await t.test('a line is a whole badge, of its own earner, in the order of the orders', async (t) => {
  const badges = ordersFor(3);
  const lines = documentsOf(await signBatch(signing, badges));
  t.equal(lines.length, 3);
  for (const [n, line] of lines.entries()) {
    const badge = JSON.parse(line) as { id: string; credentialSubject: { id: string } };
    t.equal(badge.id, `https://badges.example.org/credentials/${badges[n]!.id}`);
    t.equal(badge.credentialSubject.id, badges[n]!.subjectId);
  }
});

await t.test('what is in no track is not signed', async (t) => {
  await t.rejects(signBatch(signing, [{ ...ordersFor(1)[0]!, trackVersion: '0.1' }]), /not in version 0\.1/);
});

await t.test('while many badges are signed, whatever came meanwhile has its turn', async (t) => {
  let [turns, counting] = [0, true];
  const count = (): void => {
    turns += 1;
    if (counting) setImmediate(count);
  };
  setImmediate(count);
  await signBatch(signing, ordersFor(100));
  counting = false;
  t.ok(turns >= 20, `${turns} turns`);
});
