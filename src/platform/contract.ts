// The contract: one OpenAPI 3.1.0 document (February 2021), drawn from the running routes, so that it cannot say what
// they do not do. Their schemas give the shapes; each room's `contract.ts` adds names, examples and the problems of its
// own; what holds for every route of a kind (who may call, what any body can meet) is added here.
import swagger from '@fastify/swagger';
import { createJsonSchemaTransform, createJsonSchemaTransformObject } from '@fastify/type-provider-zod';
import { STATUS_CODES } from 'node:http';
import type { FastifyInstance, RouteOptions } from 'fastify';
import { describeHeaders, describeProblems, standardProblems, STANDARD_PROBLEMS } from './contract-problems.ts';
import type { SCOPES } from './callers.ts';
import type { Problem } from './problem.ts';

type Json = Record<string, unknown>;

/** One media type of an answer. */
export interface Medium {
  /** JSON Schema; of the route's own schema when left out. */
  schema?: object;
  /** What it looks like; a picture is named by its URL instead. */
  example?: unknown;
  exampleUrl?: string;
}

/** What the contract says of one answer besides its schema. */
export interface AnswerText {
  description?: string;
  example?: unknown;
  /** Several, by name. */
  examples?: Record<string, unknown>;
  /** Media types, when it is not JSON alone. */
  content?: Record<string, Medium>;
  headers?: Record<string, string>;
}

/** What the contract says of one route besides its schemas. */
export interface OperationText {
  operationId: string;
  description?: string;
  /** The body by example, for one media type or several. */
  body?: { example?: unknown; examples?: Record<string, unknown>; content?: Record<string, Medium> };
  answers?: Record<number, AnswerText>;
  /** Problems of its own; those of its kind are added. */
  problems?: Problem[];
}

/** What a room adds to the contract. */
export interface RoomContract {
  /** By method and path as the routes have them: `GET /v1/completions/:id`. */
  operations: Record<string, OperationText>;
  /** JSON Schemas that several answers share, referred to as `{ $ref: '#/components/schemas/…' }`. */
  schemas?: Record<string, object>;
  /** Documents that several answers show, referred to as `{ $ref: '#/components/examples/…' }`. */
  examples?: Record<string, unknown>;
}

export interface ContractOptions {
  publicUrl: string;
  title: string;
  version: string;
  description: string;
  license: { name: string; identifier: string };
  tags: { name: string; description: string }[];
  scopes: Record<(typeof SCOPES)[number], string>;
  rooms: RoomContract[];
}

/** JSON Schema of an object with these members, all required, and any others. */
export function objectWith(properties: Record<string, object>, more: object = {}): object {
  return { type: 'object', ...more, required: Object.keys(properties), properties, additionalProperties: true };
}

const EXTENSION = 'x-cairn-route';

interface RouteMark {
  scopes?: string[];
  limited: boolean;
  own?: OperationText;
}

// A client reads answers that will have more members one day; only what it sends is closed. And that a number is one
// that JavaScript can count to is nothing to say.
function plainSchema(context: { zodSchema: unknown; jsonSchema: Json }): void {
  const { def } = (context.zodSchema as { _zod: { def: { type: string; catchall?: unknown } } })._zod;
  const { jsonSchema } = context;
  if (def.type === 'object' && def.catchall === undefined) delete jsonSchema.additionalProperties;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
}

const zodToJsonConfig = { override: plainSchema as never };
const transformSchemas = createJsonSchemaTransform({ zodToJsonConfig });
const transformComponents = createJsonSchemaTransformObject({ zodToJsonConfig });

function markOf(route: RouteOptions, rooms: RoomContract[]): RouteMark {
  const hooks = [route.onRequest].flat() as ({ scopes?: string[] } | undefined)[];
  const scopes = hooks.find((hook) => hook?.scopes)?.scopes;
  const name = `${String(route.method)} ${route.url}`;
  return {
    scopes,
    limited: scopes !== undefined || (route.config as { limitBy?: string } | undefined)?.limitBy !== undefined,
    own: rooms.find((room) => room.operations[name])?.operations[name],
  };
}

/** Puts examples and media types into a content object that came from a schema. */
function contentOf(drawn: Json | undefined, text: AnswerText): Json | undefined {
  const [schema] = Object.values(drawn ?? {}).map((medium) => (medium as Json).schema);
  const types: Record<string, Medium> =
    text.content ?? Object.fromEntries(Object.keys(drawn ?? {}).map((type) => [type, {}]));
  const content = Object.entries(types).map(([type, medium]) => {
    const { example = text.example, examples = text.examples } = medium as AnswerText;
    return [type, { schema: medium.schema ?? schema ?? {}, ...shown(example, examples, medium.exampleUrl) }];
  });
  return content.length > 0 ? Object.fromEntries(content) : undefined;
}

function shown(example: unknown, examples: Record<string, unknown> | undefined, url: string | undefined): Json {
  if (url) return { examples: { picture: { externalValue: url } } };
  const ref = (example as { $ref?: string } | undefined)?.$ref;
  if (ref?.startsWith('#/components/examples/')) return { examples: { [ref.split('/').at(-1)!]: { $ref: ref } } };
  if (examples) return { examples: valuesOf(examples) };
  return example === undefined ? {} : { example };
}

function valuesOf(examples: Record<string, unknown>): Record<string, { value: unknown }> {
  return Object.fromEntries(Object.entries(examples).map(([name, value]) => [name, { value }]));
}

