// How platforms hand in many completions as one file, and follow what comes of it.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { ZodTypeProvider } from '@fastify/type-provider-zod';
import { allow, requireCaller } from '../platform/callers.ts';
import { readCursor, writeCursor } from '../platform/cursor.ts';
import { Problem, PROBLEM_SCHEMA } from '../platform/problem.ts';
import type { Service } from '../platform/service.ts';
import { createImport } from './create-import.ts';
import { describeImport, FORMATS, importSchema, type Format, type StoredImport } from './import.ts';
import { settleImport, unknownImport } from './settle-import.ts';
import { listErrors, listImports, readImport, type RowError } from './store.ts';

const errorSchema = z.object({
  row: z.int().describe('As a spreadsheet or an editor counts; the header of a CSV file is row 1.'),
  recordId: z.string().optional(),
  status: z.int().describe('What a single post of this record would have been answered.'),
  code: z.string(),
  pointer: z.string().optional().describe('Into the record (RFC 6901).'),
  column: z.string().optional().describe('Of the CSV file.'),
  detail: z.string(),
});

const write = () => allow('completions:write', 'reviews:write');
const read = () => allow('completions:write', 'reviews:write', 'completions:read');

/** What a caller may see: its own imports; null is everybody's (`admin`). */
function ownerOf(request: FastifyRequest): string | null {
  const caller = requireCaller(request);
  return caller.has('admin') ? null : caller.clientId;
}

/** Everything of the imports room that speaks HTTP. */
export async function importsRoutes(plain: FastifyInstance, { service }: { service: Service }): Promise<void> {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const params = z.object({ id: z.uuid() });
  await plain.register(async (scope) => uploadRoute(scope, service));

  async function find(request: FastifyRequest, id: string): Promise<StoredImport> {
    const owner = ownerOf(request);
    const found = await readImport(service.db.read, id);
    if (!found || (owner !== null && found.clientId !== owner)) throw unknownImport();
    return found;
  }

  app.get(
    '/v1/imports',
    {
      onRequest: read(),
      schema: {
        tags: ['imports'],
        summary: 'Imports in the order in which they came',
        querystring: z.strictObject({
          cursor: z.string().max(400).optional().describe('`next` of the page before.'),
          limit: z.coerce.number().int().min(1).max(500).default(100),
        }),
        response: { 200: z.object({ imports: z.array(importSchema), next: z.string().optional() }) },
      },
    },
    async (request) => {
      const { cursor, limit } = request.query;
      const after = cursor === undefined ? undefined : readCursor(cursor);
      const found = await listImports(service.db.read, ownerOf(request), after, limit + 1);
      const page = found.slice(0, limit);
      const last = page.at(-1);
      return {
        imports: page.map(describeImport),
        ...(found.length > limit && last && { next: writeCursor(last.receivedAt, last.id) }),
      };
    },
  );

  app.get(
    '/v1/imports/:id',
    {
      onRequest: read(),
      schema: { tags: ['imports'], summary: 'How far an import is', params, response: { 200: importSchema } },
    },
    async (request) => describeImport(await find(request, request.params.id)),
  );

  app.get(
    '/v1/imports/:id/errors',
    {
      onRequest: read(),
      schema: {
        tags: ['imports'],
        summary: 'What was wrong with which row',
        params,
        querystring: z.strictObject({
          cursor: z
            .string()
            .regex(/^\d{1,15}-\d{1,9}$/, 'Give `next` of the page before.')
            .default('0-0')
            .describe('`next` of the page before.'),
          limit: z.coerce.number().int().min(1).max(1000).default(500),
        }),
        response: { 200: z.object({ errors: z.array(errorSchema), next: z.string().optional() }) },
      },
    },
    async (request) => {
      const { cursor, limit } = request.query;
      const { id } = await find(request, request.params.id);
      const [row, n] = cursor.split('-').map(Number) as [number, number];
      const found = await listErrors(service.db.read, id, { row, n }, limit + 1);
      const page = found.slice(0, limit);
      const last = page.at(-1);
      return {
        errors: page.map(describeError),
        ...(found.length > limit && last && { next: `${last.row}-${last.n}` }),
      };
    },
  );

  app.delete(
    '/v1/imports/:id',
    {
      onRequest: write(),
      schema: {
        tags: ['imports'],
        summary: 'Cancel an import',
        params,
        response: { 200: importSchema, 409: PROBLEM_SCHEMA.describe('It has ended.') },
      },
    },
    async (request) => describeImport(await settleImport(service, request.params.id, ownerOf(request))),
  );
}

function describeError({
  row,
  recordId,
  status,
  code,
  pointer,
  column,
  detail,
}: RowError): z.infer<typeof errorSchema> {
  return {
    row,
    ...(recordId !== null && { recordId }),
    ...{ status, code },
    ...(pointer !== null && { pointer }),
    ...(column !== null && { column }),
    detail,
  };
}

const mediaTypes = Object.entries(FORMATS) as [Format, string][];

/** Media types are read up to their parameters; another encoding than UTF-8 is none of ours. */
function formatOf(request: FastifyRequest): Format {
  const [type, ...parameters] = (request.headers['content-type'] ?? '').toLowerCase().split(';');
  const charset = parameters.map((one) => /^\s*charset="?([^"\s]+)/.exec(one)?.[1]).find(Boolean) ?? 'utf-8';
  const format = mediaTypes.find(([, media]) => media === type?.trim())?.[0];
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (format === undefined || !/^(utf-?8|us-ascii)$/.test(charset) || encoding !== 'identity')
    throw new Problem('media_type', 415, 'Send text/csv or application/x-ndjson, in UTF-8 and not compressed.', {
      headers: { connection: 'close' },
    });
  return format;
}

/** The one route that reads its body itself: a file of any length, never in memory as a whole. */
function uploadRoute(plain: FastifyInstance, service: Service): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  plain.removeAllContentTypeParsers();
  plain.addContentTypeParser('*', (_request, payload, done) => done(null, payload));

  app.post(
    '/v1/imports',
    {
      config: { ownTextCheck: true, longBody: true } as object,
      onRequest: write(),
      schema: {
        tags: ['imports'],
        summary: 'Import a file of completions',
        querystring: z.strictObject({
          dryRun: z.enum(['true', 'false']).default('false').describe('Judge every row and keep nothing.'),
        }),
        body: z.any(),
        response: { 202: importSchema },
      },
    },
    async (request, reply) => {
      const format = formatOf(request);
      const length = request.headers['content-length'];
      const order = {
        caller: requireCaller(request),
        format,
        dryRun: request.query.dryRun === 'true',
        ...(length !== undefined && { bytesExpected: Number(length) }),
      };
      const stored = await createImport(service, order, (request.body ?? request.raw) as AsyncIterable<Uint8Array>);
      return reply.code(202).header('location', `/v1/imports/${stored.id}`).send(describeImport(stored));
    },
  );
}
