// NDJSON as rows: one line each, by its number. A line that is too long is one refused row, and the next is read.
import { ROW_MAX, type ImportRow } from './import-row.ts';

/** Cuts text into lines, some at a time; empty ones are left out and counted. */
export async function* readLines(text: AsyncIterable<string>): AsyncGenerator<ImportRow[]> {
  let rest = '';
  let row = 0;
  let skipping = false;

  function take(line: string, found: ImportRow[]): void {
    row += 1;
    if (skipping || line.length > ROW_MAX) found.push([row, null, 'row_too_long']);
    else if (line.trim() !== '') found.push([row, line]);
    skipping = false;
  }

  for await (const piece of text) {
    const found: ImportRow[] = [];
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) take(line, found);
    if (rest.length > ROW_MAX) {
      skipping = true;
      rest = '';
    }
    if (found.length > 0) yield found;
  }
  const last: ImportRow[] = [];
  if (skipping || rest !== '') take(rest, last);
  if (last.length > 0) yield last;
}
