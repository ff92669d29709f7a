// Learners as platforms read them: only those whom their own sources brought.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { ZodTypeProvider } from '@fastify/type-provider-zod';
import { allow, requireCaller, sourcesOf } from '../platform/callers.ts';
import { Problem } from '../platform/problem.ts';
import type { Service } from '../platform/service.ts';
import { keyText, parseIdentifierQuery } from './identifier.ts';
import { findHolders, readLearner, type LearnerRecord } from './store.ts';

const learnerSchema = z.object({
  id: z.uuid(),
  name: z.string().optional(),
  identifiers: z.array(
    z.object({
      type: z.enum(['account', 'email', 'did']),
      homePage: z.string().optional(),
      name: z.string().optional(),
      value: z.string().optional(),
    }),
  ),
  consents: z.object({ name: z.boolean(), listed: z.boolean(), evidence: z.boolean() }),
  createdAt: z.string(),
});

/**
 * Whether a client may see an identifier: what one of its own sources brought, first or after others, and accounts on its
 * own platforms. By what others alone brought it does not find the learner either: a guess that hits would tell as much.
 */
function isSeen(learner: LearnerRecord, one: LearnerRecord['identifiers'][number], sources: string[] | null): boolean {
  if (sources === null || sources.includes(one.source)) return true;
  return one.kind === 'account' ? sources.includes(one.authority) : learner.broughtEmails.includes(one.value);
}

/** A learner as a client sees it: with the identifiers that the client's own sources brought. */
function describeLearner(learner: LearnerRecord, sources: string[] | null): z.infer<typeof learnerSchema> {
  return {
    id: learner.id,
    ...(learner.name && { name: learner.name }),
    identifiers: learner.identifiers
      .filter((one) => isSeen(learner, one, sources))
      .map((one) =>
        one.kind === 'account'
          ? { type: one.kind, homePage: one.authority, name: one.value }
          : { type: one.kind, value: one.value },
      ),
    consents: {
      name: learner.consents.name?.granted === true,
      listed: learner.consents.listed?.granted === true,
      evidence: learner.consents.evidence?.granted === true,
    },
    createdAt: new Date(learner.createdAt).toISOString(),
  };
}

/** Everything of the learners room that speaks HTTP. */
export async function learnersRoutes(plain: FastifyInstance, { service }: { service: Service }): Promise<void> {
  const app = plain.withTypeProvider<ZodTypeProvider>();

  app.get(
    '/v1/learners',
    {
      onRequest: allow('completions:read'),
      schema: {
        tags: ['learners'],
        summary: 'The learner who holds an identifier',
        querystring: z.strictObject({
          identifier: z
            .string()
            .max(1024)
            .describe('`ada@example.edu`, `did:…`, or `account:https://moodle.example.edu|17`.'),
        }),
        response: { 200: z.object({ learners: z.array(learnerSchema) }) },
      },
    },
    async (request) => {
      const key = parseIdentifierQuery(request.query.identifier);
      if (!key)
        throw new Problem('identifier_unreadable', 422, 'This identifier is none that we know.', {
          errors: [
            {
              pointer: '/identifier',
              code: 'identifier_unreadable',
              detail: 'Give an e-mail address, a DID, or account:<home page>|<name>.',
            },
          ],
        });
      const sources = sourcesOf(requireCaller(request));
      const [holder] = await findHolders(service.db.read, [key]);
      const learner = holder && (await readLearner(service.db.read, holder.learnerId, sources));
      const asked = learner?.identifiers.find((one) => keyText(one) === keyText(key));
      const found = learner && asked && isSeen(learner, asked, sources);
      return { learners: found ? [describeLearner(learner, sources)] : [] };
    },
  );

  app.get(
    '/v1/learners/:id',
    {
      onRequest: allow('completions:read'),
      schema: {
        tags: ['learners'],
        summary: 'One learner',
        params: z.object({ id: z.uuid() }),
        response: { 200: learnerSchema },
      },
    },
    async (request) => {
      const sources = sourcesOf(requireCaller(request));
      const learner = await readLearner(service.db.read, request.params.id, sources);
      if (!learner) throw new Problem('learner_unknown', 404, 'There is no learner with this id.');
      return describeLearner(learner, sources);
    },
  );
}
