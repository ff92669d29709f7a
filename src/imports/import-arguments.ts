// The command line of an import: read where it is typed, since the file's name means something in that folder and the
// terminal is there, and again where it runs, which may be in the service.
import { resolve } from 'node:path';
import { readArguments, UsageError } from '../platform/cli-arguments.ts';
import type { Format } from './import.ts';

const usage = `Usage:
  cairn import FILE [--client ID] [--dry-run] [--format csv|ndjson] [--errors FILE]

  --client    whose completions these are: its sources, its trust. Needed when there are several
  --dry-run   judge every row and keep nothing
  --format    when the name of the file does not end in .csv, .ndjson or .jsonl
  --errors    where refused rows are told, as NDJSON; on stderr otherwise

The exit code is 0 when no row was refused.`;

const options = {
  client: { type: 'string' },
  'dry-run': { type: 'boolean' },
  format: { type: 'string' },
  errors: { type: 'string' },
  // Set by the command line itself.
  bar: { type: 'boolean' },
} as const;

/** What is asked for. */
export interface ImportArguments {
  file: string;
  client?: string;
  dryRun: boolean;
  format: Format;
  errors?: string;
  /** Whether progress is drawn on one line. */
  bar: boolean;
}

const ENDINGS: Record<string, Format> = { csv: 'csv', ndjson: 'ndjson', jsonl: 'ndjson' };

/** @throws {UsageError} with the usage text */
export function readImportArguments(args: string[]): ImportArguments {
  const { values, positionals } = readArguments(args, options, usage);
  const [file, ...more] = positionals;
  if (file === undefined) throw new UsageError('Which file?', usage);
  if (more.length > 0) throw new UsageError(`${more[0]} is one word too many.`, usage);
  const given = values.format ?? file.slice(file.lastIndexOf('.') + 1).toLowerCase();
  const format = Object.hasOwn(ENDINGS, given) ? ENDINGS[given] : undefined;
  if (format === undefined) throw new UsageError('Say --format csv or --format ndjson.', usage);
  const { client, errors } = values;
  return { file, client, errors, format, dryRun: values['dry-run'] ?? false, bar: values.bar ?? false };
}

/** The same arguments with files by their whole path; what cannot be understood stays as it is, to be refused later. */
export function settleArguments(args: string[], folder: string, bar: boolean): string[] {
  try {
    const { file, client, dryRun, format, errors } = readImportArguments(args);
    return [
      ...(bar ? ['--bar'] : []),
      ...(client === undefined ? [] : ['--client', client]),
      ...(dryRun ? ['--dry-run'] : []),
      ...['--format', format],
      ...(errors === undefined ? [] : ['--errors', resolve(folder, errors)]),
      ...['--', resolve(folder, file)],
    ];
  } catch {
    return args;
  }
}
