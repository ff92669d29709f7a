// What Cairn answers when it cannot do what was asked: one shape for every room, since an integrator reads the
// sentence once and then programs against the code. RFC 9457 (July 2023), Problem Details for HTTP APIs.
import { STATUS_CODES } from 'node:http';
import { z } from 'zod';

/** One fault of a request: where it is (RFC 6901 JSON pointer, '' for the whole), a stable code, and the remedy. */
export interface Fault {
  pointer: string;
  code: string;
  detail: string;
}

export interface ProblemExtra {
  errors?: Fault[];
  headers?: Record<string, string>;
}

/**
 * An answer that is not success. Thrown by deeds and routes alike, turned into `application/problem+json` in one place.
 *
 * @param code stable, in snake_case; becomes the `type` URI's last part
 * @param status the HTTP status
 * @param sentence what is wrong and what helps, in one plain sentence without personal data
 */
export class Problem extends Error {
  readonly code: string;
  readonly status: number;
  readonly errors: Fault[];
  readonly headers: Record<string, string>;

  constructor(code: string, status: number, sentence: string, extra: ProblemExtra = {}) {
    super(sentence);
    this.name = 'Problem';
    this.code = code;
    this.status = status;
    this.errors = extra.errors ?? [];
    this.headers = extra.headers ?? {};
  }
}

/** A problem as it is answered (`application/problem+json`), for the routes' response schemas. */
export const PROBLEM_SCHEMA = z
  .object({
    type: z.string().describe('Stable; ends in the code'),
    title: z.string(),
    status: z.int(),
    code: z.string().describe('What to program against'),
    detail: z.string().optional().describe('One sentence: what is wrong and what helps'),
    instance: z.string().optional().describe('The request, as the log knows it'),
    errors: z.array(z.object({ pointer: z.string(), code: z.string(), detail: z.string() })).optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem details' });

/** A problem's body. Above 499 the sentence says nothing of what is inside; the request's id leads to the log. */
export function problemBody(problem: Problem, request: { id: string }): z.infer<typeof PROBLEM_SCHEMA> {
  const hidden = problem.status > 499;
  return {
    type: `/docs#problem-${problem.code}`,
    title: STATUS_CODES[problem.status] ?? 'Problem',
    status: problem.status,
    code: problem.code,
    detail: hidden
      ? 'Something failed on our side; nothing is wrong with the request. Try again later.'
      : problem.message,
    instance: `urn:uuid:${request.id}`,
    ...(!hidden && problem.errors.length > 0 ? { errors: problem.errors } : {}),
  };
}

/** The JSON pointer to a path of keys and indexes (RFC 6901 §3: `~` and `/` are escaped). */
export function jsonPointer(path: readonly PropertyKey[]): string {
  return path.map((key) => '/' + String(key).replaceAll('~', '~0').replaceAll('/', '~1')).join('');
}
