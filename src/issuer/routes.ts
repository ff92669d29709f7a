// The issuer's documents for machines. Their page is the pages room's.
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import type { ZodTypeProvider } from '@fastify/type-provider-zod';
import { OB_V3, VC_V2 } from '../openbadges/contexts.ts';
import type { RingKey } from '../platform/key-ring.ts';
import { Problem } from '../platform/problem.ts';
import type { Service } from '../platform/service.ts';
import { buildDidDocument, buildKeySet, publishedJwk } from './documents.ts';
import { buildIssuerProfile } from './profile.ts';
import { signedKeyHistory } from './sign-key-history.ts';

/** Long enough for a crowd, short enough that a new key is seen before it signs. */
const KEYS_MAX_AGE_S = 300;

/** The keys that sign credentials, in any state; those of access tokens never stand beside them. */
export function credentialKeys(service: Pick<Service, 'keys'>): RingKey[] {
  return [...service.keys.keys('data-integrity'), ...service.keys.keys('vc-jwt')];
}

/** Everything of the issuer room that speaks HTTP. */
export async function issuerRoutes(plain: FastifyInstance, { service }: { service: Service }): Promise<void> {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const { publicUrl, issuerName } = service.config;

  function send(reply: FastifyReply, document: object, type: string) {
    void reply.header('cache-control', `public, max-age=${KEYS_MAX_AGE_S}`).type(type);
    return reply.send(JSON.stringify(document));
  }

  app.get(
    '/.well-known/did.json',
    { schema: { tags: ['public'], summary: 'The DID document of the issuer' } },
    async (_request, reply) =>
      send(reply, buildDidDocument(publicUrl, credentialKeys(service)), 'application/did+json'),
  );

  app.get(
    '/.well-known/jwks.json',
    { schema: { tags: ['public'], summary: 'The keys of VC-JWTs' } },
    async (_request, reply) => send(reply, buildKeySet(publicUrl, credentialKeys(service)), 'application/jwk-set+json'),
  );

  app.get(
    '/keys/:kid',
    {
      schema: {
        tags: ['public'],
        summary: 'One key as a bare JWK',
        params: z.object({ kid: z.string().max(200) }),
      },
    },
    async (request, reply) => {
      const key = credentialKeys(service).find((one) => one.kid === request.params.kid);
      if (!key) throw new Problem('key_unknown', 404, 'There is no key at this address.');
      if (key.state === 'compromised')
        throw new Problem(
          'key_compromised',
          410,
          'This key was compromised. Do not trust what it signed; see /.well-known/key-history.json.',
        );
      return send(reply, publishedJwk(publicUrl, key), 'application/jwk+json');
    },
  );

  app.get(
    '/.well-known/key-history.json',
    { schema: { tags: ['public'], summary: 'Every key that ever signed a credential, and what became of it' } },
    async (_request, reply) =>
      send(reply, await signedKeyHistory(service, credentialKeys(service)), 'application/json'),
  );

  app.get('/issuer', { schema: { tags: ['public'], summary: 'The issuer’s profile' } }, async (_request, reply) =>
    send(
      reply,
      {
        '@context': [VC_V2, OB_V3],
        ...buildIssuerProfile(publicUrl, issuerName),
      },
      'application/ld+json',
    ),
  );
}
