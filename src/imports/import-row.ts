// A row on its way from the file into the spool: where it stood, and its record as JSON text, whatever the format was.
import { Problem } from '../platform/problem.ts';

/** The longest row, in characters: a record of ours has about a thousand. */
export const ROW_MAX = 65_536;

/** What can be wrong with a row before it is looked into. */
export type RowFault = 'row_too_long' | 'column_count';

/** The number as people count (a spreadsheet's row, an editor's line), then the record or what was wrong. */
export type ImportRow = [row: number, text: string] | [row: number, text: null, fault: RowFault];

const SENTENCES: Record<RowFault, string> = {
  row_too_long: `This row has more than ${ROW_MAX} characters. Is a quote missing?`,
  column_count: 'This row has another number of cells than the header. Is a separator or a quote missing?',
};

/** The problem of a row that could not be read. */
export function rowProblem(fault: RowFault): Problem {
  return new Problem(fault, 422, SENTENCES[fault]);
}
