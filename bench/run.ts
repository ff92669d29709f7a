// npm run bench: every figure as a ratio measured in one run, written to bench/RESULTS.md with the machine and the method.
// `--json` prints {"ratios": {…}} alone and writes nothing; `--rounds N` says how many rounds a median is made of;
// `--only signing,intake` measures some and writes nothing either; `--profile` says where the time went. Growth is measured
// with a million completions; `--only growth --completions 10000000` fills a disk with 16 GB and takes seven minutes.
import { writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { postgresFound } from '../test/platform/test-postgres.ts';
import { measureGrowth } from './growth.ts';
import { measureImport } from './import.ts';
import { measureIntake } from './intake.ts';
import { measureIntakeP99 } from './intake-p99.ts';
import { measureMemory } from './memory.ts';
import { profiled } from './profile.ts';
import { measureReady } from './ready.ts';
import { measureScale } from './scale.ts';
import { measureSigning } from './sign.ts';
import { measureVerifying } from './verify.ts';

const ALL = 'signing,verifying,scale,ready,intake,intake-p99,import,memory,growth';
const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '7' },
    only: { type: 'string', default: ALL },
    completions: { type: 'string', default: '1000000' },
    profile: { type: 'boolean', default: false },
  },
});
const rounds = Number(values.rounds);
const parts: Record<string, (rounds: number) => Promise<Record<string, number>>> = {
  signing: measureSigning,
  verifying: measureVerifying,
  scale: measureScale,
  ready: measureReady,
  intake: measureIntake,
  'intake-p99': measureIntakeP99,
  import: measureImport,
  memory: measureMemory,
  growth: () => measureGrowth(Number(values.completions)),
};
const ratios: Record<string, number> = {};
for (const name of values.only.split(',')) {
  const measure = parts[name];
  if (!measure) throw new Error(`There is no ${name} to measure; there are ${Object.keys(parts).join(', ')}.`);
  if (/^(intake-p99|import|memory|growth)$/.test(name) && !postgresFound)
    console.error(`No PostgreSQL found on this machine: ${name} was not measured.`);
  else Object.assign(ratios, await (values.profile ? profiled(name, () => measure(rounds)) : measure(rounds)));
}

/** What each figure is to reach. */
const WANTED: Record<string, string> = {
  'sign/digitalbazaar': '≥ 80',
  'sign/raw-ed25519': '≥ 0.5',
  'verify-warm/digitalbazaar': '≥ 30',
  'verify-cold/digitalbazaar': '≥ 7',
  'verify-warm/raw-ed25519': '≥ 0.5',
  'scale-1-to-2': '≥ 1.7',
  'award/insert-floor': '≥ 0.85',
  'record/insert-floor': '≥ 1.0',
  'memory-growth': '≤ 1.2',
  'import/single-posts': '≥ 3',
  'cohort/insert-floor': '≥ 0.5',
  'get-json/static-floor': '≥ 0.7',
  'badge-page/static-floor': '≥ 0.5',
  'ready-s': '≤ 1.5',
  'intake-p99/with-verification': '≤ 2',
  growth: '≥ 0.9',
};

if (values.json) console.log(JSON.stringify({ ratios }));
else {
  const machine = `${cpus().length} × ${cpus()[0]?.model}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`;
  const load = loadavg()[1]?.toFixed(1);
  const lines = Object.entries(ratios).map(
    ([name, ratio]) => `| \`${name}\` | ${ratio.toPrecision(3)} | ${WANTED[name] ?? ''} |`,
  );
  const text = [
    '# Measured',
    '',
    `On ${machine}, at a load of ${load} (5 minutes), ${new Date().toISOString().slice(0, 10)}. Medians of ${rounds} rounds; the`,
    'rivals take turns within one run, so a slow moment of the machine falls on both. Signing and verifying are measured in',
    'CPU time of the thread, everything else on the wall. A peer is `@digitalbazaar/vc`; a floor is a bare Fastify route,',
    'with one INSERT of the same bytes on the same PostgreSQL with fsync, or answering the same bytes.',
    '',
    '| figure | measured | wanted |',
    '|---|---|---|',
    ...lines,
    '',
  ].join('\n');
  if (values.only === ALL && !values.profile) writeFileSync(new URL('RESULTS.md', import.meta.url), text);
  console.log(text);
}
process.exit(0);
