// A folder in place of the Internet: a map from URLs to files, for verification without a network.
//
// Whoever keeps a badge for years keeps its documents beside it. The map is JSON, `{url: {file, status, contentType}}`,
// with files relative to the map's own folder; every URL that is not in it is unreachable, so that what cannot be known
// offline is reported as unknown and never guessed.
//
// Statuses and media types as HTTP has them (RFC 9110, 2022).

import { readFile } from 'node:fs/promises';
import { dirname, resolve as resolvePath } from 'node:path';
import { z } from 'zod';
import { ResolveError, type Resolve } from '../openbadges/resolve.ts';

const entrySchema = z.looseObject({
  file: z.string().min(1),
  status: z.int().min(100).max(599).default(200),
  contentType: z.string().default('application/json'),
});
const mapSchema = z.record(z.string(), entrySchema);

const MOST_BYTES = 16 * 1024 * 1024;

/** A map that cannot be used: which file, what is wrong and how it should look. */
export class DocumentMapError extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = 'DocumentMapError';
  }
}

function withoutFragment(url: string): string {
  return url.split('#', 1)[0]!;
}

async function readMap(path: string): Promise<z.infer<typeof mapSchema>> {
  let json: unknown;
  try {
    json = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw new DocumentMapError(`${path} cannot be read as JSON: ${(error as Error).message}`);
  }
  const parsed = mapSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues[0]!.path.join(' → ');
  throw new DocumentMapError(
    `${path}: ${where || 'the file'} must look like {"https://…": {"file": "issuer.json", "status": 200, "contentType": "application/json"}}.`,
  );
}

/**
 * Opens a document map.
 * Takes the path of MAP.json; gives a `resolve` that answers from it and throws ResolveError('unreachable') for every
 * other URL. Throws DocumentMapError when the map itself cannot be used.
 */
export async function openDocumentMap(path: string): Promise<Resolve> {
  const map = await readMap(path);
  const folder = dirname(path);
  const entries = new Map(Object.entries(map).map(([url, entry]) => [withoutFragment(url), entry]));
  return async (url) => {
    const entry = entries.get(withoutFragment(url));
    if (entry === undefined)
      throw new ResolveError('unreachable', `${url.slice(0, 300)} is not among the documents given.`);
    let bytes: Buffer;
    try {
      bytes = await readFile(resolvePath(folder, entry.file));
    } catch {
      throw new ResolveError('unreachable', `The file for ${url.slice(0, 300)} cannot be read.`);
    }
    if (bytes.length > MOST_BYTES)
      throw new ResolveError('too_large', `The file for ${url.slice(0, 300)} is too large.`);
    return { url, status: entry.status, contentType: entry.contentType, body: bytes.toString('utf8'), bytes };
  };
}
