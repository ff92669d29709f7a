// `cairn verify FILE…`: the verifier on the command line, without a database and, with --documents, without a network.
//
// A file that is no badge is an answer like any other; only what is wrong with the command itself ends it. With --json
// one line a file, so that thousands of files go through a pipe.
//
// Exit codes: 0 every file valid (warnings included), 1 at least one not, 2 the command was wrong.

import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { KnownRecipient } from '../openbadges/checks/examination.ts';
import { dateTimeForm } from '../openbadges/primitives.ts';
import type { Report } from '../openbadges/report.ts';
import type { Resolve } from '../openbadges/resolve.ts';
import { applySchema } from './apply-schema.ts';
import { openDocumentMap } from './offline-documents.ts';
import { openGuardedNetwork } from './resolvers.ts';
import { verifySubmission } from './verify-submission.ts';

const USAGE = `Usage: cairn verify FILE... [--at TIME] [--documents MAP.json] [--recipient EMAIL] [--json]

  FILE          a badge: JSON, JWT, baked PNG or SVG, a PDF it is attached to, or its https address; - reads standard input
  --at          the instant to judge at, such as 2026-03-04T10:11:12Z (now when left out)
  --documents   a map from URLs to files; every other URL counts as unreachable
  --recipient   the e-mail address the badge should belong to
  --json        one JSON line for each file`;

class UsageError extends Error {}

interface Command {
  files: string[];
  at: Date | undefined;
  documents: string | undefined;
  recipient: KnownRecipient | undefined;
  json: boolean;
}

function parseAt(text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  if (dateTimeForm(text) !== 'zoned')
    throw new UsageError(`--at must be a time with a zone, such as 2026-03-04T10:11:12Z, not "${text}".`);
  return new Date(text);
}

/** An e-mail by its name; anything with a scheme is the subject's id. */
export function recipientFrom(text: string | undefined): KnownRecipient | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  const known = text.trim();
  if (/^(did|urn|https?):/.test(known)) return { id: known, identities: [] };
  const email = known.replace(/^mailto:/, '');
  return { id: `mailto:${email}`, identities: [{ identityType: 'emailAddress', identifier: email }] };
}

function parseCommand(args: string[]): Command {
  const options = {
    at: { type: 'string' },
    documents: { type: 'string' },
    recipient: { type: 'string' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  } as const;
  let parsed;
  try {
    parsed = parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
  if (parsed.values.help || parsed.positionals.length === 0) throw new UsageError('Name at least one file.');
  const { at, documents, recipient, json } = parsed.values;
  return { files: parsed.positionals, at: parseAt(at), documents, recipient: recipientFrom(recipient), json };
}

const MARKS = { pass: '✓', warn: '!', fail: '✗', unknown: '?', skipped: '·' } as const;
const HEADINGS = {
  valid: 'Valid',
  valid_with_warnings: 'Valid, with warnings',
  invalid: 'NOT VALID',
  indeterminate: 'Could not be fully checked',
} as const;

function forPeople(file: string, report: Report): string {
  const lines = report.checks
    .filter((one) => one.status !== 'skipped')
    .map((one) => `  ${MARKS[one.status]} ${one.id.padEnd(16)} ${one.message}`);
  return [`${file}: ${HEADINGS[report.outcome]}`, ...lines, ''].join('\n');
}

async function readStandardInput(): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of process.stdin) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

async function readInput(file: string): Promise<Uint8Array | string> {
  if (file === '-') return readStandardInput();
  if (/^https?:\/\//.test(file)) return file;
  try {
    return await readFile(file);
  } catch (error) {
    throw new UsageError(
      `${file} cannot be read: ${(error as NodeJS.ErrnoException).code ?? (error as Error).message}.`,
    );
  }
}

interface Reach {
  resolve: Resolve;
  close: () => Promise<void>;
}

async function openReach(documents: string | undefined): Promise<Reach> {
  if (documents === undefined) return openGuardedNetwork();
  return { resolve: await openDocumentMap(documents), close: async () => {} };
}

async function verifyFiles(command: Command, resolve: Resolve, print: (line: string) => void): Promise<number> {
  let code = 0;
  for (const file of command.files) {
    try {
      const report = await verifySubmission(await readInput(file), {
        resolve,
        now: new Date(),
        at: command.at,
        recipient: command.recipient,
        validateSchema: applySchema,
      });
      if (report.outcome === 'invalid' || report.outcome === 'indeterminate') code = Math.max(code, 1);
      print(command.json ? JSON.stringify({ file, ...report }) : forPeople(file, report));
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      // One missing file must not hide the answers on the others.
      code = 2;
      print(command.json ? JSON.stringify({ file, error: error.message }) : `${file}: ${error.message}\n`);
    }
  }
  return code;
}

/**
 * Runs `cairn verify`.
 * Takes the arguments after `verify` and where to print; gives the exit code. Throws only for faults of ours.
 */
export async function runVerifyCommand(
  args: string[],
  print: (line: string) => void = (line) => void process.stdout.write(`${line}\n`),
): Promise<number> {
  let reach: Reach | undefined;
  try {
    const command = parseCommand(args);
    reach = await openReach(command.documents);
    return await verifyFiles(command, reach.resolve, print);
  } catch (error) {
    const known = error instanceof UsageError || (error as Error).name === 'DocumentMapError';
    if (!known) throw error;
    process.stderr.write(`${(error as Error).message}\n\n${USAGE}\n`);
    return 2;
  } finally {
    await reach?.close();
  }
}
