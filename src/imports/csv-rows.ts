// CSV (RFC 4180, October 2005) as rows. What spreadsheets add is understood: a byte order mark, `;` or a tab for `,`, a first line
// `sep=;`, line ends of either kind. Parsed by csv-parse; a file that it cannot divide into rows is refused whole, since
// from there on nobody knows where a row begins.
import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import type { KeyedHash } from '../platform/open-keyed-hash.ts';
import { Problem } from '../platform/problem.ts';
import { buildRecord, parseHeader, type Column } from './csv-columns.ts';
import { ROW_MAX, type ImportRow } from './import-row.ts';

/** How many rows are handed on at a time. */
const BUNCH = 200;

/**
 * Reads rows, some at a time, each as a record (see `buildRecord`). The header is row 1, as a spreadsheet counts.
 * @throws Problem columns_wrong, csv_unreadable (422).
 */
export async function* readCsv(
  text: AsyncIterable<string>,
  keyedHash: KeyedHash,
  onlySource?: string,
): AsyncGenerator<ImportRow[]> {
  const { delimiter, all, skipped } = await findDelimiter(text);
  const parser = parse({ delimiter, relax_column_count: true, relax_quotes: true, max_record_size: ROW_MAX });
  // What fails on the way is told by the loop below.
  pipeline(Readable.from(all), parser, () => {});
  let row = skipped;
  let columns: Column[] | undefined;
  let found: ImportRow[] = [];
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      row += 1;
      const empty = cells.length === 1 && cells[0]!.trim() === '';
      if (empty) continue;
      if (!columns) {
        columns = parseHeader(cells);
        continue;
      }
      if (cells.length !== columns.length) found.push([row, null, 'column_count']);
      else found.push([row, JSON.stringify(buildRecord(columns, cells, keyedHash, onlySource))]);
      if (found.length < BUNCH) continue;
      yield found;
      found = [];
    }
  } catch (error) {
    // Rows before it that were not handed on yet are counted by the parser alone.
    if (error instanceof CsvError) throw unreadable(skipped + Number(error.records ?? row) + 1, error);
    throw error;
  }
  if (!columns) parseHeader([]);
  if (found.length > 0) yield found;
}

function unreadable(row: number, error: CsvError): Problem {
  const why = error.code === 'CSV_MAX_RECORD_SIZE' || error.code === 'CSV_QUOTE_NOT_CLOSED';
  const remedy = why ? `A quote that opens in it is never closed, or it has more than ${ROW_MAX} characters.` : '';
  return new Problem('csv_unreadable', 422, `Row ${row} cannot be told from those after it. ${remedy}`.trim(), {
    headers: { connection: 'close' },
  });
}

/** Looks at the first line, in which only separators can be `,`, `;` or a tab, since no column's name has one. */
async function findDelimiter(
  text: AsyncIterable<string>,
): Promise<{ delimiter: string; all: AsyncIterable<string>; skipped: number }> {
  const pieces = text[Symbol.asyncIterator]();
  let begun = '';
  while (!begun.includes('\n') && begun.length <= ROW_MAX) {
    const { value, done } = await pieces.next();
    if (done) break;
    begun += value;
  }
  const said = /^sep=([,;\t])\r?\n/.exec(begun);
  const line = begun.split('\n', 1)[0]!;
  const count = (separator: string): number => line.split(separator).length;
  const most = [',', ';', '\t'].reduce((one, other) => (count(other) > count(one) ? other : one));
  async function* all(): AsyncGenerator<string> {
    try {
      yield said ? begun.slice(said[0].length) : begun;
      for (let next = await pieces.next(); !next.done; next = await pieces.next()) yield next.value;
    } finally {
      await pieces.return?.();
    }
  }
  return { delimiter: said?.[1] ?? most, all: all(), skipped: said ? 1 : 0 };
}
