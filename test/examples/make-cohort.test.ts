// Holds the example cohort to its generator, and to what the README of the examples promises of it.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import t from 'tap';
import { COHORT_FOLDER, cohortFiles } from '../../examples/make-cohort.ts';
import type { CompletionRecord } from '../../examples/making/records.ts';
import { completionRecord } from '../../src/completions/completion.ts';

const files = cohortFiles();
const records = [...files]
  .filter(([name]) => name.endsWith('.ndjson'))
  .flatMap(([, text]) => text.trimEnd().split('\n'))
  .map((line) => JSON.parse(line) as CompletionRecord);

await t.test('the committed cohort is what the generator writes, to the byte', async (t) => {
  t.same(readdirSync(COHORT_FOLDER).sort(), [...files.keys()].sort());
  for (const [name, text] of files) {
    const file = new URL(name, COHORT_FOLDER);
    t.ok(
      existsSync(file) && readFileSync(file, 'utf8') === text,
      `${name} (npx node examples/make-cohort.ts writes it anew)`,
    );
  }
});

await t.test('every record is well formed: what is parked or refused is so for what it means', async (t) => {
  const faults = records.filter((record) => !completionRecord.safeParse(record).success);
  t.same(faults, []);
});

await t.test('the cohort has the size and the troubles that it promises', async (t) => {
  const expected = JSON.parse(files.get('expected.json') ?? '{}') as {
    records: number;
    learners: number;
    fates: Record<string, number>;
    awards: Record<string, number>;
  };
  t.ok(expected.learners >= 40 && expected.records >= 1500, 'at least 40 learners and 1,500 records');
  t.equal(expected.records, records.length);
  t.equal(
    Object.values(expected.fates).reduce((sum, n) => sum + n, 0),
    records.length,
    'every record has one fate',
  );
  for (const [fate, n] of Object.entries(expected.fates)) t.ok(n > 0, `some are ${fate}`);
  for (const [achievement, n] of Object.entries(expected.awards)) t.ok(n > 0, `somebody earns ${achievement}`);
});
