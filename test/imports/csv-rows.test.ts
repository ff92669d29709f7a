// CSV as rows: what spreadsheets and scripts write.
import fc from 'fast-check';
import t from 'tap';
import { readCsv } from '../../src/imports/csv-rows.ts';
import { ROW_MAX } from '../../src/imports/import-row.ts';
import { collect, cut, hash, pieces } from './streams.ts';

const HEADER = 'id,account,unit,occurred_at,name,reason';
const AT = '2026-03-04T10:11:12Z';

async function read(text: string, lengths = [text.length]) {
  const rows = await collect(readCsv(pieces(...cut(text, lengths)), hash, 'https://moodle.example.edu'));
  return rows.map(([row, record, fault]) => ({ row, fault, record: record === null ? undefined : JSON.parse(record) }));
}
const names = (rows: Awaited<ReturnType<typeof read>>) => rows.map(({ row, record }) => [row, record?.learner.name]);

await t.test(
  'comma, semicolon and tab, line ends of either kind, an end without one, and a line that says sep=',
  async (t) => {
    const wanted = [
      [2, 'Ada'],
      [3, 'Bob'],
    ];
    for (const separator of [',', ';', '\t'])
      for (const end of ['\n', '\r\n'])
        for (const last of ['', end]) {
          const lines = [HEADER, `r1,17,commons/significance,${AT},Ada,`, `r2,18,commons/significance,${AT},Bob,`];
          const text = lines.join(end).replaceAll(',', separator) + last;
          t.same(names(await read(text)), wanted, JSON.stringify([separator, end, last]));
          const said = await read(`sep=${separator}${end}${text}`);
          t.same(
            names(said),
            wanted.map(([row, name]) => [(row as number) + 1, name]),
            'as the spreadsheet counts',
          );
        }
  },
);

await t.test('quotes hold separators, line ends and quotes; a quote within a word is a letter', async (t) => {
  const rows = await read(`${HEADER}\nr1,17,u,${AT},"Example, ""Ada"" of\r\nLovelace",\nr2,18,u,${AT},5" Bob,"a"b\n`);
  t.same(names(rows), [
    [2, 'Example, "Ada" of\r\nLovelace'],
    [3, '5" Bob'],
  ]);
});

await t.test('a row with another number of cells is one refused row; an empty line is none', async (t) => {
  const rows = await read(`${HEADER}\nr1,17,u,${AT}\n\nr2,18,u,${AT},Bob,,\nr3,19,u,${AT},Eve,\n`);
  t.same(
    rows.map(({ row, fault, record }) => [row, fault, record?.id]),
    [
      [2, 'column_count', undefined],
      [4, 'column_count', undefined],
      [5, undefined, 'r3'],
    ],
  );
});

await t.test('a file that cannot be divided into rows is refused with the row', async (t) => {
  await t.rejects(read(`${HEADER}\nr1,17,u,${AT},Ada,\nr2,"17,u,${AT},Bob,\nr3,18,u,${AT},Eve,\n`), {
    code: 'csv_unreadable',
    message: /^Row 3 /,
  });
  await t.rejects(read(`${HEADER}\nr1,17,u,${AT},${'x'.repeat(ROW_MAX)},\n`, [1000]), {
    code: 'csv_unreadable',
    message: /^Row 2 /,
  });
  for (const text of ['', '\n\n', 'a,b\n1,2\n', '<html>\n', '\0'])
    await t.rejects(read(text), { code: 'columns_wrong' });
});

await t.test('a stream that breaks off is told', async (t) => {
  async function* broken(): AsyncGenerator<string> {
    yield `${HEADER}\nr1,17,u,${AT},Ada,\n`;
    throw new Error('gone');
  }
  await t.rejects(collect(readCsv(broken(), hash)), /gone/);
});

await t.test('whatever is in a cell and however the file is cut, what was written is read', async (t) => {
  const cell = fc.string({ unit: 'grapheme', maxLength: 12 });
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(fc.array(cell, { maxLength: 6 }), sizes, fc.constantFrom(',', ';'), async (cells, cuts, sep) => {
      const lines = cells.map((text, n) => [`r${n}`, '17', 'u', AT, quoted(text), quoted(text)].join(sep));
      const rows = await read([HEADER.replaceAll(',', sep), ...lines, ''].join('\r\n'), cuts);
      t.same(
        rows.map(({ record }) => [record.id, record.learner.name, record.reason]),
        cells.map((text, n) => [`r${n}`, text.trim() || undefined, text.trim() || undefined]),
      );
    }),
    { numRuns: 150 },
  );
});
