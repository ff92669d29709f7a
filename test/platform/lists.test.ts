// Lists as one parameter: whatever texts are in them comes out as it went in, on both databases.
import { sql } from '../../src/platform/sql.ts';
import fc from 'fast-check';
import t from 'tap';
import { rows } from '../../src/platform/database.ts';
import { columnSet, rowSet, textSet, uuidSet } from '../../src/platform/lists.ts';
import { onEachDatabase } from './test-service.ts';

const storable = fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0') && text.isWellFormed());

await onEachDatabase(t, 'texts come out as they went in: quotes, braces, every script', async (t, service) => {
  await fc.assert(
    fc.asyncProperty(fc.array(storable), async (texts) => {
      const found = await rows<{ v: string }>(service.db.read, sql`select v from ${textSet(texts)} as x`);
      t.same(
        found.map((row) => row.v),
        texts,
      );
    }),
    { numRuns: 30 },
  );
});

await onEachDatabase(t, 'an empty list matches nothing, and a long one is one parameter', async (t, service) => {
  const among = (values: string[]) => sql`select 1 as one where 'a' in ${textSet(values)}`;
  t.equal((await rows(service.db.read, among([]))).length, 0);
  const many = Array.from({ length: 70_000 }, (_, n) => `b${n}`);
  t.equal((await rows(service.db.read, among(many))).length, 0);
  t.equal((await rows(service.db.read, among([...many, 'a']))).length, 1);
});

await onEachDatabase(t, 'UUIDs are compared as UUIDs, whatever their case', async (t, service) => {
  const id = '0b7f3c52-8a3f-4a6d-9d0c-3f7e3a5b1c2d';
  const query = sql`select 1 as one where ${id}::uuid in ${uuidSet([id.toUpperCase()])}`;
  t.equal((await rows(service.db.read, query)).length, 1);
});

await onEachDatabase(
  t,
  'rows come out typed, nulls and nested JSON included; what is absent is null',
  async (t, service) => {
    const given = [
      { id: 1, name: `O'Brien "x" \\`, camelCase: true, more: { a: [1, null] } },
      { id: 2, name: null, more: [] },
    ];
    const columns = 'id int, name text, "camelCase" boolean, more jsonb';
    t.same(await rows(service.db.read, sql`select * from ${rowSet(given, columns)}`), [
      given[0],
      { ...given[1], camelCase: null },
    ]);
  },
);

await onEachDatabase(t, 'columns come out typed, counted and in order, whatever is in them', async (t, service) => {
  const columns = 'id int, name text, "camelCase" boolean, at timestamptz, more jsonb';
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(storable, fc.option(storable), fc.option(fc.boolean()))), async (given) => {
      const values = given.map(([text, name, camelCase], id) => ({
        id,
        name,
        camelCase,
        more: { [text]: [text, null] },
      }));
      const found = await rows(
        service.db.read,
        sql`select id, name, "camelCase", more, place::int from ${columnSet(values, columns, 'place')} order by place`,
      );
      t.same(
        found,
        values.map((value, n) => ({ ...value, place: n + 1 })),
      );
    }),
    { numRuns: 20 },
  );
  const odd = ['null', 'NULL', '{}', '"', '\\', '\\n', ',', ' ', ''].map((name, id) => ({
    id,
    name,
    more: null,
    at: null,
  }));
  t.same(
    await rows(service.db.read, sql`select name from ${columnSet(odd, columns)}`),
    odd.map(({ name }) => ({ name })),
  );
  t.same(await rows(service.db.read, sql`select * from ${columnSet([], columns)}`), []);
  const [found] = await rows<{ ms: number }>(
    service.db.read,
    sql`select extract(epoch from at)::float8 * 1000 as ms
        from ${columnSet([{ at: '2026-03-04T10:11:12.345Z' }], columns)}`,
  );
  t.equal(found?.ms, Date.parse('2026-03-04T10:11:12.345Z'));
});
