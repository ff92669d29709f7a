// `cairn import FILE`: the same as POST /v1/imports, worked on here and now, with progress to look at. Whoever stops it
// loses nothing: the rows are stored, and the service goes on with them.
import { createReadStream, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import type { Output } from '../platform/cli-arguments.ts';
import { printJson } from '../platform/cli-arguments.ts';
import { callerOf, type Caller } from '../platform/callers.ts';
import { Problem } from '../platform/problem.ts';
import type { Service } from '../platform/service.ts';
import { readClients } from '../platform/store.ts';
import { createImport } from './create-import.ts';
import { readImportArguments } from './import-arguments.ts';
import { describeImport, type ImportAnswer } from './import.ts';
import { recordChunk } from './record-chunk.ts';
import { openProgress } from './show-progress.ts';
import { unknownImport } from './settle-import.ts';
import { listErrors, readImport, type RowError } from './store.ts';

/** How many refused rows are told on stderr; a file takes all of them. */
const TOLD_MAX = 50;

/** @throws {UsageError}; Problems of the deeds; Problem rows_refused when a row was */
export async function runImportCommand(service: Service, args: string[], out: Output): Promise<void> {
  const wanted = readImportArguments(args);
  const caller = await findCaller(service, wanted.client);
  const bytesExpected = sizeOf(wanted.file);
  const progress = openProgress(out, wanted.bar);
  const order = { caller, bytesExpected, format: wanted.format, dryRun: wanted.dryRun };
  async function* bytes(): AsyncGenerator<Buffer> {
    let read = 0;
    for await (const chunk of createReadStream(wanted.file, { highWaterMark: 262_144 }) as AsyncIterable<Buffer>) {
      yield chunk;
      progress.receiving((read += chunk.length), bytesExpected);
    }
  }
  const { id } = await createImport(service, order, bytes());
  const ended = await workThrough(service, id, progress.working);
  progress.end();
  printJson(out, ended);
  if (ended.refused > 0) await tellErrors(service, id, wanted.errors, out);
  if (ended.state !== 'done')
    throw new Problem('import_not_done', 409, `The import ${ended.state}${ended.failure ? `: ${ended.failure}` : ''}.`);
  if (ended.refused > 0)
    throw new Problem('rows_refused', 422, `${ended.refused} of ${ended.read} rows were refused; all others stand.`);
}

/** Records what waits, or waits for a replica that does. */
async function workThrough(service: Service, id: string, show: (one: ImportAnswer) => void): Promise<ImportAnswer> {
  for (;;) {
    const step = await recordChunk(service, id);
    const stored = await readImport(service.db.read, id);
    if (!stored) throw unknownImport();
    const shown = describeImport(stored);
    show(shown);
    if (stored.endedAt !== null) return shown;
    // The intake of the service that runs this has its turn, or the replica that has the import.
    await setTimeout(step === 'taken' ? 100 : 0);
  }
}

async function findCaller(service: Service, id: string | undefined): Promise<Caller> {
  const clients = (await readClients(service.db.read)).filter(
    (one) =>
      one.disabledAt === null && one.scopes.some((scope) => /^(completions:write|reviews:write|admin)$/.test(scope)),
  );
  const found = id === undefined && clients.length === 1 ? clients[0] : clients.find((one) => one.id === id);
  if (found) return callerOf(found, found.scopes);
  const names = clients.map((one) => `${one.id} (${one.name})`).join(', ') || 'none yet; see: cairn clients create';
  const why =
    id === undefined ? 'Say whose completions these are: --client ID.' : `No client ${id} may post completions.`;
  throw new Problem('client_unknown', 422, `${why} There are: ${names}.`);
}

function sizeOf(file: string): number {
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found?.isFile()) throw new Problem('file_unknown', 422, `There is no file ${file}.`);
  return found.size;
}

/** All errors, a page at a time. */
async function* errorsOf(service: Service, id: string): AsyncGenerator<RowError> {
  for (let after = { row: 0, n: 0 }; ;) {
    const page = await listErrors(service.db.read, id, after, 1000);
    yield* page;
    if (page.length < 1000) return;
    after = page.at(-1)!;
  }
}

async function tellErrors(service: Service, id: string, file: string | undefined, out: Output): Promise<void> {
  if (file !== undefined) {
    async function* lines(): AsyncGenerator<string> {
      for await (const { n: _, ...one } of errorsOf(service, id)) yield JSON.stringify(one) + '\n';
    }
    await writeFile(file, lines(), { mode: 0o600 });
    out.fail(`What was wrong with which row is in ${file}.\n`);
    return;
  }
  let told = 0;
  for await (const { row, recordId, code, pointer, column, detail } of errorsOf(service, id)) {
    if ((told += 1) > TOLD_MAX) {
      out.fail(`… and more: --errors FILE takes all of them, and GET /v1/imports/${id}/errors shows them.\n`);
      return;
    }
    const where = column ?? pointer;
    out.fail(`row ${row}${recordId === null ? '' : ` (${recordId})`} ${where ? `${where} ` : ''}${code}: ${detail}\n`);
  }
}
