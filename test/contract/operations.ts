// The operations of an OpenAPI document, and what its references lead to.

export type Json = Record<string, unknown>;

export interface Operation {
  /** `POST /v1/completions` */
  name: string;
  method: string;
  path: string;
  operation: Json;
}

/** Every operation, in the document's order. */
export function operations(document: Json): Operation[] {
  return Object.entries(document.paths as Record<string, Record<string, Json>>).flatMap(([path, entry]) =>
    Object.entries(entry).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path}`,
      method: method.toUpperCase(),
      path,
      operation,
    })),
  );
}

/** What a reference leads to, or the thing itself. */
export function follow(document: Json, thing: unknown): Json {
  const { $ref } = thing as { $ref?: string };
  if ($ref === undefined) return thing as Json;
  const found = $ref
    .split('/')
    .slice(1)
    .reduce<unknown>((at, part) => (at as Json | undefined)?.[part], document);
  if (found === undefined) throw new Error(`${$ref} leads nowhere`);
  return found as Json;
}
