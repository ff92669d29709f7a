// How long a service with the embedded database takes from the start of its process to its first "ready", when it has run
// before: in seconds, and so the only figure that is no ratio.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../test/platform/server-process.ts';
import { median } from './measure.ts';
import { startProcess, stopProcess } from './start-process.ts';

/** Seconds to ready. */
export async function measureReady(rounds: number): Promise<Record<string, number>> {
  const folder = mkdtempSync(join(tmpdir(), 'cairn-bench-'));
  const port = await freePort();
  const env = {
    ...{ DATA_DIR: join(folder, 'data'), KEYS_DIR: join(folder, 'keys'), PORT: String(port), HOST: '127.0.0.1' },
    ...{ PUBLIC_URL: `http://localhost:${port}`, LOG_LEVEL: 'warn', DATABASE_URL: '' },
  };
  const seconds: number[] = [];
  try {
    for (let round = 0; round <= rounds; round += 1) {
      const begun = performance.now();
      const child = await startProcess('src/server.ts', env, `http://127.0.0.1:${port}/readyz`);
      if (round > 0) seconds.push((performance.now() - begun) / 1000);
      await stopProcess(child);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return { 'ready-s': median(seconds) };
}
