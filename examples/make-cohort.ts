// Writes `examples/cohort/`: the autumn of 2025 as three platforms report it, and what it must come to.
// The seed is fixed and the clock is not asked, so the bytes are always the same; a test compares them with the files.
import { mkdirSync, writeFileSync } from 'node:fs';
import { deliveriesOf } from './making/deliveries.ts';
import { expectedOf } from './making/expect.ts';

export const COHORT_FOLDER = new URL('./cohort/', import.meta.url);

/** The files of the cohort by name. */
export function cohortFiles(): Map<string, string> {
  const deliveries = deliveriesOf('autumn 2025');
  const files = new Map<string, string>();
  for (const { file, records } of deliveries) {
    files.set(file, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
  }
  files.set('expected.json', `${JSON.stringify(expectedOf(deliveries), null, 2)}\n`);
  return files;
}

if (import.meta.main) {
  mkdirSync(COHORT_FOLDER, { recursive: true });
  for (const [name, text] of cohortFiles()) {
    writeFileSync(new URL(name, COHORT_FOLDER), text);
    console.log(
      `${name.padEnd(24)} ${String(text.split('\n').length - 1).padStart(5)} lines ${text.length} characters`,
    );
  }
}
