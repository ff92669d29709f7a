// Statements that are sent ahead: what failed first is told, and nothing is left open.
import { setTimeout } from 'node:timers/promises';
import { sql } from '../../src/platform/sql.ts';
import t from 'tap';
import { rows, sqlState } from '../../src/platform/database.ts';
import { oneTrip, sendAhead } from '../../src/platform/send-ahead.ts';
import { insertSetting, readSetting } from '../../src/platform/store.ts';
import { onEachDatabase } from './test-service.ts';

await onEachDatabase(t, 'the first statement that failed is told, not those behind it', async (t, service) => {
  const failing = service.db.transaction(async (tx) => {
    const sent = sendAhead();
    sent.add(tx.execute(sql`select 1 / 0`));
    return await sent.during(
      (async () => {
        for (let n = 0; n < 3; n += 1) {
          await setTimeout(5);
          sent.add(tx.execute(sql`select ${n}::int`));
        }
        await tx.execute(sql`select 1`);
      })(),
    );
  });
  t.equal(sqlState(await failing.catch((error: unknown) => error)), '22012', 'division by zero, and not 25P02');
});

await t.test('work is answered when all that it sent is answered', async (t) => {
  const sent = sendAhead();
  const order: string[] = [];
  sent.add(setTimeout(30).then(() => order.push('sent')));
  t.equal(await sent.during(Promise.resolve(7)), 7);
  t.same(order, ['sent']);
});

await t.test('work that fails is told after what it sent has ended', async (t) => {
  const sent = sendAhead();
  let ended = false;
  sent.add(setTimeout(30).then(() => (ended = true)));
  await t.rejects(sent.during(Promise.reject(new Error('no key'))), { message: 'no key' });
  t.ok(ended);
});

await t.test('what was sent may send more, and all of it is waited for', async (t) => {
  const sent = sendAhead();
  let last = false;
  const more = async (depth: number): Promise<void> => {
    await setTimeout(5);
    if (depth > 0) sent.add(more(depth - 1));
    else last = true;
  };
  sent.add(more(3));
  await sent.during(Promise.resolve());
  t.ok(last);
});

await onEachDatabase(
  t,
  'of statements sent together the error that is told is that of the first',
  async (t, service) => {
    const told: unknown[] = [];
    await service.db
      .transaction(async (tx) => {
        const slow = tx.execute(sql`select 1 / 0`).then(() => Promise.resolve());
        await oneTrip([slow.then(() => {}), insertSetting(tx, 'colour', 'grey', service.now())]);
      })
      .catch((error: unknown) => told.push(sqlState(error)));
    t.same(told, ['22012']);
    t.equal(await readSetting(service.db.read, 'colour'), undefined);
    const answers = await service.db.transaction((tx) =>
      oneTrip([rows<{ n: number }>(tx, sql`select 1::int as n`), insertSetting(tx, 'colour', 'grey', service.now())]),
    );
    t.same(answers[0], [{ n: 1 }]);
  },
);

await onEachDatabase(t, 'work that learns of a failure by its next statement does not hide it', async (t, service) => {
  const failing = service.db.transaction(async (tx) => {
    const later = tx.execute(sql`select 1`).then(() => tx.execute(sql`select 2`));
    await oneTrip([later, tx.execute(sql`select 1 / 0`)]);
  });
  t.equal(sqlState(await failing.catch((error: unknown) => error)), '22012');
});
