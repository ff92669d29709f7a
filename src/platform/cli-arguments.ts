// Options of a command, read strictly: an unknown one is an error that says how it is done, never a silent nothing.
import { parseArgs } from 'node:util';
import type { ParseArgsOptionsConfig } from 'node:util';

/** A command line that cannot be understood; the CLI answers 2. */
export class UsageError extends Error {
  constructor(message: string, usage: string) {
    super(`${message}\n\n${usage}`);
    this.name = 'UsageError';
  }
}

/** @throws {UsageError} with the usage text */
export function readArguments<T extends ParseArgsOptionsConfig>(args: string[], options: T, usage: string) {
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError((error as Error).message.split('. To specify')[0]!, usage);
  }
}

/** What a command prints: JSON, so that scripts can read it. */
export function printJson(out: Output, value: unknown): void {
  out.write(JSON.stringify(value, null, 2) + '\n');
}

/** Where a command writes: the terminal, or the socket of whoever handed the command over. */
export interface Output {
  write(text: string): void;
  /** For what went wrong. */
  fail(text: string): void;
}

/** The terminal, or the pipes in its place. */
export const terminal: Output = {
  write: (text) => void process.stdout.write(text),
  fail: (text) => void process.stderr.write(text),
};
