// What platforms read back: the records of their own sources, and how far their learners are.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { ZodTypeProvider } from '@fastify/type-provider-zod';
import { readSources } from '../learners/store.ts';
import { allow, requireCaller, sourcesOf } from '../platform/callers.ts';
import { readCursor, writeCursor } from '../platform/cursor.ts';
import { gatherReads } from '../platform/gather-reads.ts';
import { Problem } from '../platform/problem.ts';
import { oneTrip } from '../platform/send-ahead.ts';
import type { Service } from '../platform/service.ts';
import { instant } from './completion.ts';
import { progressReport } from './progress.ts';
import { readStories } from './read-story.ts';
import { completionSchema, pageQuery, reportSchema } from './schemas.ts';
import { listCompletions, readCompletion, type StoredCompletion } from './store.ts';

function describe(stored: StoredCompletion): z.infer<typeof completionSchema> {
  const { passed, details, sequence, ...rest } = stored;
  return {
    ...rest,
    sequence: Number(sequence),
    ...(passed !== null && { passed }),
    ...(details && { details: details as Record<string, unknown> }),
  };
}

/** Routes that read. */
export async function readingRoutes(plain: FastifyInstance, { service }: { service: Service }): Promise<void> {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const readStory = gatherReads((ids) =>
    service.db.reading(async (tx) => {
      const [brought, stories] = await oneTrip([readSources(tx, ids), readStories(tx, ids)]);
      return new Map([...brought].map(([id, by]) => [id, { by, story: stories.get(id)! }]));
    }),
  );

  app.get(
    '/v1/completions',
    {
      onRequest: allow('completions:read'),
      schema: {
        tags: ['completions'],
        summary: 'Records in the order of their arrival',
        querystring: z.strictObject({
          source: z.string().max(512).optional(),
          learner: z.uuid().optional(),
          unit: z.string().max(200).optional(),
          receivedSince: instant.optional(),
          ...pageQuery,
        }),
        response: { 200: z.object({ completions: z.array(completionSchema), next: z.string().optional() }) },
      },
    },
    async (request) => {
      const { cursor, limit, ...filter } = request.query;
      const after = cursor === undefined ? undefined : readCursor(cursor);
      const wanted = {
        ...filter,
        sources: sourcesOf(requireCaller(request)),
        after: after && { receivedAt: after.at, id: after.id },
        limit: limit + 1,
      };
      const found = await service.db.reading((tx) => listCompletions(tx, wanted));
      const page = found.slice(0, limit);
      const last = page.at(-1);
      return {
        completions: page.map(describe),
        ...(found.length > limit && last && { next: writeCursor(last.receivedAt, last.id) }),
      };
    },
  );

  app.get(
    '/v1/completions/:id',
    {
      onRequest: allow('completions:read'),
      schema: {
        tags: ['completions'],
        summary: 'One record',
        params: z.object({ id: z.uuid() }),
        response: { 200: completionSchema },
      },
    },
    async (request) => {
      const sources = sourcesOf(requireCaller(request));
      const stored = await service.db.reading((tx) => readCompletion(tx, request.params.id));
      if (!stored || (sources !== null && !sources.includes(stored.source)))
        throw new Problem('completion_unknown', 404, 'There is no completion with this id.');
      return describe(stored);
    },
  );

  app.get(
    '/v1/learners/:id/progress',
    {
      onRequest: allow('completions:read'),
      schema: {
        tags: ['learners'],
        summary: 'What is done, what is missing, what was awarded, in each track',
        params: z.object({ id: z.uuid() }),
        response: { 200: reportSchema },
      },
    },
    async (request) => {
      const id = request.params.id.toLowerCase();
      const sources = sourcesOf(requireCaller(request));
      const found = await readStory(id);
      if (!found || (sources !== null && !found.by.some((source) => sources.includes(source))))
        throw new Problem('learner_unknown', 404, 'There is no learner with this id.');
      const { story } = found;
      const { publicUrl } = service.config;
      return {
        learner: id,
        tracks: progressReport(story, publicUrl, sources),
        awarded: story.standings.map((one) => ({
          achievement: one.achievement,
          credential: `${publicUrl}/credentials/${one.id}`,
          awardedAt: one.awardedAt,
          status: one.revokedAt ? ('revoked' as const) : ('live' as const),
        })),
      };
    },
  );
}
