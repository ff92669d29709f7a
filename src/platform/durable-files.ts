// PGlite's folder on a real disk, with the one operation its file system leaves out: fsync. Without it a committed
// badge would live in the page cache until the kernel finds time, and a power cut would take it.
import { existsSync, fsyncSync } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';

type Init = NodeFS['init'];
type Options = Parameters<Init>[1];

interface EmscriptenModule {
  NODEFS: { stream_ops: { fsync?: (stream: { nfd: number }) => number } };
}

/** NodeFS whose open files answer fsync; PostgreSQL's own WAL and checkpoints then do the rest. */
export class DurableFS extends NodeFS {
  override async init(pglite: PGlite, options: Options): ReturnType<Init> {
    const { emscriptenOpts } = await super.init(pglite, options);
    const addFsync = (module: unknown): void => {
      (module as EmscriptenModule).NODEFS.stream_ops.fsync = (stream) => {
        fsyncSync(stream.nfd);
        return 0;
      };
    };
    return { emscriptenOpts: { ...emscriptenOpts, preRun: [...(emscriptenOpts.preRun ?? []), addFsync] } };
  }
}

// A process may have 1,024 files open by default.
const atOnce = 64;

/** Syncs a file, or a folder's list of names. */
export async function syncEntry(path: string): Promise<void> {
  const entry = await open(path, 'r');
  try {
    await entry.sync();
  } finally {
    await entry.close();
  }
}

/**
 * Syncs a folder with all that is in it: once, after it was first filled. Many at the same time, since the journal then
 * writes them in one go: on a busy disk a thousand files one by one took 3.3 s.
 */
export async function syncFolder(folder: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const paths = entries
    .filter((entry) => entry.isFile() || entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name));
  const syncNext = async (): Promise<void> => {
    for (let path = paths.pop(); path !== undefined; path = paths.pop()) await syncEntry(path);
  };
  await Promise.all(Array.from({ length: atOnce }, syncNext));
  await syncEntry(folder);
}

/** Whether PostgreSQL has made its folder here. */
export function holdsDatabase(folder: string): boolean {
  return existsSync(join(folder, 'PG_VERSION'));
}
