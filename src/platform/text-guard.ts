// Texts that no database stores and no signature survives, refused at the door: NUL (PostgreSQL refuses it) and halves
// of surrogate pairs (they have no UTF-8 form, so a canonical N-Quad of them is somebody else's text). And JSON in another
// encoding than UTF-8 (RFC 8259 §8.1, December 2017): read as if it were UTF-8, each letter of it that is not ASCII becomes
// the same replacement character, so that a name is signed wrong and two accounts are one.
import { isUtf8 } from 'node:buffer';
import type { FastifyInstance } from 'fastify';
import { jsonPointer, Problem, type Fault } from './problem.ts';

// More depth than any request of ours has; the JSON parser itself has no limit.
const DEPTH_MAX = 64;

/** The faults of the texts in a value: members' names and values. */
export function textFaults(value: unknown): Fault[] {
  return isStorable(value, 0) ? [] : faultsBelow(value, []);
}

/** The same as a yes or no, which is all that is asked of nearly every request: a third of the time. */
function isStorable(value: unknown, depth: number): boolean {
  if (typeof value === 'string') return storable(value);
  if (typeof value !== 'object' || value === null) return true;
  if (depth > DEPTH_MAX) return false;
  if (Array.isArray(value)) return value.every((one) => isStorable(one, depth + 1));
  for (const name in value) if (!storable(name) || !isStorable((value as never)[name], depth + 1)) return false;
  return true;
}

function faultsBelow(value: unknown, path: PropertyKey[]): Fault[] {
  if (typeof value === 'string') return storable(value) ? [] : [fault(path)];
  if (typeof value !== 'object' || value === null) return [];
  if (path.length > DEPTH_MAX)
    return [{ pointer: jsonPointer(path), code: 'too_deep', detail: `Nest at most ${DEPTH_MAX} levels.` }];
  if (Array.isArray(value)) return value.flatMap((one, n) => faultsBelow(one, [...path, n]));
  return Object.entries(value).flatMap(([name, one]) =>
    storable(name) ? faultsBelow(one, [...path, name]) : [fault(path)],
  );
}

function storable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}

function fault(path: PropertyKey[]): Fault {
  return {
    pointer: jsonPointer(path),
    code: 'text_not_storable',
    detail: 'Send text without NUL characters and without halves of surrogate pairs.',
  };
}

/**
 * The bytes of a body as text, without a byte order mark.
 * @throws Problem malformed_json (400).
 */
export function readUtf8(bytes: Buffer): string {
  if (!isUtf8(bytes))
    throw new Problem('malformed_json', 400, 'The body is not UTF-8. Send it in that encoding, and not compressed.');
  const text = bytes.toString('utf8');
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

/**
 * Reads JSON bodies as Fastify does, where they are UTF-8.
 * @param look sees the text first; what it gives is the body, and undefined leaves it to the parser.
 */
export function readJsonBodies(app: FastifyInstance, look: (text: string) => unknown = () => undefined): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, bytes, done) => {
    const text = readUtf8(bytes as Buffer);
    const body = look(text);
    return body === undefined ? parse(request, text, done) : done(null, body);
  });
}

/**
 * Refuses requests with such texts in their path, query or JSON body.
 * A route whose body is many records that are judged one by one says so by `config: { ownTextCheck: true }`.
 */
export function guardTexts(app: FastifyInstance): void {
  readJsonBodies(app);
  app.addHook('preValidation', (request, _reply, done) => {
    const own = (request.routeOptions.config as { ownTextCheck?: boolean }).ownTextCheck === true;
    const faults = [
      ...textFaults(request.params),
      ...textFaults(request.query),
      ...(own || Buffer.isBuffer(request.body) ? [] : textFaults(request.body)),
    ];
    if (faults.length === 0) done();
    else
      done(new Problem('text_not_storable', 422, 'This request has texts that cannot be stored.', { errors: faults }));
  });
}
