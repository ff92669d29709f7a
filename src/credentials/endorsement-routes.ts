// Endorsements: issued and revoked by administrators, read by anybody, in either form.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { ZodTypeProvider } from '@fastify/type-provider-zod';
import { isUri } from '../openbadges/primitives.ts';
import { allow } from '../platform/callers.ts';
import { etagOf } from '../platform/entity-tag.ts';
import { Problem } from '../platform/problem.ts';
import type { Service } from '../platform/service.ts';
import { isUuid } from '../platform/uuid.ts';
import { readEndorsement, type StoredEndorsement } from './endorsement-store.ts';
import { chooseForm, TYPE_OF, type Choice } from './forms.ts';
import { endorsementUrl, issueEndorsement } from './issue-endorsement.ts';
import { revokeEndorsement } from './revoke-endorsement.ts';
import { sendBytes } from './send-bytes.ts';

/** What is asked for when an endorsement is issued, by whatever way. */
export const endorsementOrder = z.strictObject({
  subject: z
    .string()
    .max(2000)
    .refine((text) => isUri(text), 'Give the id of what is endorsed: a DID or a URL.')
    .describe('The id of what is endorsed: a DID or a URL.'),
  name: z.string().trim().min(1).max(200).describe('What the endorsement is called.'),
  comment: z.string().trim().min(1).max(5000).describe('What is said of the subject.'),
  validUntil: z.iso.datetime({ offset: true }).optional().describe('When it ends; for ever when left out.'),
});

const endorsementSchema = z.object({
  id: z.uuid(),
  url: z.url(),
  subject: z.string(),
  status: z.enum(['live', 'revoked']),
  issuedAt: z.string(),
  revokedAt: z.string().optional(),
});

/** An endorsement as an administrator sees it: what it says stands at its URL. */
export function describeEndorsement(service: Service, stored: StoredEndorsement): z.infer<typeof endorsementSchema> {
  const { id, subject, issuedAt, revokedAt } = stored;
  return {
    id,
    url: endorsementUrl(service.config.publicUrl, id),
    subject,
    status: revokedAt ? 'revoked' : 'live',
    issuedAt,
    ...(revokedAt && { revokedAt }),
  };
}

/** Everything of endorsements that speaks HTTP. */
export async function endorsementRoutes(plain: FastifyInstance, { service }: { service: Service }): Promise<void> {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const oneId = z.object({ id: z.string().max(64) });

  app.post(
    '/v1/endorsements',
    {
      onRequest: allow('admin'),
      schema: {
        tags: ['credentials'],
        summary: 'Vouch for somebody or something',
        body: endorsementOrder,
        response: { 201: endorsementSchema },
      },
    },
    async (request, reply) => {
      const { validUntil, ...order } = request.body;
      const stored = await issueEndorsement(service, {
        ...order,
        ...(validUntil !== undefined && { validUntil: new Date(validUntil) }),
      });
      const described = describeEndorsement(service, stored);
      return reply.code(201).header('location', described.url).send(described);
    },
  );

  app.post(
    '/v1/endorsements/:id/revoke',
    {
      onRequest: allow('admin'),
      schema: {
        tags: ['credentials'],
        summary: 'Take an endorsement back for ever',
        params: z.object({ id: z.uuid('Give the id of an endorsement: the last part of its URL.') }),
        response: { 200: endorsementSchema },
      },
    },
    async (request) => describeEndorsement(service, await revokeEndorsement(service, request.params.id)),
  );

  async function publicEndorsement(id: string): Promise<StoredEndorsement> {
    const stored = isUuid(id) ? await readEndorsement(service.db.read, id) : undefined;
    if (!stored) throw new Problem('endorsement_unknown', 404, 'There is no endorsement with this id.');
    return stored;
  }

  const ways: [path: string, choose: (accept: string | undefined) => Choice | undefined][] = [
    ['/endorsements/:id', (accept) => chooseForm(accept, ['json', 'jwt'])],
    ['/endorsements/:id.json', () => ({ form: 'json', mediaType: TYPE_OF.json })],
    ['/endorsements/:id.jwt', () => ({ form: 'jwt', mediaType: TYPE_OF.jwt })],
  ];
  for (const [path, choose] of ways)
    app.get(
      path,
      { schema: { tags: ['public'], summary: 'An endorsement in the form that was asked for', params: oneId } },
      async (request, reply) => {
        const stored = await publicEndorsement(request.params.id);
        const { form, mediaType } = choose(request.headers.accept) ?? { form: 'json', mediaType: 'application/json' };
        const bytes = form === 'jwt' ? stored.jwt : stored.json;
        void reply.header('cache-control', 'public, no-cache').header('vary', 'Accept');
        return sendBytes(request, reply, bytes, mediaType, etagOf(bytes));
      },
    );
}
