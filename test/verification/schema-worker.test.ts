// The thread applies each draft by its own rules and answers once.
import { on } from 'node:events';
import { Worker } from 'node:worker_threads';
import t from 'tap';

async function apply(schema: object, document: unknown): Promise<unknown> {
  const worker = new Worker(new URL('../../src/verification/schema-worker.ts', import.meta.url), {
    workerData: { schema, document },
  });
  const told: unknown[] = [];
  for await (const [message] of on(worker, 'message')) if (told.push(message) === 2) break;
  await worker.terminate();
  if (told[0] !== 'started') throw new Error('the thread did not say that it started');
  return told[1];
}

void t.test('drafts 07, 2019-09 and 2020-12', async (t) => {
  for (const draft of [
    'http://json-schema.org/draft-07/schema#',
    'https://json-schema.org/draft/2019-09/schema',
    'https://json-schema.org/draft/2020-12/schema',
  ]) {
    t.strictSame(await apply({ $schema: draft, type: 'object' }, {}), { applied: true, faults: [] }, draft);
    t.match(await apply({ $schema: draft, type: 'object' }, 7), { applied: true, faults: [/object/] });
  }
});

void t.test('what is no schema is not applied', async (t) => {
  t.match(await apply({ type: 'no such type' }, {}), { applied: false });
});
