// Rows as the spool keeps them: a thousand at a time, or fewer when they are long, as gzip of a JSON list. One chunk is
// one transaction.
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { ImportRow } from './import-row.ts';

/** Rows of one transaction at most. */
export const CHUNK_ROWS = 1000;
/** Characters of one transaction at most, so that long rows do not make a long one. */
const CHUNK_CHARACTERS = 1024 * 1024;

/** Gathers rows into chunks. */
export async function* gatherChunks(rows: AsyncIterable<ImportRow[]>): AsyncGenerator<ImportRow[]> {
  let chunk: ImportRow[] = [];
  let characters = 0;
  for await (const bunch of rows) {
    for (const row of bunch) {
      const length = row[1]?.length ?? 0;
      if (chunk.length === CHUNK_ROWS || (chunk.length > 0 && characters + length > CHUNK_CHARACTERS)) {
        yield chunk;
        chunk = [];
        characters = 0;
      }
      chunk.push(row);
      characters += length;
    }
  }
  if (chunk.length > 0) yield chunk;
}

const zip = promisify(gzip);
const unzip = promisify(gunzip);

/** Packs a chunk, beside the main thread. At the fastest level 17 MB of records are 0.6 MB. */
export async function packChunk(rows: ImportRow[]): Promise<Buffer> {
  return await zip(JSON.stringify(rows), { level: 1 });
}

/** Unpacks what `packChunk` packed. */
export async function unpackChunk(body: Uint8Array): Promise<ImportRow[]> {
  return JSON.parse(String(await unzip(body))) as ImportRow[];
}
