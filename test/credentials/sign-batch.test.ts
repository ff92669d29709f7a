// The badges of a batch: each once, in its place, and nothing waits for all of them.
import { setTimeout } from 'node:timers/promises';
import t from 'tap';
import { signBatch, signInBatches, type BadgeOrder } from '../../src/credentials/sign-batch.ts';
import { verifyProofs } from '../../src/openbadges/proofs/proof.ts';
import { sendAhead } from '../../src/platform/send-ahead.ts';
import { documentsOf, ordersFor, publicKey, signing } from './badge-orders.ts';

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

/** Signs in batches. @returns what was stored, by its place. */
async function signAll(
  badges: BadgeOrder[],
  storing: (from: number) => Promise<unknown> = () => Promise.resolve(),
): Promise<string[]> {
  const lines: string[] = [];
  const sent = sendAhead();
  await sent.during(
    signInBatches(signing, badges, sent, (from, to, documents) => {
      const some = documentsOf(documents);
      if (some.length !== to - from) throw new Error('a batch of another length');
      for (const [n, line] of some.entries()) {
        if (lines[from + n] !== undefined) throw new Error('stored twice');
        lines[from + n] = line;
      }
      return storing(from);
    }),
  );
  return lines;
}

await t.test('many badges are signed as few are, each once, and the proofs hold', async (t) => {
  for (const count of [0, 1, 32, 33, 100]) {
    const badges = ordersFor(count);
    const lines = await signAll(badges);
    t.equal(lines.filter((line) => line !== undefined).length, count);
    t.same(lines, count === 0 ? [] : documentsOf(await signBatch(signing, badges)), `${count} badges`);
  }
  const judged = await verifyProofs(JSON.parse((await signAll(ordersFor(70))).at(-1)!), {
    now: signing.awardedAt,
    purpose: 'assertionMethod',
    resolveMethod: () => Promise.resolve({ controller: 'did:web:badges.example.org', publicKey }),
  });
  t.match(judged, [{ status: 'good' }]);
});

await t.test(
  'what cannot be signed is told, whichever batch it is in, when all that was sent is answered',
  async (t) => {
    for (const place of [0, 40, 99]) {
      const badges = ordersFor(100);
      let open = 0;
      const storing = async (): Promise<void> => {
        open += 1;
        await setTimeout(5);
        open -= 1;
      };
      const broken = badges.with(place, { ...badges[place]!, achievement: 'core/none' });
      await t.rejects(signAll(broken, storing), /core\/none/, `the badge at ${place}`);
      t.equal(open, 0, 'nothing outlives it');
    }
  },
);

await t.test('what cannot be stored is told', async (t) => {
  for (const place of [0, 32, 96])
    await t.rejects(
      signAll(ordersFor(100), (from) => (from === place ? Promise.reject(new Error('full')) : Promise.resolve())),
      /full/,
    );
});

await t.test('while many badges are signed, whatever came meanwhile has its turn', async (t) => {
  let [turns, counting] = [0, true];
  const count = (): void => {
    turns += 1;
    if (counting) setImmediate(count);
  };
  setImmediate(count);
  await signAll(ordersFor(320));
  counting = false;
  t.ok(turns >= 10, `${turns} turns`);
});
