// What this room says in the contract is said of routes that there are.
import t from 'tap';
import { importsContract } from '../../src/imports/contract.ts';
import { COLUMNS } from '../../src/imports/csv-columns.ts';
import { holdRoom } from '../contract/room.ts';

await t.test('every text belongs to a route', async (t) => holdRoom(t, importsContract));

await t.test('every column is described', async (t) => {
  const { description } = importsContract.operations['POST /v1/imports']!;
  for (const name of Object.keys(COLUMNS)) t.match(description, `- \`${name}\`: `);
});
