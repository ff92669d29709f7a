// NDJSON as rows.
import fc from 'fast-check';
import t from 'tap';
import { ROW_MAX } from '../../src/imports/import-row.ts';
import { readLines } from '../../src/imports/ndjson-lines.ts';
import { collect, cut, pieces } from './streams.ts';

const read = (text: string, lengths = [text.length]) => collect(readLines(pieces(...cut(text, lengths))));

await t.test('each line is a row under its number; empty ones are counted and left out', async (t) => {
  t.same(await read('{"a":1}\n\n  \r\n{"b":2}\r\n{"c":3}'), [
    [1, '{"a":1}'],
    [4, '{"b":2}\r'],
    [5, '{"c":3}'],
  ]);
  t.same(await read(''), []);
  t.same(await read('\n\n'), []);
});

await t.test('whatever the pieces, the rows are the same', async (t) => {
  const line = fc.string({ maxLength: 20 }).map((text) => text.replaceAll('\n', ''));
  await fc.assert(
    fc.asyncProperty(
      fc.array(line),
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
      async (lines, sizes) => {
        const wanted = lines.flatMap((one, n) => (one.trim() === '' ? [] : [[n + 1, one]]));
        t.same(await read(lines.map((one) => one + '\n').join(''), sizes), wanted);
        t.same(await read(lines.join('\n'), sizes), wanted);
      },
    ),
    { numRuns: 200 },
  );
});

await t.test('a line that is too long is one row, and those after it are read', async (t) => {
  const long = 'x'.repeat(ROW_MAX + 1);
  const longest = 'y'.repeat(ROW_MAX);
  const wanted = [
    [1, 'a'],
    [2, null, 'row_too_long'],
    [3, longest],
    [4, 'b'],
  ];
  for (const size of [100_000_000, 1000, 65_536, 7001])
    t.same(await read(`a\n${long}\n${longest}\nb`, [size]), wanted, `in pieces of ${size}`);
  t.same(await read(`a\n${long.repeat(3)}`, [1000]), wanted.slice(0, 2), 'also at the end');
});

await t.test('fifty megabytes pass through a heap that stays as it is', async (t) => {
  const line = JSON.stringify({ id: 'r', name: 'x'.repeat(400) }) + '\n';
  const piece = line.repeat(150);
  async function* many(): AsyncGenerator<string> {
    for (let n = 0; n < 800; n += 1) {
      yield piece;
      if (n % 10 === 0) await new Promise(setImmediate);
    }
  }
  const before = process.memoryUsage().heapUsed;
  let [rows, greatest] = [0, 0];
  for await (const found of readLines(many())) {
    rows += found.length;
    if (rows % 15_000 === 0) greatest = Math.max(greatest, process.memoryUsage().heapUsed);
  }
  t.equal(rows, 120_000);
  t.ok(greatest - before < 40_000_000, `the heap grew by ${greatest - before} bytes`);
});
