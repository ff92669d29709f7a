// Reads the parts of an OpenAPI document that people are shown: references followed, fields named, examples found.
export type Json = Record<string, unknown>;

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Follows a reference inside the document (RFC 6901); what leads nowhere is empty. */
export function resolveSchema(schema: unknown, document: Json): Json {
  if (!isJson(schema)) return {};
  const { $ref } = schema;
  if (typeof $ref !== 'string') return schema;
  let found: unknown = document;
  for (const part of $ref.replace(/^#\//, '').split('/')) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
    found = isJson(found) && Object.hasOwn(found, name) ? found[name] : undefined;
  }
  return isJson(found) ? found : {};
}

/** A type in few words: `string`, `one of …`, `list of …`. */
export function typeOf(schema: unknown, document: Json, depth = 0): string {
  const found = resolveSchema(schema, document);
  if (Array.isArray(found.enum)) return found.enum.map((one) => JSON.stringify(one)).join(' | ');
  if (found.const !== undefined) return JSON.stringify(found.const);
  const choice = found.anyOf ?? found.oneOf;
  if (Array.isArray(choice) && depth < 3)
    return [...new Set(choice.map((one) => typeOf(one, document, depth + 1)))].join(' | ');
  if (found.type === 'array') return depth < 3 ? `list of ${typeOf(found.items, document, depth + 1)}` : 'list';
  if (Array.isArray(found.type)) return found.type.join(' | ');
  const type = typeof found.type === 'string' ? found.type : found.properties ? 'object' : 'any';
  return typeof found.format === 'string' ? `${type} (${found.format})` : type;
}

export interface Field {
  name: string;
  type: string;
  required: boolean;
  description: string;
}

/** The fields of an object, those of nested objects with their path, three levels deep. */
export function fieldsOf(schema: unknown, document: Json, front = '', depth = 0): Field[] {
  const found = resolveSchema(schema, document);
  if (found.type === 'array') return fieldsOf(found.items, document, `${front}[].`, depth);
  const required = Array.isArray(found.required) ? found.required : [];
  if (!isJson(found.properties) || depth > 2) return [];
  return Object.entries(found.properties).flatMap(([name, member]): Field[] => {
    const resolved = resolveSchema(member, document);
    const description = typeof resolved.description === 'string' ? resolved.description : '';
    const field = {
      name: `${front}${name}`,
      type: typeOf(member, document),
      required: required.includes(name),
      description,
    };
    const inner = resolved.type === 'array' ? resolveSchema(resolved.items, document) : resolved;
    const step = resolved.type === 'array' ? '[].' : '.';
    return [field, ...(inner.properties ? fieldsOf(inner, document, `${front}${name}${step}`, depth + 1) : [])];
  });
}

/** The example of a media type: its own, the first of several, or its schema's. */
export function exampleOf(media: Json, document: Json): unknown {
  if (media.example !== undefined) return media.example;
  if (isJson(media.examples)) {
    const [first] = Object.values(media.examples);
    if (isJson(first)) return resolveSchema(first, document).value;
  }
  const schema = resolveSchema(media.schema, document);
  if (schema.example !== undefined) return schema.example;
  return Array.isArray(schema.examples) ? schema.examples[0] : undefined;
}
