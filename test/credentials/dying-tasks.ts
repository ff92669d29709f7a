// A thread that dies over the second batch that it signs.
import { parentPort } from 'node:worker_threads';
import { signSent } from '../../src/credentials/sign-batch.ts';
import { serveTasks, type Tasks } from '../../src/platform/worker-thread.ts';

let batches = 0;

export const tasks: Tasks = {
  'sign-badges': async (batch) => {
    batches += 1;
    if (batches > 1) process.exit(1);
    return signSent(batch);
  },
};

if (parentPort) serveTasks(parentPort, tasks);
