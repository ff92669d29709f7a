// Places in status lists: never twice, not even after a rollback, and telling nothing of their order.
import t from 'tap';
import { LIST_LENGTH_BITS, takeStatusIndexes, type StatusPlace } from '../../src/credentials/take-status-indexes.ts';
import { countersTaken, takeCounters } from '../../src/credentials/status-store.ts';
import type { Service } from '../../src/platform/service.ts';
import { onEachDatabase } from '../platform/test-service.ts';

const take = (service: Service, count: number) => service.db.transaction((tx) => takeStatusIndexes(tx, service, count));
const text = (place: StatusPlace) => `${place.list}/${place.index}`;

await onEachDatabase(t, 'no place is given twice, to whomever at once', async (t, service) => {
  const replicas = service.db.kind === 'postgres' ? [service, await service.openReplica()] : [service, service];
  const taken = (await Promise.all(Array.from({ length: 12 }, (_, n) => take(replicas[n % 2]!, 40)))).flat();
  if (replicas[1] !== service) await (replicas[1] as typeof service).close();
  t.equal(taken.length, 480);
  t.equal(new Set(taken.map(text)).size, 480);
  for (const { list, index } of taken) t.ok(list === 0 && index >= 0 && index < LIST_LENGTH_BITS);
});

await onEachDatabase(t, 'what a rolled-back transaction took is never given again', async (t, service) => {
  let lost: StatusPlace[] = [];
  await take(service, 1);
  await t.rejects(
    service.db.transaction(async (tx) => {
      lost = await takeStatusIndexes(tx, service, 50);
      throw new Error('rolled back');
    }),
    /rolled back/,
  );
  const after = new Set((await take(service, 200)).map(text));
  t.equal(lost.length, 50);
  t.notOk(lost.some((place) => after.has(text(place))));
});

await onEachDatabase(t, 'the first places of all, rolled back with their secret, do no harm', async (t, service) => {
  await t.rejects(
    service.db.transaction(async (tx) => {
      await takeStatusIndexes(tx, service, 5);
      throw new Error('rolled back');
    }),
  );
  const taken = [...(await take(service, 100)), ...(await take(service, 100))];
  t.equal(new Set(taken.map(text)).size, 200);
});

await onEachDatabase(
  t,
  'an index does not tell when its badge was issued, and another service has others',
  async (t, service) => {
    const indexes = (await take(service, 64)).map((place) => place.index);
    const rising = indexes.filter((index, n) => n > 0 && index > indexes[n - 1]!).length;
    t.ok(rising > 10 && rising < 54, `${rising} of 63 rise`);
    t.ok(Math.max(...indexes) - Math.min(...indexes) > LIST_LENGTH_BITS / 2, 'they lie all over the list');
  },
);

await onEachDatabase(t, 'a full list is followed by the next, which has an order of its own', async (t, service) => {
  const before = await take(service, 30);
  await service.db.transaction((tx) => takeCounters(tx, LIST_LENGTH_BITS - 30));
  t.equal(await countersTaken(service.db.read), LIST_LENGTH_BITS);
  const next = await take(service, 30);
  t.same([...new Set(next.map((place) => place.list))], [1]);
  t.not(next[0]?.index, before[0]?.index);
  t.same(await take(service, 0), []);
});
