// Hostile JSON, JWS, pictures, lists and JSON-LD: an answer or a named fault, never a crash, within 64 MiB. Short here;
// FUZZ_MUTANTS=20000 FUZZ_SEED=… for as long as wanted. What was found stands in corpus.test.ts.
import { Worker } from 'node:worker_threads';
import t from 'tap';
import { SURFACES } from './surfaces.ts';

const mutants = Number(process.env.FUZZ_MUTANTS ?? 150);
const seed = process.env.FUZZ_SEED ?? 'cairn';
// The modules, the contexts and the inputs take 21 MiB of it before the first mutant.
const HEAP_MIB = 21 + 64;

interface Verdict {
  failures: unknown[];
  slowest: { ms: number; mutant: string; input: string };
}

function run(surface: string): Promise<Verdict> {
  return new Promise((resolve, reject) => {
    let trying = '';
    const worker = new Worker(new URL('fuzz-worker.ts', import.meta.url), {
      workerData: { surface, seed, mutants },
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MIB, maxYoungGenerationSizeMb: 16 },
    });
    worker.on('message', (message: { trying: string } | Verdict) => {
      if ('trying' in message) trying = message.trying;
      else resolve(message);
    });
    worker.on('error', (error) => reject(new Error(`${error.message} (at ${trying})`)));
  });
}

for (const surface of Object.keys(SURFACES))
  void t.test(`${mutants} mutants: ${surface}`, { timeout: 0 }, async (t) => {
    const { failures, slowest } = await run(surface);
    t.same(failures, []);
    if (process.env.FUZZ_MUTANTS)
      t.comment(`slowest: ${slowest.ms.toFixed(0)} ms at ${slowest.mutant}\n${slowest.input.slice(0, 600)}`);
  });
