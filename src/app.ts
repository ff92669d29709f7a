// The service as one Fastify app: what holds for every route, then one line per room.
import cors from '@fastify/cors';
import formbody from '@fastify/formbody';
import { validatorCompiler } from '@fastify/type-provider-zod';
import { randomUUID } from 'node:crypto';
import Fastify, { LogController } from 'fastify';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { contractOf } from './contract.ts';
import { completionsRoutes } from './completions/routes.ts';
import { openIntake } from './completions/intake.ts';
import { credentialsRoutes } from './credentials/routes.ts';
import { workCredentialJobs } from './credentials/work-jobs.ts';
import { buildIssuerProfile } from './issuer/profile.ts';
import { importsRoutes } from './imports/routes.ts';
import { workImportJobs } from './imports/work-imports.ts';
import { issuerRoutes } from './issuer/routes.ts';
import { learnersRoutes } from './learners/routes.ts';
import { claimMail } from './pages/claim-mail.ts';
import { problemPage } from './pages/problem-page.ts';
import { pagesRoutes } from './pages/routes.ts';
import { limitBodies } from './platform/body-deadline.ts';
import { installCallers } from './platform/callers.ts';
import { workPlatformJobs } from './platform/tidy-database.ts';
import { installContract } from './platform/contract.ts';
import { etagOf, hasAlready } from './platform/entity-tag.ts';
import { installMetrics } from './platform/metrics.ts';
import { representationConstraint } from './platform/negotiation.ts';
import { installProblems } from './platform/problem-answers.ts';
import { installRateLimits } from './platform/rate-limits.ts';
import { readableUrl, SEGMENT_LENGTH_MAX } from './platform/readable-url.ts';
import { platformRoutes } from './platform/routes.ts';
import { Problem } from './platform/problem.ts';
import type { Service } from './platform/service.ts';
import { guardTexts } from './platform/text-guard.ts';
import { answerUnreadable } from './platform/unreadable-request.ts';
import { privacyRoutes } from './privacy/routes.ts';
import { workPrivacyJobs } from './privacy/work-jobs.ts';
import { tracksRoutes } from './tracks/routes.ts';
import { verificationRoutes } from './verification/routes.ts';

/** How long a request may take to send its body. */
const BODY_TIMEOUT_MS = 60_000;

// A number counts the proxies in front of us; their addresses do not matter then.
function trustedProxies(
  setting: boolean | string | number,
): boolean | string | ((address: string, hop: number) => boolean) {
  return typeof setting === 'number' ? (_address, hop) => hop < setting : setting;
}

function makeServer({ config, log }: Service): FastifyInstance {
  return Fastify({
    loggerInstance: log as FastifyBaseLogger,
    // One line a request is written below, by the route's pattern: addresses of badges are secrets of their earners.
    logController: new LogController({ disableRequestLogging: true }),
    // A logger for each request costs 2 µs, and its id stands in each of our lines as it is.
    childLoggerFactory: (logger) => logger,
    // Ids of our own alone: a caller's would let it write into the log.
    requestIdHeader: false,
    clientErrorHandler: answerUnreadable,
    genReqId: () => randomUUID(),
    trustProxy: trustedProxies(config.trustProxy),
    bodyLimit: config.bodyLimitBytes,
    // An import may take as long as it has to: the deadline of bodies is each request's own.
    requestTimeout: 0,
    keepAliveTimeout: 72_000,
    forceCloseConnections: 'idle' as const,
    rewriteUrl: (request) => readableUrl(request.url ?? '/'),
    routerOptions: {
      constraints: { representation: representationConstraint as never },
      maxParamLength: SEGMENT_LENGTH_MAX,
    },
  });
}

/** JSON under all its names, and JWTs: a browser draws, runs, fetches and links nothing of it. */
const DATA = /^application\/(?:.*json|vc|jwt)/;

/**
 * What answers say to a browser that opens them by themselves; a page says more (`pages/send-page.ts`). Of what OWASP's
 * HTTP Headers list (2026) has, these mean something here; for data, three of them (OWASP's REST Security Cheat Sheet).
 * Each more costs a program that reads a badge half a microsecond of forty, and the service half as much.
 */
