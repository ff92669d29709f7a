// Many reads are one query, and none is answered by a query that began before it was asked for.
import t from 'tap';
import { gatherReads } from '../../src/platform/gather-reads.ts';

void t.test('what is asked for together is read once, each key once', async (t) => {
  const queries: string[][] = [];
  const read = gatherReads(async (keys) => {
    queries.push(keys);
    return new Map(keys.filter((key) => key !== 'none').map((key) => [key, key.toUpperCase()]));
  });
  t.same(await Promise.all(['a', 'b', 'a', 'none'].map(read)), ['A', 'B', 'A', undefined]);
  t.same(queries, [['a', 'b', 'none']]);
  t.equal(await read('a'), 'A');
  t.equal(queries.length, 2, 'nothing is kept');
});

void t.test(
  'whoever asks in the next turns shares the query, and whoever never stops asking does not hold it up',
  async (t) => {
    const queries: string[][] = [];
    const read = gatherReads(async (keys) => {
      queries.push(keys);
      return new Map(keys.map((key) => [key, key]));
    });
    const answers: Promise<string | undefined>[] = [];
    for (let n = 0; queries.length === 0 && n < 100; n += 1) {
      answers.push(read(`${n}`));
      await new Promise((resolve) => setImmediate(resolve));
    }
    t.ok(queries[0]!.length > 2 && queries[0]!.length < 20, `${queries[0]!.length} asked for together`);
    t.same(
      await Promise.all(answers),
      answers.map((_, n) => `${n}`),
    );
  },
);

void t.test('a change that came before the question is in the answer, whatever is being read', async (t) => {
  let value = 'old';
  const waiting: (() => void)[] = [];
  const read = gatherReads(async (keys) => {
    const seen = value;
    await new Promise<void>((resolve) => waiting.push(resolve));
    return new Map(keys.map((key) => [key, seen]));
  });
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  const before = read('a');
  while (waiting.length < 1) await turn();
  value = 'new';
  const after = read('a');
  for (let n = 0; n < 5; n += 1) await turn();
  t.equal(waiting.length, 1, 'one query at a time');
  waiting[0]!();
  while (waiting.length < 2) await turn();
  waiting[1]!();
  t.same(await Promise.all([before, after]), ['old', 'new']);
});

void t.test('a query that fails fails those who asked, and the next is a new one', async (t) => {
  let fails = true;
  const read = gatherReads(async (keys) => {
    if (fails) throw new Error('the database is gone');
    return new Map(keys.map((key) => [key, 1]));
  });
  const both = await Promise.allSettled([read('a'), read('b')]);
  t.same(
    both.map((one) => one.status),
    ['rejected', 'rejected'],
  );
  fails = false;
  t.equal(await read('a'), 1);
});
