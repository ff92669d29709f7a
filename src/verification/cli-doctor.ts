// `cairn doctor [URL]`: is a running deployment as strangers need it, and if not, what is to be mended?
//
// Exit codes: 0 nothing is wrong, 1 something is, 2 the command was wrong.
import { parseArgs } from 'node:util';
import { terminal, type Output } from '../platform/cli-arguments.ts';
import type { SpecimenAnswer } from './doctor/check-specimen.ts';
import { examineDeployment } from './doctor/examine.ts';
import type { Finding, Visit } from './doctor/visit.ts';

const USAGE = `Usage: cairn doctor [URL] [--json]

  URL      where strangers reach the service, such as https://badges.example.org (PUBLIC_URL when left out)
  --json   the findings as JSON`;

/** What the doctor is given; the clock and the network come from here. */
export interface DoctorTools extends Pick<Visit, 'now' | 'fetch'> {
  /** The setting. */
  publicUrl: string;
  /** A test badge, signed by the service whose settings these are. */
  makeSpecimen: () => Promise<SpecimenAnswer>;
  out?: Output;
}

const MARKS: Record<Finding['status'], string> = {
  good: 'good   ',
  odd: 'odd    ',
  bad: 'BAD    ',
  skipped: 'skipped',
};

function tell(out: Output, url: string, findings: Finding[]): void {
  for (const { status, sentence, remedy } of findings)
    out.write(`${MARKS[status]}  ${sentence}\n${remedy === undefined ? '' : `         ${remedy}\n`}`);
  const bad = findings.filter((one) => one.status === 'bad').length;
  const odd = findings.filter((one) => one.status === 'odd').length;
  const verdict = bad === 0 ? 'Strangers can verify what it issues.' : `${bad} to be mended.`;
  out.write(`\n${url}: ${verdict}${odd > 0 ? ` ${odd} could be better.` : ''}\n`);
}

function originOf(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol, origin } = new URL(text);
  return protocol === 'https:' || protocol === 'http:' ? origin : undefined;
}

function readCommand(args: string[]): { asked: string | undefined; json: boolean } | undefined {
  try {
    const { values, positionals } = parseArgs({ args, options: { json: { type: 'boolean' } }, allowPositionals: true });
    return positionals.length > 1 ? undefined : { asked: positionals[0], json: values.json ?? false };
  } catch {
    return undefined;
  }
}

/** Runs the command; gives the exit code. */
export async function runDoctorCommand(args: string[], tools: DoctorTools): Promise<number> {
  const { now, fetch, publicUrl, makeSpecimen, out = terminal } = tools;
  const command = readCommand(args);
  const url = command && originOf(command.asked ?? publicUrl);
  if (!command || !url) {
    out.fail(`${USAGE}\n`);
    return 2;
  }
  const specimen =
    url === publicUrl
      ? await makeSpecimen()
      : { missing: `No test badge was issued: the settings here are those of ${publicUrl}.` };
  const findings = await examineDeployment({ url, now, fetch }, specimen);
  const isWell = findings.every((one) => one.status !== 'bad');
  if (command.json) out.write(`${JSON.stringify({ url, ok: isWell, findings }, null, 2)}\n`);
  else tell(out, url, findings);
  return isWell ? 0 : 1;
}
