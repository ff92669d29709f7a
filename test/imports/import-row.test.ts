// Rows that could not be read.
import t from 'tap';
import { rowProblem } from '../../src/imports/import-row.ts';

await t.test('each fault of a row has a sentence with a remedy', async (t) => {
  t.match(rowProblem('row_too_long'), { code: 'row_too_long', status: 422, message: /quote missing/ });
  t.match(rowProblem('column_count'), { code: 'column_count', status: 422, message: /separator/ });
});
