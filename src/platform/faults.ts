// What zod found, as faults that say the remedy: a caller should be able to mend the request without reading our code.
import type { z } from 'zod';
import { jsonPointer } from './problem.ts';
import type { Fault } from './problem.ts';

type Issue = z.core.$ZodIssue;

const kinds: Record<string, string> = {
  string: 'a string',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
  record: 'an object',
};

const formats: Record<string, string> = {
  uuid: 'a UUID, such as 9f1d6f0e-2c53-4f0e-9d5e-0d1b3f6f8c11',
  email: 'an e-mail address',
  url: 'an absolute URL',
  datetime: 'a time with zone (RFC 3339), such as 2026-03-04T10:11:12Z',
  date: 'a date, such as 2026-03-04',
  regex: 'text of the form that the reference describes',
};

function bound(issue: Extract<Issue, { code: 'too_small' | 'too_big' }>): string {
  const least = issue.code === 'too_small';
  const limit = Number(least ? (issue as { minimum: unknown }).minimum : (issue as { maximum: unknown }).maximum);
  const unit = issue.origin === 'string' ? ' characters' : issue.origin === 'array' ? ' entries' : '';
  return `Give ${least ? 'at least' : 'at most'} ${limit}${unit}.`;
}

// A sentence that a schema gives itself is better than any made here; zod's own begin in one of these ways.
const generic = /^(Invalid|Too (small|big)|Unrecognized|Expected)/;

function isMissing(issue: Issue, path: PropertyKey[], root: unknown): boolean {
  if (root === undefined) return issue.message.endsWith('received undefined');
  let at: unknown = root;
  for (const key of path)
    at = typeof at === 'object' && at !== null ? (at as Record<PropertyKey, unknown>)[key] : undefined;
  return at === undefined;
}

function describe(issue: Issue, path: PropertyKey[], root: unknown): { code: string; detail: string } {
  const told = tell(issue);
  const detail = generic.test(issue.message) ? told.detail : issue.message;
  const wrong = issue.code === 'invalid_type' || issue.code === 'invalid_value' || issue.code === 'invalid_union';
  if (wrong && isMissing(issue, path, root)) return { code: 'missing', detail: `This is required. ${detail}` };
  return { code: told.code, detail };
}

function tell(issue: Issue): { code: string; detail: string } {
  switch (issue.code) {
    case 'invalid_type':
      return { code: 'wrong_type', detail: `Give ${kinds[issue.expected] ?? issue.expected}.` };
    case 'too_small':
    case 'too_big':
      return { code: issue.code, detail: bound(issue) };
    case 'invalid_format':
      return { code: 'wrong_format', detail: `Give ${formats[issue.format] ?? `text in the format ${issue.format}`}.` };
    case 'invalid_value':
      return {
        code: 'not_allowed',
        detail: `Give ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}.`,
      };
    case 'not_multiple_of':
      return { code: 'not_multiple', detail: `Give a multiple of ${issue.divisor}.` };
    default:
      return { code: 'invalid', detail: issue.message };
  }
}

// Of the ways a union could be meant, the one with the fewest faults is what the caller most likely tried.
function nearest(branches: Issue[][]): Issue[] {
  return [...branches].sort((a, b) => a.length - b.length)[0] ?? [];
}

function faultsAt(issue: Issue, before: PropertyKey[], root: unknown): Fault[] {
  const path = [...before, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      pointer: jsonPointer([...path, key]),
      code: 'unknown_field',
      detail: 'There is no such field here: check its spelling, or leave it out.',
    }));
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    return nearest(issue.errors as Issue[][]).flatMap((inner) => faultsAt(inner, path, root));
  }
  return [{ pointer: jsonPointer(path), ...describe(issue, path, root) }];
}

/**
 * The faults of a parse that failed; of at most fifty issues, since a hostile body can have thousands.
 *
 * @param root what was parsed, which tells what is missing from what is wrong
 */
export function faultsOfIssues(issues: readonly Issue[], root?: unknown): Fault[] {
  const faults = issues.slice(0, 50).flatMap((issue) => faultsAt(issue, [], root));
  // Two rules that a value breaks alike, such as that a number is safe and that it is at most so much, are one fault.
  const told = new Set<string>();
  return faults.filter((fault) => {
    const text = JSON.stringify(fault);
    return !told.has(text) && told.add(text);
  });
}

/** The faults of a `ZodError`; see `faultsOfIssues`. */
export function faultsOf(error: z.ZodError, root?: unknown): Fault[] {
  return faultsOfIssues(error.issues, root);
}
