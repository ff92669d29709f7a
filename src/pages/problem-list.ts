// Every problem that can be answered, with its sentence: `type` of each answer leads here (RFC 9457, July 2023, §3.1.1).
// Most stand in the contract of some route; the others can come of any route, or of pages, which have no contract.
import { Problem } from '../platform/problem.ts';
import { resolveSchema, type Json } from './openapi-schema.ts';

export interface ListedProblem {
  code: string;
  statuses: number[];
  sentence: string;
  /** What helps, by example, where the sentence only leads to `errors`. */
  remedy?: string;
}

const ANYWHERE: readonly Problem[] = [
  new Problem('achievement_unknown', 404, 'There is no such achievement. GET /v1/catalogue lists them all.'),
  new Problem('form_not_ours', 403, 'This form did not come from a page of ours. Open the page and try again.'),
  new Problem('format_not_offered', 501, 'oEmbed is answered as JSON here. Leave format out or ask for json.'),
  new Problem('internal', 500, 'Something failed on our side; nothing is wrong with the request. Try again later.'),
  new Problem('line_not_json', 400, 'In a batch of lines, this line is not JSON. Send one record a line.'),
  new Problem('malformed', 400, 'The body is not as long as Content-Length says. Send it again, whole.'),
  new Problem('method_not_allowed', 405, 'This address takes another method: see the header Allow.'),
  new Problem('refused', 400, 'The request breaks a rule of HTTP or a limit of this service. Check how it was made.'),
  new Problem('text_not_storable', 422, 'A text has a character that cannot be stored, such as U+0000. Leave it out.'),
  new Problem(
    'token_invalid',
    401,
    'The access token has expired or is none of ours. Ask for a new one at /oauth/token.',
  ),
  new Problem('unavailable', 503, 'The database is out of reach. Send the same again in a few seconds.'),
];

type Answers = Record<string, unknown>;
const object = (value: unknown): Answers =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Answers) : {};

/** The sentences of an answer by their codes: its description has one a paragraph. */
function sentencesOf(description: unknown): Map<string, string> {
  const paragraphs = typeof description === 'string' ? description.split('\n\n') : [];
  return new Map(
    paragraphs.flatMap((paragraph) => {
      const [, code, sentence] = /^`([a-z0-9_]+)`: (.+)$/s.exec(paragraph) ?? [];
      return code && sentence ? [[code, sentence] as const] : [];
    }),
  );
}

function remedyOf(example: unknown): string | undefined {
  const { errors } = object(object(example).value);
  const detail = Array.isArray(errors) ? object(errors[0]).detail : undefined;
  return typeof detail === 'string' ? detail : undefined;
}

/** Every problem there is, in the order of their codes. `document` is the OpenAPI document as served. */
export function listProblems(document: Json): ListedProblem[] {
  const found = new Map<string, ListedProblem>();
  const note = (code: string, status: number, sentence: string, remedy?: string): void => {
    const known = found.get(code);
    if (!known) found.set(code, { code, statuses: [status], sentence, ...(remedy && { remedy }) });
    else if (!known.statuses.includes(status)) known.statuses.push(status);
  };
  const operations = Object.values(object(document.paths)).flatMap((path) => Object.values(object(path)));
  for (const [status, answer] of operations.flatMap((one) => Object.entries(object(object(one).responses)))) {
    const { description, content } = resolveSchema(answer, document);
    const sentences = sentencesOf(description);
    const { examples } = object(object(content)['application/problem+json']);
    for (const [code, example] of Object.entries(object(examples)))
      note(code, Number(status), sentences.get(code) ?? '', remedyOf(example));
  }
  for (const { code, status, message } of ANYWHERE) note(code, status, message);
  return [...found.values()].sort((one, other) => one.code.localeCompare(other.code, 'en'));
}