/** The response objects of an operation: drawn answers with their texts, then problems by status. */
function responsesOf(operation: Json, mark: RouteMark, method: string): Json {
  const drawn = operation.responses as Record<string, Json>;
  const responses: Record<string, object> = {};
  const told = mark.own?.answers ?? {};
  for (const status of new Set([...Object.keys(drawn), ...Object.keys(told)])) {
    const text = told[Number(status)] ?? {};
    const isProblem = mark.own?.problems?.some((problem) => problem.status === Number(status));
    if (isProblem) continue;
    const spoken = drawn[status]?.description;
    const content = contentOf(drawn[status]?.content as Json | undefined, text);
    responses[status] = {
      description: text.description ?? (spoken && spoken !== 'Default Response' ? spoken : STATUS_CODES[status]),
      ...(text.headers && { headers: describeHeaders(text.headers) }),
      ...(content && { content }),
    };
  }
  const parameters = (operation.parameters ?? []) as { in: string }[];
  const standard = standardProblems({
    token: mark.scopes !== undefined,
    limited: mark.limited,
    body: method === 'post' || method === 'put',
    params: parameters.some((one) => one.in === 'path'),
    query: parameters.some((one) => one.in === 'query'),
  });
  for (const name of standard) {
    const { status } = STANDARD_PROBLEMS[name]!;
    if (!told[status]) responses[status] = { $ref: `#/components/responses/${name}` };
  }
  for (const status of new Set(mark.own?.problems?.map((problem) => problem.status))) {
    const own = mark.own!.problems!.filter((problem) => problem.status === status);
    const shared = standard.map((name) => STANDARD_PROBLEMS[name]!).filter((problem) => problem.status === status);
    const codes = new Set(own.map((problem) => problem.code));
    responses[status] = describeProblems([...own, ...shared.filter((problem) => !codes.has(problem.code))]);
  }
  return responses as Json;
}

function completeOperation(operation: Json, method: string): Json {
  const { [EXTENSION]: marked, responses: _, requestBody, security, ...rest } = operation;
  const mark = marked as RouteMark;
  const body = requestBody as { content: Json } | undefined;
  return {
    ...(mark.own && { operationId: mark.own.operationId }),
    ...rest,
    ...(mark.own?.description && { description: mark.own.description }),
    security: security ?? (mark.scopes ? securityOf(mark.scopes) : []),
    ...(body && {
      requestBody: { ...body, content: mark.own?.body ? contentOf(body.content, mark.own.body) : body.content },
    }),
    responses: responsesOf(operation, mark, method),
  };
}

/** Any one of the scopes will do, and `admin` is all of them. */
function securityOf(scopes: string[]): object[] {
  return [...new Set([...scopes, 'admin'])].map((scope) => ({ token: [scope] }));
}

const COMPONENT = /"#\/components\/(\w+)\/(\w+)"/g;

/** Components that no operation leads to say nothing. */
function withoutUnused(document: Json): Json {
  const components = document.components as Record<string, Json>;
  const reached = new Set<string>();
  const waiting = [JSON.stringify(document.paths)];
  for (let text = waiting.pop(); text !== undefined; text = waiting.pop()) {
    for (const [, kind = '', name = ''] of text.matchAll(COMPONENT)) {
      if (reached.has(`${kind}/${name}`)) continue;
      reached.add(`${kind}/${name}`);
      waiting.push(JSON.stringify(components[kind]?.[name] ?? null));
    }
  }
  for (const kind of ['schemas', 'responses', 'examples'])
    components[kind] = Object.fromEntries(
      Object.entries(components[kind] ?? {}).filter(([name]) => reached.has(`${kind}/${name}`)),
    );
  return document;
}

function complete(document: Json, rooms: RoomContract[]): Json {
  const paths = document.paths as Record<string, Record<string, Json>>;
  document.paths = Object.fromEntries(
    Object.entries(paths).map(([path, entry]) => [
      path,
      Object.fromEntries(
        Object.entries(entry).map(([method, operation]) => [method, completeOperation(operation, method)]),
      ),
    ]),
  );
  const responses = Object.fromEntries(
    Object.entries(STANDARD_PROBLEMS).map(([name, problem]) => [name, describeProblems([problem])]),
  );
  const { schemas, ...components } = document.components as Json;
  const more = Object.assign({}, ...rooms.map((room) => room.schemas)) as Json;
  const examples = valuesOf(Object.assign({}, ...rooms.map((room) => room.examples)) as Json);
  const all = { ...components, schemas: { ...(schemas as Json), ...more }, responses, examples };
  return withoutUnused({ ...document, components: all });
}

/** Draws the contract of an app. Call before any route is added; `app.swagger()` gives the document. */
export function installContract(app: FastifyInstance, options: ContractOptions): void {
  const { publicUrl, title, version, description, license, tags, scopes, rooms } = options;
  const tokenUrl = `${publicUrl}/oauth/token`;
  app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title, version, description, license: license as never },
      servers: [{ url: publicUrl }],
      tags,
      components: {
        securitySchemes: {
          client: { type: 'http', scheme: 'basic', description: 'The id of a client and one of its secrets.' },
          token: {
            type: 'oauth2',
            description: 'An access token as `Authorization: Bearer …`.',
            flows: { clientCredentials: { tokenUrl, scopes } },
          },
        },
      },
    },
    transform: ((input: { schema: object; url: string; route: RouteOptions; openapiObject: object }) => {
      const { schema, url } = transformSchemas(input as never);
      return { schema: { ...schema, [EXTENSION]: markOf(input.route, rooms) }, url };
    }) as never,
    transformObject: ((input: object) =>
      complete(transformComponents(input as never) as unknown as Json, rooms)) as never,
  });
}
