// What registrars and platforms read and decide about credentials.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { ZodTypeProvider } from '@fastify/type-provider-zod';
import { personName } from '../learners/person-name.ts';
import { learnersOfSources, readLearner } from '../learners/store.ts';
import { allow, requireCaller, sourcesOf, type Caller } from '../platform/callers.ts';
import { readCursor, writeCursor } from '../platform/cursor.ts';
import { Problem } from '../platform/problem.ts';
import type { Service } from '../platform/service.ts';
import { correctCredential } from './correct-credential.ts';
import { endorsementRoutes } from './endorsement-routes.ts';
import { publicCredentialRoutes } from './public-routes.ts';
import { REVOCATION_REASONS, revokeCredential } from './revoke-credential.ts';
import { keepCredential } from './settle-review.ts';
import { listCredentials, readCredential, type StoredCredential } from './store.ts';
import { vcApiIssuingRoutes } from './vc-api-routes.ts';

const credentialSchema = z.object({
  id: z.uuid(),
  url: z.url(),
  achievement: z.string(),
  learner: z.uuid(),
  status: z.enum(['live', 'revoked']),
  awardedAt: z.string(),
  validFrom: z.string(),
  award: z.url(),
  visibility: z.enum(['link', 'private', 'listed']),
  revocation: z
    .object({ at: z.string(), reason: z.string(), sentence: z.string(), liftedAt: z.string().optional() })
    .optional(),
  review: z.object({ since: z.string(), cause: z.string() }).optional(),
});

const oneCredential = z.object({ id: z.uuid('Give the id of a credential: the last part of its URL.') });

/** A credential as its registrar sees it: what it says stands at its URL. */
function describeCredential(service: Service, stored: StoredCredential): z.infer<typeof credentialSchema> {
  const { publicUrl } = service.config;
  return {
    id: stored.id,
    url: `${publicUrl}/credentials/${stored.id}`,
    achievement: stored.achievement,
    learner: stored.learnerId,
    status: stored.revokedAt ? 'revoked' : 'live',
    awardedAt: stored.awardedAt,
    validFrom: stored.validFrom,
    award: `${publicUrl}/awards/${stored.awardId}`,
    visibility: stored.visibility,
    ...(stored.revokedAt && {
      revocation: {
        at: stored.revokedAt,
        reason: stored.revocationReason ?? '',
        sentence: stored.revocationSentence ?? '',
        ...(stored.liftedAt && { liftedAt: stored.liftedAt }),
      },
    }),
    ...(stored.reviewAt && { review: { since: stored.reviewAt, cause: stored.reviewCause ?? '' } }),
  };
}

/** A credential of a learner whom the caller's sources brought; to others it is as unknown as one that never was. */
async function seenCredential(service: Service, caller: Caller, id: string): Promise<StoredCredential> {
  const sources = sourcesOf(caller);
  const stored = await readCredential(service.db.read, id);
  const learner = stored && (await readLearner(service.db.read, stored.learnerId, sources));
  if (!stored || !learner) throw new Problem('credential_unknown', 404, 'There is no credential with this id.');
  return stored;
}

/** Everything of the credentials room that speaks HTTP. */
export async function credentialsRoutes(plain: FastifyInstance, { service }: { service: Service }): Promise<void> {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  await publicCredentialRoutes(plain, { service });
  await vcApiIssuingRoutes(plain, { service });
  await endorsementRoutes(plain, { service });

  app.get(
    '/v1/credentials',
    {
      onRequest: allow('credentials:read'),
      schema: {
        tags: ['credentials'],
        summary: 'Credentials in the order of their award',
        querystring: z.strictObject({
          learner: z.uuid().optional(),
          achievement: z.string().max(200).optional().describe('`core`, or `core/commons` for a module badge.'),
          status: z.enum(['live', 'revoked', 'review']).optional(),
          cursor: z.string().max(400).optional().describe('`next` of the page before.'),
          limit: z.coerce.number().int().min(1).max(500).default(100),
        }),
        response: { 200: z.object({ credentials: z.array(credentialSchema), next: z.string().optional() }) },
      },
    },
    async (request) => {
      const { cursor, limit, learner, achievement, status } = request.query;
      const sources = sourcesOf(requireCaller(request));
      const after = cursor === undefined ? undefined : readCursor(cursor);
      const filter = {
        ...{ learner, achievement, status, limit: limit + 1 },
        learnersOf: sources && learnersOfSources(sources),
        after: after && { awardedAt: after.at, id: after.id },
      };
      const found = await service.db.reading((tx) => listCredentials(tx, filter));
      const page = found.slice(0, limit);
      const last = page.at(-1);
      return {
        credentials: page.map((one) => describeCredential(service, one)),
        ...(found.length > limit && last && { next: writeCursor(last.awardedAt, last.id) }),
      };
    },
  );

  app.get(
    '/v1/credentials/:id',
    {
      onRequest: allow('credentials:read'),
      schema: {
        tags: ['credentials'],
        summary: 'One credential',
        params: oneCredential,
        response: { 200: credentialSchema },
      },
    },
    async (request) => {
      return describeCredential(service, await seenCredential(service, requireCaller(request), request.params.id));
    },
  );

  app.post(
    '/v1/credentials/:id/revoke',
    {
      onRequest: allow('credentials:revoke'),
      schema: {
        tags: ['credentials'],
        summary: 'Take a badge back for ever',
        params: oneCredential,
        body: z.strictObject({
          reason: z.enum(REVOCATION_REASONS).describe('For machines.'),
          sentence: z.string().min(1).max(500).describe('For people: shown on the public page. No personal data.'),
        }),
        response: { 200: credentialSchema },
      },
    },
    async (request) => {
      const { reason, sentence } = request.body;
      await seenCredential(service, requireCaller(request), request.params.id);
      return describeCredential(service, await revokeCredential(service, request.params.id, reason, sentence));
    },
  );

  app.post(
    '/v1/credentials/:id/correct',
    {
      onRequest: allow('credentials:revoke'),
      schema: {
        tags: ['credentials'],
        summary: 'Issue a newer copy under the same id',
        params: oneCredential,
        body: z.strictObject({
          name: personName.optional().describe('The earner’s name as it should have been.'),
        }),
        response: { 200: credentialSchema },
      },
    },
    async (request) => {
      await seenCredential(service, requireCaller(request), request.params.id);
      return describeCredential(service, await correctCredential(service, request.params.id, request.body));
    },
  );

  app.post(
    '/v1/credentials/:id/keep',
    {
      onRequest: allow('credentials:revoke'),
      schema: {
        tags: ['credentials'],
        summary: 'Settle a review: the badge stands',
        params: oneCredential,
        response: { 200: credentialSchema },
      },
    },
    async (request) => {
      await seenCredential(service, requireCaller(request), request.params.id);
      await keepCredential(service, request.params.id);
      return describeCredential(service, await seenCredential(service, requireCaller(request), request.params.id));
    },
  );
}
