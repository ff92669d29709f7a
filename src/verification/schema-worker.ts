// The thread in which a stranger's JSON Schema is applied: its patterns can run for ever, so it is given a thread that
// can be stopped. It loads no other schema: a $ref that leads elsewhere makes it "not applied".
//
// JSON Schema 2019-09 and 2020-12; older drafts are read as draft-07.

import { parentPort, workerData } from 'node:worker_threads';
import { Ajv } from 'ajv';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { Ajv2020 } from 'ajv/dist/2020.js';

interface Work {
  schema: Record<string, unknown>;
  document: unknown;
}

const OPTIONS = { strict: false, allErrors: false, validateFormats: false, logger: false } as const;

/** The validator of the draft that the schema names. */
function validatorOf(schema: Record<string, unknown>): Ajv {
  const draft = String(schema['$schema'] ?? '');
  if (draft.includes('2020-12')) return new Ajv2020(OPTIONS);
  if (draft.includes('2019-09') || draft === '') return new Ajv2019(OPTIONS);
  return new Ajv(OPTIONS);
}

function apply({ schema, document }: Work): { applied: true; faults: string[] } | { applied: false; why: string } {
  try {
    const validate = validatorOf(schema).compile(schema);
    if (validate(document)) return { applied: true, faults: [] };
    const faults = (validate.errors ?? [])
      .slice(0, 5)
      .map((one) => `${one.instancePath || '/'} ${one.message ?? one.keyword}`.slice(0, 300));
    return { applied: true, faults };
  } catch (error) {
    return { applied: false, why: (error as Error).message.slice(0, 200) };
  }
}

// The time that counts begins here: starting the thread is our doing and not the schema's.
parentPort?.postMessage('started');
parentPort?.postMessage(apply(workerData as Work));
