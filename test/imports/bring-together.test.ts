// Rows of one learner come together, and nothing else is changed.
import fc from 'fast-check';
import t from 'tap';
import { bringTogether } from '../../src/imports/bring-together.ts';
import type { ImportRow } from '../../src/imports/import-row.ts';
import { pieces } from './streams.ts';

async function gather(lists: ImportRow[][], clock: () => number): Promise<ImportRow[][]> {
  const given: ImportRow[][] = [];
  for await (const some of bringTogether(pieces(...lists), clock)) given.push(some);
  return given;
}
const together = (...lists: ImportRow[][]): Promise<ImportRow[][]> => gather(lists, () => 0);

const of = (row: number, learner: string, more = ''): ImportRow => [
  row,
  JSON.stringify({ id: `r${row}`, learner: { identifiers: [{ type: 'email', value: learner }], name: more } }),
];
const rowsOf = (lists: ImportRow[][]): number[] => lists.flat().map(([row]) => row);

await t.test('each learner comes once, in the order of their first rows, each row in its order', async (t) => {
  const rows = [of(1, 'ada'), of(2, 'bob'), of(3, 'ada', 'Ada'), of(4, 'cyd'), of(5, 'bob'), of(6, 'ada')];
  t.same(rowsOf(await together(rows.slice(0, 2), rows.slice(2))), [1, 3, 6, 2, 5, 4]);
  t.same(await together(), []);
  t.same(await together([]), []);
});

await t.test('what has no learner that can be seen stays, in its order', async (t) => {
  const rows: ImportRow[] = [
    [1, 'not JSON'],
    of(2, 'ada'),
    [3, null, 'row_too_long'],
    [4, '{"learner":{"identifiers":'],
    of(5, 'ada'),
    [6, '{}'],
  ];
  t.same(rowsOf(await together(rows)), [1, 3, 4, 6, 2, 5]);
});

await t.test('no row is lost, none comes twice, and none of a learner overtakes another of theirs', async (t) => {
  const row = fc.tuple(fc.constantFrom('ada', 'bob', 'cyd', 'dan]"identifiers"'), fc.string());
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(row)), async (lists) => {
      let n = 0;
      const rows = lists.map((list) => list.map(([learner, name]) => of((n += 1), learner, name)));
      const given = (await together(...rows)).flat();
      t.same(
        given.toSorted(([a], [b]) => a - b),
        rows.flat(),
      );
      for (const learner of ['ada', 'bob', 'cyd', 'dan']) {
        const theirs = given.filter(([, text]) => text?.includes(`"value":"${learner}`)).map(([one]) => one);
        t.same(
          theirs,
          theirs.toSorted((a, b) => a - b),
        );
      }
    }),
    { numRuns: 50 },
  );
});

await t.test('a file of any length is held a piece at a time', async (t) => {
  const many = Array.from({ length: 70_000 }, (_, n) => of(n + 1, `learner-${n % 10}`));
  const bunches = Array.from({ length: 350 }, (_, n) => many.slice(n * 200, n * 200 + 200));
  const short = await together(...bunches);
  t.ok(short.length === 3 && short.every((some) => some.length <= 33_000), `${short.map((some) => some.length)} rows`);
  t.equal(short.flat().length, many.length);

  const long = Array.from({ length: 300 }, (_, n): ImportRow[] => [of(n + 1, 'ada', 'x'.repeat(60_000))]);
  const given = await together(...long);
  t.same(
    given.map((some) => some.length),
    [140, 140, 20],
  );
});

await t.test('a file that comes slowly is handed on meanwhile', async (t) => {
  let seconds = 0;
  const given = await gather(
    Array.from({ length: 12 }, (_, n) => [of(n + 1, `learner-${n % 2}`)]),
    () => (seconds += 1) * 1000,
  );
  t.ok(given.length >= 2 && given.length <= 4, `${given.length} times`);
  t.equal(given.flat().length, 12);
});
