// Holds real answers to the contract: whatever a route test gets must be listed with its operation, in a media type
// that is listed too, and fit the schema that stands there.
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { LightMyRequestResponse } from 'fastify';
import { follow, operations, type Json, type Operation } from './operations.ts';

/** Every answer that any request can meet, so that it stands in the contract's introduction and not with each route. */
const ANY = new Set([405, 422]);

function patternOf(path: string): RegExp {
  const literal = path.replace(/[.+?^$()|[\]\\]/g, '\\$&');
  return new RegExp(`^${literal.replace(/\{[^}]+\}/g, '([^/]+)')}$`);
}

/** The more of a path is literal, the nearer it is meant; `/credentials/x.json` is no id. */
function literalLength({ path }: Operation): number {
  return path.replace(/\{[^}]+\}/g, '').length;
}

/**
 * A schema whose objects have the members that it names and no more. Clients are promised less, since an answer may have
 * more one day; but the service writes answers as they are, so that what slips into one would be told to everybody.
 */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const parts = Object.fromEntries(Object.entries(schema).map(([name, part]) => [name, closed(part)]));
  return parts.type === 'object' && parts.properties ? { additionalProperties: false, ...parts } : parts;
}

/** Says what of an answer is not as the document has it; undefined when all is. */
export type Hold = (method: string, url: string, answer: LightMyRequestResponse) => string | undefined;

/** Holds answers to a document. */
export function holdTo(document: Json): Hold {
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
  ajv.addSchema({ ...document, components: closed(document.components), $id: 'contract' });
  const compiled = new Map<string, ValidateFunction>();
  const all = operations(document)
    .sort((a, b) => literalLength(b) - literalLength(a))
    .map((one) => ({ ...one, pattern: patternOf(one.path) }));

  return (method, url, answer) => {
    const path = url.split('?')[0]!;
    const found = all.find((one) => one.method === method && one.pattern.test(path));
    const type = String(answer.headers['content-type'] ?? '').split(';')[0]!;
    if (!found || type === 'text/html') return undefined;
    const status = answer.statusCode;
    const response = (found.operation.responses as Json)[status];
    if (!response) return ANY.has(status) ? undefined : `${found.name} answered ${status}, which is not listed`;
    if (answer.body === '') return undefined;
    const medium = (follow(document, response).content as Record<string, { schema: object }> | undefined)?.[type];
    if (!medium) return `${found.name} ${status} came as ${type}, which is not listed`;
    if (!type.endsWith('json')) return undefined;
    const key = `${found.name} ${status} ${type}`;
    const schema = JSON.stringify(closed(medium.schema)).replaceAll('"#/components/', '"contract#/components/');
    const validate = compiled.get(key) ?? ajv.compile(JSON.parse(schema));
    compiled.set(key, validate);
    return validate(answer.json()) ? undefined : `${key}: ${ajv.errorsText(validate.errors)}`;
  };
}
