// The one place where errors become answers. Everything that goes wrong in a route, in Fastify or in a parser ends here
// as `application/problem+json` (RFC 9457, July 2023), or as a page when a browser asks and the pages offer one.
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { faultsOfIssues } from './faults.ts';
import { prefersHtml } from './negotiation.ts';
import { isOutage } from './outage.ts';
import { Problem, problemBody } from './problem.ts';

/** Draws a problem for people; undefined leaves it to JSON. */
export type ProblemPage = (problem: Problem, request: FastifyRequest) => string | undefined;

const places: Record<string, string> = { body: 'body', querystring: 'query', headers: 'header' };

function zodIssues(validation: NonNullable<FastifyError['validation']>): z.core.$ZodIssue[] {
  return validation.map(({ keyword, instancePath, message, params }) => ({
    ...params,
    code: keyword,
    path: instancePath.split('/').slice(1).filter(Boolean),
    message,
  })) as unknown as z.core.$ZodIssue[];
}

function ofValidation(error: FastifyError, request: FastifyRequest | undefined): Problem {
  const context = error.validationContext ?? 'body';
  if (context === 'params') return new Problem('not_found', 404, 'There is nothing at this address.');
  const where = places[context] ?? context;
  return new Problem('invalid', 422, `The ${where} is well formed, but not what is wanted here. See errors.`, {
    errors: faultsOfIssues(zodIssues(error.validation!), context === 'body' ? request?.body : request?.query),
  });
}

const known: Record<string, [code: string, status: number, sentence: string]> = {
  FST_ERR_CTP_INVALID_JSON_BODY: [
    'malformed_json',
    400,
    'The body is not JSON. Check quotes, commas and the encoding (UTF-8).',
  ],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['malformed_json', 400, 'The body is empty. Send JSON, or leave out the content type.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['malformed', 400, 'The body is not as long as Content-Length says.'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['media_type', 415, 'This media type is not taken here. Send application/json.'],
  FST_ERR_CTP_INVALID_TYPE: ['media_type', 415, 'This media type is not taken here. Send application/json.'],
};

/** What a route takes that has no limit of its own, where nothing else is set (BODY_LIMIT_BYTES). */
const LIMIT_BYTES = 1_048_576;

/** Any thrown thing as a problem. What is not known is a 500 that tells nothing. */
export function problemOf(error: unknown, request?: FastifyRequest): Problem {
  if (error instanceof Problem) return error;
  const thrown = (error ?? {}) as Partial<FastifyError>;
  if (thrown.validation) return ofValidation(thrown as FastifyError, request);
  if (thrown.code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    const limit = request?.routeOptions.bodyLimit ?? LIMIT_BYTES;
    return new Problem('too_large', 413, `This address takes at most ${limit} bytes. Send less at once.`);
  }
  const found = known[thrown.code ?? ''];
  if (found) return new Problem(...found);
  // secure-json-parse refuses __proto__ and constructor members with a bare SyntaxError.
  if (error instanceof SyntaxError && thrown.statusCode === 400)
    return new Problem(...known.FST_ERR_CTP_INVALID_JSON_BODY!);
  if (thrown.statusCode === undefined && isOutage(error))
    return new Problem('unavailable', 503, 'The database is out of reach. Send the same again in a few seconds.', {
      headers: { 'retry-after': '5' },
    });
  const status = thrown.statusCode ?? 500;
  if (status < 500 && status >= 400) return new Problem('refused', status, 'The request cannot be served as it is.');
  return new Problem('internal', 500, 'Unexpected failure.');
}

async function answer(
  problem: Problem,
  request: FastifyRequest,
  reply: FastifyReply,
  page?: ProblemPage,
): Promise<void> {
  // What a route said of its file is not said of a problem; and a name from the address may be none that a header can bear.
  reply.removeHeader('content-disposition');
  reply.code(problem.status).headers(problem.headers).header('cache-control', 'no-store');
  const html = page && prefersHtml(request.headers) ? page(problem, request) : undefined;
  if (html !== undefined) await reply.type('text/html; charset=utf-8').serializer(String).send(html);
  else await reply.type('application/problem+json').serializer(JSON.stringify).send(problemBody(problem, request));
}

// A route's pattern as an expression for whole paths: `/keys/:kid` matches one segment, a star the rest.
function patternOf(url: string): RegExp {
  const escaped = url.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replace(/:[A-Za-z0-9_]+/g, '[^/]+')}/?$`);
}

/**
 * Gives an app its error and not-found answers. Call before any route is added.
 *
 * @param page draws problems for browsers
 */
export function installProblems(app: FastifyInstance, page?: ProblemPage): void {
  const routes = new Map<string, { pattern: RegExp; methods: Set<string> }>();
  app.addHook('onRoute', ({ url, method }) => {
    const route = routes.get(url) ?? { pattern: patternOf(url), methods: new Set<string>() };
    for (const one of [method].flat()) route.methods.add(one);
    routes.set(url, route);
  });

  app.setErrorHandler(async (error, request, reply) => {
    const problem = problemOf(error, request);
    const { id: reqId, log } = request;
    if (problem.status > 499) log.error({ reqId, err: error, code: problem.code }, 'a request failed');
    else log.info({ reqId, code: problem.code, status: problem.status }, 'a request was refused');
    await answer(problem, request, reply, page);
  });

  app.setNotFoundHandler(async (request, reply) => {
    const path = request.url.split('?')[0]!;
    const methods = [...routes.values()]
      .filter(({ pattern }) => pattern.test(path))
      .flatMap((route) => [...route.methods]);
    const allowed = [...new Set(methods)].filter((method) => method !== 'OPTIONS' && path !== '*');
    const problem =
      allowed.length > 0 && !allowed.includes(request.method)
        ? new Problem(
            'method_not_allowed',
            405,
            `${request.method} is not possible here. Use ${allowed.join(' or ')}.`,
            {
              headers: { allow: allowed.join(', ') },
            },
          )
        : new Problem('not_found', 404, 'There is nothing at this address.');
    await answer(problem, request, reply, page);
  });
}
