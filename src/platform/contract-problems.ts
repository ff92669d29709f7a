// The problems that any route of a kind can answer, for the contract, each made by the code that answers it in earnest:
// an example that was copied would soon be a different sentence.
import { requireCaller } from './callers.ts';
import { Problem, problemBody } from './problem.ts';
import { problemOf } from './problem-answers.ts';

/** What the contract needs to know of a route. */
export interface RouteKind {
  /** Whether an access token is needed. */
  token: boolean;
  /** Whether it counts requests. */
  limited: boolean;
  /** Whether a body is read. */
  body: boolean;
  params: boolean;
  query: boolean;
}

function thrownBy(work: () => unknown): Problem {
  try {
    work();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

const ofParser = (code: string): Problem => problemOf(Object.assign(new Error(code), { code }));
const stranger = { caller: null, callerFault: null } as never;
const weakCaller = { caller: { has: () => false }, callerFault: null } as never;

const MALFORMED = ofParser('FST_ERR_CTP_INVALID_JSON_BODY');
const TOKEN_MISSING = thrownBy(() => requireCaller(stranger));
const SCOPE_MISSING = thrownBy(() => requireCaller(weakCaller, 'the:scope'));
const NOT_FOUND = problemOf({ validation: [], validationContext: 'params' });
const TOO_LARGE = ofParser('FST_ERR_CTP_BODY_TOO_LARGE');
const MEDIA_TYPE = ofParser('FST_ERR_CTP_INVALID_MEDIA_TYPE');
const TOO_MANY = new Problem('too_many_requests', 429, 'Too many requests in this minute. Try again in 41 seconds.');
const INVALID = new Problem('invalid', 422, 'The request is well formed, but not what is wanted here. See errors.', {
  errors: [
    {
      pointer: '/colour',
      code: 'unknown_field',
      detail: 'There is no such field here: check its spelling, or leave it out.',
    },
  ],
});

/** Standard problems under the names of their components in the contract. */
export const STANDARD_PROBLEMS: Record<string, Problem> = {
  Malformed: MALFORMED,
  TokenMissing: TOKEN_MISSING,
  ScopeMissing: SCOPE_MISSING,
  NotFound: NOT_FOUND,
  TooLarge: TOO_LARGE,
  MediaType: MEDIA_TYPE,
  Invalid: INVALID,
  TooManyRequests: TOO_MANY,
};

/** The names of the standard problems of a route. */
export function standardProblems(kind: RouteKind): string[] {
  return [
    kind.body && ['Malformed', 'TooLarge', 'MediaType', 'Invalid'],
    kind.token && ['TokenMissing', 'ScopeMissing'],
    kind.params && ['NotFound', 'Invalid'],
    kind.query && 'Invalid',
    kind.limited && 'TooManyRequests',
  ]
    .flat()
    .filter((name): name is string => typeof name === 'string');
}

const HEADERS: Record<number, Record<string, string>> = {
  401: { 'WWW-Authenticate': 'What is missing or wrong with the token (RFC 6750 §3).' },
  429: { 'Retry-After': 'Seconds after which it is worth asking again.' },
  503: { 'Retry-After': 'Seconds after which it is worth asking again.' },
};

/** Headers of an answer, as the contract describes them. */
export function describeHeaders(headers: Record<string, string>): object {
  return Object.fromEntries(
    Object.entries(headers).map(([name, description]) => [name, { description, schema: { type: 'string' } }]),
  );
}

const request = { id: '0d4c8a52-7f3b-4c1e-9a6d-2b8e5f7a9c10' };

/** The response object of problems that share a status. */
export function describeProblems(problems: Problem[]): object {
  const status = problems[0]!.status;
  const sentences = [...new Set(problems.map((problem) => `\`${problem.code}\`: ${problem.message}`))];
  const examples = Object.fromEntries(
    problems.map((problem) => [problem.code, { value: problemBody(problem, request) }]),
  );
  const headers = HEADERS[status];
  return {
    description: sentences.join('\n\n'),
    ...(headers && { headers: describeHeaders(headers) }),
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' }, examples } },
  };
}
