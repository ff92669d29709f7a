// Many records in one request: each line is judged by itself.
import fc from 'fast-check';
import t from 'tap';
import { BATCH_MAX, batchBody, readRecords, summarize } from '../../src/completions/batch.ts';
import { Problem } from '../../src/platform/problem.ts';

await t.test('NDJSON is read line by line, in order, whatever the line ends and empty lines', async (t) => {
  t.same(readRecords('{"a":1}\r\n\n {"a":2}\n'), [{ a: 1 }, { a: 2 }]);
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), (values) => {
      t.same(
        JSON.stringify(readRecords(values.map((value) => JSON.stringify(value)).join('\n'))),
        JSON.stringify(values),
      );
    }),
  );
});

await t.test('a line that is no JSON is a problem in its place and takes no other down', async (t) => {
  const [first, second, third] = readRecords('{"a":1}\n{"a":\n{"a":3}');
  t.same([first, third], [{ a: 1 }, { a: 3 }]);
  t.ok(second instanceof Problem && second.status === 400 && second.code === 'line_not_json');
});

await t.test('a thousand records are taken, one more is refused, in both forms', async (t) => {
  const many = (count: number) => Array.from({ length: count }, () => ({}));
  const lines = (count: number) =>
    many(count)
      .map(() => '{}')
      .join('\n');
  t.equal(readRecords(lines(BATCH_MAX)).length, BATCH_MAX);
  t.throws(() => readRecords(lines(BATCH_MAX + 1)), { code: 'batch_too_long', status: 422 });
  t.ok(batchBody.safeParse({ records: many(BATCH_MAX) }).success);
  t.notOk(batchBody.safeParse({ records: many(BATCH_MAX + 1) }).success);
  t.notOk(batchBody.safeParse({ records: [], more: 1 }).success);
  t.same(readRecords({ records: [1, null] }), [1, null]);
});

await t.test('the summary counts each answer once; stale records are among the created', async (t) => {
  const results = [
    { status: 201, effect: 'recorded' },
    { status: 201, effect: 'stale' },
    { status: 200, effect: 'stale' },
    { status: 202, effect: 'parked' },
    { status: 200, effect: 'dropped' },
    { status: 409 },
    { status: 503 },
  ];
  t.same(summarize(results), { created: 2, replayed: 1, stale: 1, parked: 1, dropped: 1, failed: 2 });
});
