// npm run bench: every figure as a ratio measured in one run. `--json` prints the ratios alone; `--rounds N` says how
// many rounds a median is made of.
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { postgresFound } from '../test/platform/test-postgres.ts';
import { measureIntake } from './intake.ts';
import { measureSigning } from './sign.ts';

const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, rounds: { type: 'string', default: '7' } },
});
const rounds = Number(values.rounds);
const ratios = { ...(await measureSigning(rounds)) };
if (postgresFound) Object.assign(ratios, await measureIntake(rounds));
else console.error('No PostgreSQL found on this machine: intake was not measured.');

if (values.json) console.log(JSON.stringify({ ratios }));
else {
  console.log(`${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}, medians of ${rounds} rounds\n`);
  for (const [name, ratio] of Object.entries(ratios)) console.log(`${ratio.toPrecision(3).padStart(8)} ×  ${name}`);
}
process.exit(0);
