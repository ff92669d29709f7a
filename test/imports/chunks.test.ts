// Rows as the spool keeps them.
import fc from 'fast-check';
import t from 'tap';
import { CHUNK_ROWS, gatherChunks, packChunk, unpackChunk } from '../../src/imports/chunks.ts';
import type { ImportRow } from '../../src/imports/import-row.ts';
import { pieces } from './streams.ts';

async function gather(...lists: ImportRow[][]): Promise<ImportRow[][]> {
  const chunks: ImportRow[][] = [];
  for await (const chunk of gatherChunks(pieces(...lists))) chunks.push(chunk);
  return chunks;
}
const many = (count: number, text: string): ImportRow[] => Array.from({ length: count }, (_, n) => [n + 1, text]);

await t.test('a thousand rows are a chunk, fewer when they are long, and none is lost or empty', async (t) => {
  t.same(
    (await gather(many(1500, 'x'), many(700, 'y'))).map((one) => one.length),
    [CHUNK_ROWS, CHUNK_ROWS, 200],
  );
  t.same(
    (await gather(many(40, 'x'.repeat(60_000)))).map((one) => one.length),
    [17, 17, 6],
  );
  t.same(await gather(), []);
  t.same(await gather([]), []);
});

await t.test('what is packed is unpacked', async (t) => {
  const row = fc.oneof(
    fc.tuple(fc.nat(), fc.string({ unit: 'binary' })),
    fc.tuple(fc.nat(), fc.constant(null), fc.constant('row_too_long' as const)),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(row), async (rows) => {
      t.same(await unpackChunk(await packChunk(rows as ImportRow[])), rows);
    }),
    { numRuns: 50 },
  );
});
