// Both databases behind one shape.
import { sql } from '../../src/platform/sql.ts';
import t from 'tap';
import { brokenConstraint, rows, sqlState } from '../../src/platform/database.ts';
import { insertSetting, readSetting } from '../../src/platform/store.ts';
import { onEachDatabase } from './test-service.ts';

await onEachDatabase(t, 'raw queries answer alike: numbers, dates as text, objects', async (t, service) => {
  const query = sql`select count(*) as n, 7::bigint as big, ${new Date(0)}::timestamptz as at, ${'{"a":1}'}::jsonb as o,
                    ${true}::boolean as yes, null as nothing from keys where false`;
  t.same(await rows(service.db.read, query), [
    { n: 0, big: 7, at: '1970-01-01 00:00:00+00', o: { a: 1 }, yes: true, nothing: null },
  ]);
});

await onEachDatabase(t, 'a transaction that throws leaves nothing', async (t, service) => {
  const failing = service.db.transaction(async (tx) => {
    await insertSetting(tx, 'colour', 'grey', service.now());
    throw new Error('changed my mind');
  });
  await t.rejects(failing, /changed my mind/);
  t.equal(await readSetting(service.db.read, 'colour'), undefined);
});

await onEachDatabase(t, 'a failed query tells its SQLSTATE and its constraint', async (t, service) => {
  const insert = sql`insert into settings (name, value, set_at) values ('public_url', 'x', now())`;
  const error: unknown = await service.db.read.execute(insert).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  t.equal(sqlState(error), '23505');
  t.equal(brokenConstraint(error), 'settings_pkey');
  t.equal(sqlState(new Error('of something else')), undefined);
});

await onEachDatabase(
  t,
  'a second way into the database inside a transaction is refused in place of hanging',
  async (t, service) => {
    await service.db.transaction(async () => {
      t.throws(() => service.db.read, /inside a transaction/);
      await t.rejects(
        service.db.transaction(async () => {}),
        /inside a transaction/,
      );
    });
    t.equal(await readSetting(service.db.read, 'public_url'), 'https://badges.example.org');
  },
);
