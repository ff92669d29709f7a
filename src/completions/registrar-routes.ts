// What registrars decide: mappings, parked records, versions, lifted revocations.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { ZodTypeProvider } from '@fastify/type-provider-zod';
import { allow, requireCaller, sourcesOf } from '../platform/callers.ts';
import { readCursor, writeCursor } from '../platform/cursor.ts';
import { Problem } from '../platform/problem.ts';
import type { Service } from '../platform/service.ts';
import { isKnownUnit, TRACK_IDS } from '../tracks/catalogue.ts';
import { liftRevocation, moveEnrolment } from './award-due.ts';
import { mapActivity } from './map-activity.ts';
import { listMappings, listParked } from './parked-store.ts';
import { resolveParked } from './resolve-parked.ts';
import { answerSchema, awardedSchema, pageQuery } from './schemas.ts';
import type { Issued } from '../credentials/issue-credentials.ts';
import type { Reply } from './submission.ts';

const awarded = (issued: Issued[]) => issued.map((one) => ({ achievement: one.achievement, credential: one.url }));

const typed = (app: FastifyInstance) => app.withTypeProvider<ZodTypeProvider>();
type App = ReturnType<typeof typed>;

function mappingRoutes(app: App, service: Service): void {
  app.get(
    '/v1/mappings',
    {
      onRequest: allow('completions:read'),
      schema: {
        tags: ['completions'],
        summary: 'Which activities are which units',
        response: {
          200: z.object({
            mappings: z.array(z.object({ source: z.string(), activity: z.string(), unit: z.string() })),
          }),
        },
      },
    },
    async (request) => ({ mappings: await listMappings(service.db.read, sourcesOf(requireCaller(request))) }),
  );

  app.post(
    '/v1/mappings',
    {
      onRequest: allow('completions:write'),
      schema: {
        tags: ['completions'],
        summary: 'Say which unit an activity is, and replay what waited for it',
        body: z.strictObject({
          source: z.url().max(512),
          activity: z.string().min(1).max(2048).describe('The platform’s IRI of the activity, or the key it sends.'),
          unit: z.string().max(200),
        }),
        response: {
          200: z.object({
            source: z.string(),
            activity: z.string(),
            unit: z.string(),
            replayed: z.array(answerSchema),
            waiting: z.int().describe('Records that could still not be placed.'),
          }),
        },
      },
    },
    async (request) => {
      const caller = requireCaller(request);
      const { source, activity, unit } = request.body;
      const sources = sourcesOf(caller);
      if (sources !== null && !sources.includes(source))
        throw new Problem('source_not_yours', 403, 'This client may not speak for that source.', {
          errors: [{ pointer: '/source', code: 'source_not_yours', detail: 'Give a source of your client.' }],
        });
      if (!isKnownUnit(unit))
        throw new Problem('unit_unknown', 422, 'There is no such unit.', {
          errors: [{ pointer: '/unit', code: 'unit_unknown', detail: 'Give a key of /v1/catalogue.' }],
        });
      const replies = await mapActivity(service, request.body, caller.has('reviews:write'));
      const replayed = replies.flatMap((reply) => ('body' in reply && reply.status === 201 ? [reply.body] : []));
      return { source, activity, unit, replayed, waiting: replies.length - replayed.length };
    },
  );
}

function parkedRoutes(app: App, service: Service): void {
  app.get(
    '/v1/parked',
    {
      onRequest: allow('completions:read'),
      schema: {
        tags: ['completions'],
        summary: 'Records that wait for somebody to decide',
        querystring: z.strictObject({
          reason: z.enum(['unknown_unit', 'identity_conflict', 'unverified_email']).optional(),
          ...pageQuery,
        }),
        response: {
          200: z.object({
            parked: z.array(
              z.object({
                id: z.uuid(),
                source: z.string(),
                recordId: z.string(),
                reason: z.string(),
                activity: z.string(),
                candidates: z.array(z.string()),
                parkedAt: z.string(),
                record: z.record(z.string(), z.unknown()),
              }),
            ),
            next: z.string().optional(),
          }),
        },
      },
    },
    async (request) => {
      const { cursor, limit, reason } = request.query;
      const after = cursor === undefined ? undefined : readCursor(cursor);
      const found = await listParked(service.db.read, {
        sources: sourcesOf(requireCaller(request)),
        reason,
        after: after && { parkedAt: after.at, id: after.id },
        limit: limit + 1,
      });
      const page = found.slice(0, limit);
      const last = page.at(-1);
      return {
        parked: page.map((one) => ({ ...one, record: one.record as unknown as Record<string, unknown> })),
        ...(found.length > limit && last && { next: writeCursor(last.parkedAt, last.id) }),
      };
    },
  );

  app.post(
    '/v1/parked/:id/resolve',
    {
      onRequest: allow('admin'),
      schema: {
        tags: ['completions'],
        summary: 'Say whom a parked record is about, and replay it',
        params: z.object({ id: z.uuid() }),
        body: z.strictObject({
          learner: z.uuid().optional().describe('It is about this learner.'),
          verified: z.literal(true).optional().describe('The registrar vouches for the e-mail of the record.'),
        }),
        response: { 200: answerSchema, 202: answerSchema },
      },
    },
    async (request, reply) => {
      const { learner, verified } = request.body;
      const decision = { learnerId: learner, vouched: verified };
      const told: Reply = await resolveParked(
        service,
        request.params.id,
        decision,
        requireCaller(request).has('reviews:write'),
      );
      if ('problem' in told) throw told.problem;
      return reply.code(told.status === 202 ? 202 : 200).send(told.body);
    },
  );
}

function awardRoutes(app: App, service: Service): void {
  app.put(
    '/v1/learners/:id/enrolments/:track',
    {
      onRequest: allow('admin'),
      schema: {
        tags: ['learners'],
        summary: 'Move a learner to a version of a track',
        params: z.object({ id: z.uuid(), track: z.enum(TRACK_IDS) }),
        body: z.strictObject({ version: z.string().max(20) }),
        response: { 200: z.object({ track: z.string(), version: z.string(), awarded: awardedSchema }) },
      },
    },
    async (request) => {
      const { id, track } = request.params;
      const { version } = request.body;
      return { track, version, awarded: awarded(await moveEnrolment(service, id, track, version)) };
    },
  );

  app.post(
    '/v1/credentials/:id/lift',
    {
      onRequest: allow('credentials:revoke'),
      schema: {
        tags: ['credentials'],
        summary: 'Allow an award again after a revocation',
        description:
          'The revoked badge stays revoked; a new one is awarded with the next record of the learner, or now.',
        params: z.object({ id: z.uuid() }),
        body: z.strictObject({ award: z.enum(['now', 'next_record']).optional() }).nullish(),
        response: { 200: z.object({ lifted: z.literal(true), awarded: awardedSchema }) },
      },
    },
    async (request) => {
      const sources = sourcesOf(requireCaller(request));
      const issued = await liftRevocation(service, request.params.id, request.body?.award === 'now', sources);
      return { lifted: true as const, awarded: awarded(issued) };
    },
  );
}

/** Routes that decide. */
export async function registrarRoutes(plain: FastifyInstance, { service }: { service: Service }): Promise<void> {
  const app = typed(plain);
  mappingRoutes(app, service);
  parkedRoutes(app, service);
  awardRoutes(app, service);
}
