// Runs the mutants of one surface in a heap of its own, whose bound is the bound that is promised.
import { parentPort, workerData } from 'node:worker_threads';
import { Dice } from './mutate.ts';
import { SURFACES } from './surfaces.ts';

const { surface, seed, mutants } = workerData as { surface: string; seed: string; mutants: number };

interface Failure {
  mutant: string;
  error: string;
  input: string;
}

const failures: Failure[] = [];
let slowest = { ms: 0, mutant: '', input: '' };
for (let number = 0; number < mutants && failures.length < 5; number += 1) {
  const mutant = `${seed}/${surface}/${number}`;
  let input = '';
  const start = performance.now();
  try {
    await SURFACES[surface]!(new Dice(mutant), (shown) => {
      input = typeof shown === 'string' ? shown : `base64:${shown.toString('base64')}`;
      // Told before it is judged: of a mutant that never comes to an end this is all that is known.
      parentPort?.postMessage({ trying: mutant });
    });
  } catch (error) {
    failures.push({ mutant, error: String((error as Error).stack).slice(0, 1000), input: input.slice(0, 4000) });
  }
  const ms = performance.now() - start;
  if (ms > slowest.ms) slowest = { ms, mutant, input: input.slice(0, 4000) };
}
parentPort?.postMessage({ failures, slowest });
