// Applies a JSON Schema that a credential names: within a second and 64 MiB, or not at all.
//
// The schema is written by a stranger and is a program as far as cost goes (a pattern can backtrack for years), so it
// runs in a thread of its own that is ended when its time is up. Measured: some 90 ms for a schema of the size of the
// official one, nearly all of it starting the thread.

import { Worker } from 'node:worker_threads';
import type { SchemaValidator } from '../openbadges/checks/credential-schema.ts';

const TIME_MS = 1_000;
// On a busy machine the thread alone may take seconds to start.
const START_TIME_MS = 10_000;
const MOST_MEMORY_MB = 64;

type Verdict = Awaited<ReturnType<SchemaValidator>>;

/** Takes the schema and the document; gives what does not fit, or why it could not be applied. Never throws. */
export const applySchema: SchemaValidator = (schema, document) =>
  new Promise<Verdict>((settle) => {
    const worker = new Worker(new URL('./schema-worker.ts', import.meta.url), {
      workerData: { schema, document },
      resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY_MB },
    });
    const end = (verdict: Verdict): void => {
      clearTimeout(timer);
      void worker.terminate();
      settle(verdict);
    };
    const tooLong = (): void => end({ applied: false, why: `it took longer than ${TIME_MS} ms` });
    let timer = setTimeout(tooLong, START_TIME_MS);
    worker.on('message', (message: Verdict | 'started') => {
      if (message !== 'started') return end(message);
      clearTimeout(timer);
      timer = setTimeout(tooLong, TIME_MS);
    });
    worker.once('error', () => end({ applied: false, why: 'it needs more memory than it is given' }));
  });
