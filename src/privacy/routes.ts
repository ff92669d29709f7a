// What platforms ask of this room. The earner's own pages are the pages room's.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { ZodTypeProvider } from '@fastify/type-provider-zod';
import { allow, requireCaller, sourcesOf } from '../platform/callers.ts';
import type { Service } from '../platform/service.ts';
import { makeClaimLink } from './make-claim-link.ts';

/** Everything of the privacy room that platforms call. */
export async function privacyRoutes(plain: FastifyInstance, { service }: { service: Service }): Promise<void> {
  const app = plain.withTypeProvider<ZodTypeProvider>();

  app.post(
    '/v1/learners/:id/claim-links',
    {
      onRequest: allow('completions:write'),
      schema: {
        tags: ['learners'],
        summary: 'A link by which a learner comes to their badges',
        params: z.object({ id: z.uuid() }),
        response: { 201: z.object({ url: z.url(), expiresAt: z.string() }).describe('Made; shown this once.') },
      },
    },
    async (request, reply) => {
      const { url, expiresAt } = await makeClaimLink(service, request.params.id, sourcesOf(requireCaller(request)));
      void reply.header('cache-control', 'no-store');
      return reply.code(201).send({ url, expiresAt: expiresAt.toISOString() });
    },
  );
}
