// Takes a file of any length in: cut into rows while it comes, spooled a thousand rows at a time, and worked on by a job
// that is sent when the last row is there. Nothing is recorded before, so a file that turns out unreadable, or whose
// sender went away, leaves nothing but the note that it failed.
import { randomUUID } from 'node:crypto';
import type { Caller } from '../platform/callers.ts';
import type { Tx } from '../platform/database.ts';
import { Problem } from '../platform/problem.ts';
import type { Service } from '../platform/service.ts';
import { bringTogether } from './bring-together.ts';
import { gatherChunks, packChunk } from './chunks.ts';
import { readCsv } from './csv-rows.ts';
import type { ImportRow } from './import-row.ts';
import { NO_COUNTS, type Format, type StoredImport } from './import.ts';
import { readLines } from './ndjson-lines.ts';
import { readText, tooLarge, type Received } from './read-text.ts';
import { WORK_QUEUE } from './request-work.ts';
import { endImport } from './settle-import.ts';
import { countOpen, insertChunk, insertImport, lockImport, moveImport, readImport } from './store.ts';

/** Imports of one client that may be under way: each may take as much disk as its file has. */
export const OPEN_MAX = 10;

/** What somebody wants imported. */
export interface ImportOrder {
  caller: Caller;
  format: Format;
  dryRun: boolean;
  /** Where it is known beforehand. */
  bytesExpected?: number;
  /** Told the id as soon as there is one. */
  begun?: (id: string) => void;
}

/**
 * Receives a file. When this returns, every row of it is stored and will be worked on, whatever happens to us.
 * @throws Problem import_too_large (413), too_many_imports (429), not_utf8, columns_wrong, csv_unreadable (422),
 *   import_ended (409) when it was cancelled meanwhile; and what the stream throws.
 */
export async function createImport(
  service: Service,
  order: ImportOrder,
  bytes: AsyncIterable<Uint8Array>,
): Promise<StoredImport> {
  const { importMaxBytes } = service.config;
  if ((order.bytesExpected ?? 0) > importMaxBytes) throw tooLarge(importMaxBytes);
  const id = await beginImport(service, order);
  order.begun?.(id);
  const received: Received & { rows: number } = { bytes: 0, rows: 0 };
  try {
    const text = readText(bytes, importMaxBytes, received);
    const { sources } = order.caller;
    const onlySource = sources.length === 1 ? sources[0] : undefined;
    const rows = order.format === 'csv' ? readCsv(text, service.keyedHash, onlySource) : readLines(text);
    let n = 0;
    for await (const chunk of gatherChunks(bringTogether(rows))) await spool(service, id, n++, chunk, received);
    return await finish(service, id, received);
  } catch (error) {
    const failure = error instanceof Problem ? error.code : 'upload_interrupted';
    await service.db.transaction((tx) => endImport(tx, id, { state: 'failed', failure }, service.now()));
    throw error;
  }
}

async function beginImport(service: Service, { caller, format, dryRun, bytesExpected }: ImportOrder): Promise<string> {
  const id = randomUUID();
  await service.db.transaction(async (tx) => {
    if ((await countOpen(tx, caller.clientId)) >= OPEN_MAX)
      throw new Problem(
        'too_many_imports',
        429,
        `${OPEN_MAX} imports of this client are under way. Wait for one to end.`,
        {
          headers: { 'retry-after': '30', connection: 'close' },
        },
      );
    const { clientId, scopes } = caller;
    const counts = NO_COUNTS;
    const announced = bytesExpected ?? null;
    await insertImport(tx, { id, clientId, scopes, format, dryRun, bytesExpected: announced, counts }, service.now());
  });
  return id;
}

/** @throws Problem import_ended (409) */
async function lockReceiving(tx: Tx, id: string): Promise<void> {
  const found = await lockImport(tx, id);
  if (found?.state !== 'receiving')
    throw new Problem('import_ended', 409, 'This import was cancelled while it came.', {
      headers: { connection: 'close' },
    });
}

async function spool(
  service: Service,
  id: string,
  n: number,
  chunk: ImportRow[],
  received: Received & { rows: number },
): Promise<void> {
  const body = await packChunk(chunk);
  received.rows += chunk.length;
  await service.db.transaction(async (tx) => {
    await lockReceiving(tx, id);
    await insertChunk(tx, id, n, body);
    await moveImport(tx, id, received, service.now());
  });
}

async function finish(service: Service, id: string, received: Received & { rows: number }): Promise<StoredImport> {
  return service.db.transaction(async (tx) => {
    await lockReceiving(tx, id);
    await moveImport(tx, id, { ...received, state: 'waiting' }, service.now());
    await service.jobs.send(tx, WORK_QUEUE, {}, { singletonKey: 'work' });
    const stored = await readImport(tx, id);
    if (!stored) throw new Error('an import was received and is not there');
    return stored;
  });
}
