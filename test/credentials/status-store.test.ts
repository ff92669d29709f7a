// Queries on status lists: counters that only rise, bits that are set once, one transaction at a time on a list.
import t from 'tap';
import {
  allLists,
  clearBit,
  countersTaken,
  keepSecret,
  listsSignedBefore,
  lockList,
  readBits,
  readBitsAt,
  isBitSet,
  readSignedBits,
  readList,
  setBits,
  takeCounters,
  writeList,
} from '../../src/credentials/status-store.ts';
import type { Service } from '../../src/platform/service.ts';
import { onEachDatabase } from '../platform/test-service.ts';

const list = (json: string, signedAt: Date) => ({
  ...{ json, etag: `"${json}"`, bits: Buffer.from(json) },
  ...{ signedAt, validUntil: new Date(0) },
});
const inside = <T>(service: Service, work: Parameters<Service['db']['transaction']>[0]) =>
  service.db.transaction(work) as Promise<T>;

await onEachDatabase(t, 'counters begin at 0 and say how many were taken', async (t, service) => {
  t.equal(await countersTaken(service.db.read), 0);
  const taken = await inside<{ counters: number[] }>(service, (tx) => takeCounters(tx, 3));
  t.same(taken.counters, [0, 1, 2]);
  t.equal(await countersTaken(service.db.read), 3);
});

await onEachDatabase(t, 'the first secret stands', async (t, service) => {
  t.equal(await inside(service, (tx) => keepSecret(tx, 'first')), 'first');
  t.equal(await inside(service, (tx) => keepSecret(tx, 'second')), 'first');
});

await onEachDatabase(t, 'bits are set once, read in order, and each list has its own', async (t, service) => {
  const bit = (purpose: string, n: number, index: number) => ({ purpose, n, index });
  await inside(service, (tx) => setBits(tx, [bit('revocation', 0, 9), bit('revocation', 0, 2)], service.now()));
  await inside(service, (tx) => setBits(tx, [bit('revocation', 0, 9), bit('suspension', 0, 5)], service.now()));
  t.same(await readBits(service.db.read, 'revocation', 0), [2, 9]);
  t.equal(await isBitSet(service.db.read, bit('revocation', 0, 9)), true);
  t.equal(await isBitSet(service.db.read, bit('revocation', 1, 9)), false);
  t.same(await readBits(service.db.read, 'revocation', 1), []);
  await inside(service, (tx) => clearBit(tx, bit('suspension', 0, 5), new Date('2026-03-05T00:00:00Z')));
  t.same(await readBits(service.db.read, 'suspension', 0), []);
  const at = (text: string) => readBitsAt(service.db.read, 'suspension', 0, new Date(text));
  t.same(await at('2026-03-04T12:00:00Z'), [5], 'what was cleared stood before');
  t.same(await at('2026-03-04T11:59:59Z'), []);
  t.same(await at('2026-03-05T00:00:00Z'), []);
});

await onEachDatabase(t, 'a list is replaced whole, and found by its age', async (t, service) => {
  const [old, young] = [new Date('2026-03-01T00:00:00Z'), new Date('2026-03-04T00:00:00Z')];
  await inside(service, (tx) => writeList(tx, 'revocation', 0, list('a', old)));
  await inside(service, (tx) => writeList(tx, 'revocation', 1, list('b', young)));
  t.same(await listsSignedBefore(service.db.read, new Date('2026-03-02T00:00:00Z')), [{ purpose: 'revocation', n: 0 }]);
  await inside(service, (tx) => writeList(tx, 'revocation', 0, list('c', young)));
  t.match(await readList(service.db.read, 'revocation', 0), { json: 'c', etag: '"c"' });
  t.same(await readSignedBits(service.db.read, 'revocation', 0), Buffer.from('c'));
  t.equal(await readSignedBits(service.db.read, 'revocation', 9), undefined);
  t.equal(new Date((await readList(service.db.read, 'revocation', 0))!.signedAt).getTime(), young.getTime());
  t.same(await listsSignedBefore(service.db.read, new Date('2026-03-02T00:00:00Z')), []);
  t.equal((await allLists(service.db.read)).length, 2);
  t.equal(await readList(service.db.read, 'revocation', 2), undefined);
});

await onEachDatabase(t, 'whoever publishes a list second sees what the first has set', async (t, service) => {
  if (service.db.kind === 'pglite') return t.comment('PGlite runs one transaction at a time');
  let locked = (): void => {};
  const holding = new Promise<void>((resolve) => (locked = resolve));
  const first = service.db.transaction(async (tx) => {
    await lockList(tx, 'revocation', 0);
    locked();
    await new Promise((resolve) => setTimeout(resolve, 80));
    await setBits(tx, [{ purpose: 'revocation', n: 0, index: 7 }], service.now());
  });
  await holding;
  const seen = await inside(service, async (tx) => {
    await lockList(tx, 'revocation', 0);
    return readBits(tx, 'revocation', 0);
  });
  await first;
  t.same(seen, [7]);
});
