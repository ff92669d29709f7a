// The platform's own part of the app, without the rooms to its right, and ways to call it.
import formbody from '@fastify/formbody';
import { validatorCompiler } from '@fastify/type-provider-zod';
import { randomUUID } from 'node:crypto';
import Fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import { installCallers } from '../../src/platform/callers.ts';
import { createClient } from '../../src/platform/create-client.ts';
import { installMetrics } from '../../src/platform/metrics.ts';
import { representationConstraint } from '../../src/platform/negotiation.ts';
import { installProblems } from '../../src/platform/problem-answers.ts';
import type { ProblemPage } from '../../src/platform/problem-answers.ts';
import { installRateLimits } from '../../src/platform/rate-limits.ts';
import { platformRoutes } from '../../src/platform/routes.ts';
import type { Service } from '../../src/platform/service.ts';

/** Builds it; add routes before the first request. */
export function buildPlatformApp(service: Service, page?: ProblemPage, stopping = () => false): FastifyInstance {
  const app = Fastify({
    genReqId: () => randomUUID(),
    routerOptions: { constraints: { representation: representationConstraint as never } },
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(() => JSON.stringify);
  installProblems(app, page);
  const metrics = installMetrics(app, service);
  app.register(formbody);
  installCallers(app, service);
  installRateLimits(app, service);
  app.register(platformRoutes, { service, metrics, stopping });
  return app;
}

export const basic = (id: string, secret: string): string =>
  `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;

/** Asks for a token. */
export async function askToken(
  app: FastifyInstance,
  authorization: string | undefined,
  form = 'grant_type=client_credentials',
) {
  return await app.inject({
    method: 'POST',
    url: '/oauth/token',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...(authorization && { authorization }) },
    payload: form,
  });
}

/** A client with these scopes, and an access token for it. */
export async function makeCaller(app: FastifyInstance, service: Service, scopes: string[], more: object = {}) {
  const { client, secret } = await createClient(service, {
    name: 'LMS',
    sources: ['https://lms.example'],
    scopes,
    ...more,
  });
  const answer = await askToken(app, basic(client.id, secret));
  return { id: client.id, secret, token: answer.json<{ access_token: string }>().access_token };
}
