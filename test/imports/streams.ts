// Streams of bytes and of text for the tests of this room, and files of rows.
import { createHmac } from 'node:crypto';
import type { Caller } from '../../src/platform/callers.ts';
import { createClient } from '../../src/platform/create-client.ts';
import { createImport } from '../../src/imports/create-import.ts';
import type { StoredImport } from '../../src/imports/import.ts';
import { callerOf } from '../../src/platform/callers.ts';
import { readImport } from '../../src/imports/store.ts';
import { workImports } from '../../src/imports/work-imports.ts';
import type { TestService } from '../platform/test-service.ts';
import { MOODLE } from '../completions/submissions.ts';

/** A keyed hash whose key everybody knows. */
export const hash = (text: string): string => createHmac('sha256', 'key').update(text).digest('base64url');

/** Pieces one after the other. */
export async function* pieces<T>(...all: T[]): AsyncGenerator<T> {
  yield* all;
}

/** A text cut into pieces of these lengths, again and again; a code point stays whole, as a decoder leaves it. */
export function cut(text: string, lengths: number[]): string[] {
  const found: string[] = [];
  const points = Array.from(text);
  for (let at = 0, n = 0; at < points.length; n += 1) {
    const length = Math.max(1, lengths[n % lengths.length] ?? 1);
    found.push(points.slice(at, at + length).join(''));
    at += length;
  }
  return found;
}

/** Everything that a generator of lists gives. */
export async function collect<T>(lists: AsyncIterable<T[]>): Promise<T[]> {
  const all: T[] = [];
  for await (const list of lists) all.push(...list);
  return all;
}

/** Records as NDJSON. */
export const ndjson = (records: unknown[]): string => records.map((one) => JSON.stringify(one) + '\n').join('');

/** A client that may post completions, as a caller. */
export async function makeCaller(
  service: TestService,
  scopes = ['completions:write'],
  sources = [MOODLE],
  trustEmail = true,
): Promise<Caller> {
  const { client } = await createClient(service, { name: 'A client', scopes, sources, trustEmail } as never);
  return callerOf(client, scopes);
}

/** Receives a text as an import. */
export async function receive(
  service: TestService,
  caller: Caller,
  text: string,
  more: { format?: 'csv' | 'ndjson'; dryRun?: boolean } = {},
): Promise<StoredImport> {
  const order = { caller, format: 'ndjson' as const, dryRun: false, ...more };
  return createImport(service, order, pieces(Buffer.from(text)));
}

/** Receives a text and works until nothing is left; gives the import as it ended. */
export async function importAll(...args: Parameters<typeof receive>): Promise<StoredImport> {
  const { id } = await receive(...args);
  await workImports(args[0]);
  return (await readImport(args[0].db.read, id))!;
}
