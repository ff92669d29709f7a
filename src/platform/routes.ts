// What any service answers: tokens, its OAuth description, and how it fares.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from '@fastify/type-provider-zod';
import type { Registry } from 'prom-client';
import { z } from 'zod';
import { SCOPES } from './callers.ts';
import { checkReadiness } from './check-readiness.ts';
import { issueAccessToken, TokenError } from './issue-access-token.ts';
import type { SignToken } from './issue-access-token.ts';
import { METRICS_REFUSED, showsToken } from './metrics.ts';
import { PROBLEM_SCHEMA } from './problem.ts';
import type { Service } from './service.ts';

export interface PlatformOptions {
  service: Service;
  metrics: Registry;
  /** Whether the process was told to end. */
  stopping: () => boolean;
}

const tokenAnswer = z.object({
  access_token: z.string(),
  token_type: z.literal('Bearer'),
  expires_in: z.int().describe('Seconds'),
  scope: z.string(),
});

const tokenError = z.object({
  error: z.enum(['invalid_request', 'invalid_client', 'unsupported_grant_type', 'invalid_scope']),
  error_description: z.string(),
});

const readiness = z.object({
  ready: z.boolean(),
  checks: z.array(z.object({ name: z.string(), ready: z.boolean(), detail: z.string().optional() })),
});

// RFC 6749 §2.3.1: id and secret are form-encoded before they are joined.
function decodePart(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw new TokenError('invalid_client', 'The id or secret in Authorization: Basic is not form-encoded.');
  }
}

function readBasic(header: string | undefined): { clientId: string; secret: string } {
  const encoded = /^Basic\s+([A-Za-z0-9+/=_-]+)$/i.exec(header ?? '')?.[1];
  const text = Buffer.from(encoded ?? '', 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 1) throw new TokenError('invalid_client', 'Send the client id and secret by Authorization: Basic.');
  return { clientId: decodePart(text.slice(0, colon)), secret: decodePart(text.slice(colon + 1)) };
}

function readGrant(request: FastifyRequest): { scope: string | undefined } {
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('application/x-www-form-urlencoded')) {
    throw new TokenError('invalid_request', 'Send the parameters as application/x-www-form-urlencoded.');
  }
  const form = request.body as Record<string, unknown>;
  const repeated = Object.keys(form).find((name) => typeof form[name] !== 'string');
  if (repeated !== undefined)
    throw new TokenError('invalid_request', `The parameter ${repeated} comes more than once.`);
  const { grant_type: grant, scope, client_secret: secret } = form as Record<string, string>;
  if (secret !== undefined)
    throw new TokenError('invalid_request', 'Send the secret by Authorization: Basic, not in the body.');
  if (grant === undefined) throw new TokenError('invalid_request', 'The parameter grant_type is missing.');
  if (grant !== 'client_credentials')
    throw new TokenError('unsupported_grant_type', 'Use grant_type=client_credentials.');
  return { scope: scope === '' ? undefined : scope };
}

async function refuse(error: TokenError, reply: FastifyReply): Promise<void> {
  const body = { error: error.error, error_description: error.message };
  if (error.error === 'invalid_client') reply.header('www-authenticate', 'Basic realm="cairn", charset="UTF-8"');
  await reply.code(error.error === 'invalid_client' ? 401 : 400).send(body);
}

function addTokenRoutes(app: FastifyInstance, service: Service): void {
  const sign: SignToken = (claims, kid, key) =>
    app.jwt.sign(claims, { key, kid, algorithm: 'EdDSA', header: { typ: 'at+jwt' } } as never);

  app.withTypeProvider<ZodTypeProvider>().post(
    '/oauth/token',
    {
      config: { limitBy: 'token' },
      schema: {
        tags: ['access'],
        summary: 'An access token for a client',
        description: 'OAuth 2.0 client credentials. The client id and secret come by Authorization: Basic.',
        consumes: ['application/x-www-form-urlencoded'],
        security: [{ client: [] }],
        response: { 200: tokenAnswer, 400: tokenError, 401: tokenError, 429: PROBLEM_SCHEMA },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store').header('pragma', 'no-cache');
      try {
        const grant = readGrant(request);
        return await issueAccessToken(service, sign, { ...readBasic(request.headers.authorization), ...grant });
      } catch (error) {
        if (!(error instanceof TokenError)) throw error;
        return await refuse(error, reply);
      }
    },
  );
}

function addMetadataRoute(app: FastifyInstance, service: Service): void {
  const { publicUrl } = service.config;
  // RFC 8414 §2 (June 2018); response types are required there although this server has no authorization endpoint.
  const metadata = {
    issuer: publicUrl,
    token_endpoint: `${publicUrl}/oauth/token`,
    token_endpoint_auth_methods_supported: ['client_secret_basic'],
    grant_types_supported: ['client_credentials'],
    response_types_supported: [],
    scopes_supported: [...SCOPES],
    service_documentation: `${publicUrl}/docs`,
  };
  app.get(
    '/.well-known/oauth-authorization-server',
    {
      schema: {
        tags: ['access'],
        summary: 'How to get tokens, for programs (RFC 8414)',
        response: { 200: z.record(z.string(), z.unknown()) },
      },
    },
    async (_request, reply) => {
      reply.header('cache-control', 'public, max-age=3600').header('access-control-allow-origin', '*');
      return metadata;
    },
  );
}

/** Everything of the platform that speaks HTTP. */
export async function platformRoutes(app: FastifyInstance, options: PlatformOptions): Promise<void> {
  const { service, metrics, stopping } = options;
  addTokenRoutes(app, service);
  addMetadataRoute(app, service);

  app.get(
    '/healthz',
    {
      logLevel: 'warn',
      schema: {
        tags: ['operation'],
        summary: 'The process lives',
        response: { 200: z.object({ alive: z.literal(true) }) },
      },
    },
    async () => ({ alive: true as const }),
  );

  app.get(
    '/readyz',
    {
      logLevel: 'warn',
      schema: {
        tags: ['operation'],
        summary: 'Whether requests can be served, and what is missing when not',
        response: { 200: readiness, 503: readiness },
      },
    },
    async (_request, reply) => {
      const found = await checkReadiness(service, stopping());
      return await reply
        .code(found.ready ? 200 : 503)
        .header('cache-control', 'no-store')
        .send(found);
    },
  );

  const { metricsToken } = service.config;
  app.get(
    '/metrics',
    { logLevel: 'warn', schema: { tags: ['operation'], summary: 'Numbers for Prometheus', produces: ['text/plain'] } },
    async (request, reply) => {
      if (metricsToken !== undefined && !showsToken(request.headers.authorization, metricsToken)) {
        void reply.header('www-authenticate', 'Bearer realm="metrics"');
        throw METRICS_REFUSED();
      }
      void reply.header('cache-control', 'no-store');
      return await reply.type(metrics.contentType).send(await metrics.metrics());
    },
  );
}