function safetyHeaders({ config }: Service): Record<'data' | 'shown', [string, string][]> {
  const always: [string, string][] = [
    ['x-content-type-options', 'nosniff'],
    ...(config.publicUrl.startsWith('https:')
      ? [['strict-transport-security', 'max-age=31536000; includeSubDomains'] satisfies [string, string]]
      : []),
  ];
  return {
    data: [...always, ['content-security-policy', "default-src 'none'; frame-ancestors 'none'"]],
    shown: [
      ...always,
      [
        'content-security-policy',
        "default-src 'none'; img-src 'self' data:; style-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'",
      ],
      ['referrer-policy', 'no-referrer'],
      // Badges and their pictures are meant to be shown elsewhere.
      ['cross-origin-resource-policy', 'cross-origin'],
    ],
  };
}

// Pages that show other people's badges run nothing from elsewhere and tell no one where their reader came from.
function protect(app: FastifyInstance, service: Service): void {
  const { data, shown } = safetyHeaders(service);
  app.addHook('onSend', (_request, reply, _payload, done) => {
    const isData = DATA.test(String(reply.getHeader('content-type')));
    for (const [name, value] of isData ? data : shown) if (!reply.hasHeader(name)) void reply.header(name, value);
    done();
  });
  // Any page may read what anyone may read. Without Access-Control-Allow-Credentials no browser lends its cookies to that,
  // so another site's page gains nothing by its reader's being signed in here.
  app.register(cors, { origin: '*', methods: ['GET', 'HEAD', 'POST', 'PUT'], maxAge: 86_400 });
}

function logRequests(app: FastifyInstance, { log }: Service): void {
  app.addHook('onResponse', (request, reply, done) => {
    const { url: route = 'none', logLevel } = request.routeOptions;
    if (logLevel !== 'warn' && log.isLevelEnabled('info')) {
      const { id: reqId, method, caller } = request;
      const durationMs = Math.round(reply.elapsedTime * 10) / 10;
      log.info({ reqId, method, route, status: reply.statusCode, durationMs, client: caller?.clientId }, 'answered');
    }
    done();
  });
}

// close() would wait for clients that keep their connection: while stopping, each answer ends its own.
function stopGracefully(app: FastifyInstance): () => boolean {
  let stopping = false;
  app.addHook('preClose', async () => void (stopping = true));
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (stopping) reply.header('connection', 'close');
    done();
  });
  return () => stopping;
}

/** The app over an open service, not yet listening. Closing it does not close the service. */
export function buildApp(service: Service): FastifyInstance {
  const app = makeServer(service);
  app.setValidatorCompiler(validatorCompiler);
  // Answers are made by typed code of ours: reading each by its schema once more took longer than writing it. That they are
  // as the contract says, without a member more, every test that gets one holds (test/contract/hold.ts).
  app.setSerializerCompiler(() => JSON.stringify);
  installProblems(app, problemPage(service.config));
  logRequests(app, service);
  limitBodies(app, BODY_TIMEOUT_MS);
  const stopping = stopGracefully(app);
  const metrics = installMetrics(app, service);
  protect(app, service);
  installContract(app, contractOf(service.config.publicUrl));
  installCallers(app, service);
  installRateLimits(app, service);

  guardTexts(app);

  const { publicUrl, issuerName } = service.config;
  const intake = openIntake(service);
  // What was accepted is recorded before the database closes.
  app.addHook('onClose', () => intake.drained());
  // Forms are for tokens and pages alone: a record that came as one, or as plain text, is not JSON that is not right.
  app.removeContentTypeParser('text/plain');
  app.register(async (forms) => {
    forms.register(formbody);
    forms.register(platformRoutes, { service, metrics, stopping });
    forms.register(pagesRoutes, { service });
  });
  app.register(tracksRoutes, {
    publicUrl,
    issuer: buildIssuerProfile(publicUrl, issuerName),
    notFound: (sentence: string) => new Problem('not_found', 404, sentence),
    tags: { of: etagOf, hasAlready },
    renderPng: (svg: string, sizePx: number) => service.workers.run<Uint8Array>('badge-png', { svg, sizePx }),
  });
  app.register(learnersRoutes, { service });
  app.register(issuerRoutes, { service });
  app.register(credentialsRoutes, { service });
  app.register(completionsRoutes, { service, intake });
  app.register(importsRoutes, { service });
  app.register(privacyRoutes, { service });
  app.register(verificationRoutes, { service });
  return app;
}

/** Says what runs the jobs, one line per room that has any; they begin at `service.jobs.start()`. */
export async function registerJobs(service: Service): Promise<void> {
  await workPlatformJobs(service);
  await workCredentialJobs(service);
  await workImportJobs(service);
  await workPrivacyJobs(service, claimMail(service.config));
}
