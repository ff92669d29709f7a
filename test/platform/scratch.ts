// Folders that a test throws away. In memory where the machine offers it: databases write thousands of small files, and
// on a busy disk that is what tests would wait for (7 s in place of 0.7 for one copy of a cluster).
import { mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MEMORY = '/dev/shm';
const enoughBytes = 2 * 1024 ** 3;

function roomInMemory(): boolean {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize > enoughBytes;
  } catch {
    return false;
  }
}

const parent = process.platform === 'linux' && roomInMemory() ? MEMORY : tmpdir();
const made: string[] = [];

/** A new empty folder, gone when the process ends. */
export function makeScratch(): string {
  const folder = mkdtempSync(join(parent, 'cairn-test-'));
  made.push(folder);
  return folder;
}

process.once('exit', () => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});
