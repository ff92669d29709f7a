// How often one may ask: by client on the API, by address where nobody says who they are (tokens, verification,
// drawing). Documents that verifiers and caches fetch are not limited. RFC 6585 §4 (April 2012): 429, Retry-After.
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { leaseFrom, makeQuota, WINDOW_MS } from './lease-quota.ts';
import type { Quota } from './lease-quota.ts';
import { Problem } from './problem.ts';
import type { Service } from './service.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Limits a route that anyone may call: `address` for what is dear to compute, `token` for guessing at secrets. */
    limitBy?: 'address' | 'token';
  }
}

type Counted = (error: Error | null, count?: { current: number; ttl: number }) => void;

// The plugin makes its store itself, so the quota comes by the class.
function storeOver(quota: Quota): new () => object {
  return class QuotaStore {
    incr(key: string, counted: Counted, timeWindow: number, max: number): void {
      quota.take(key, max, timeWindow).then(
        ({ current, resetMs }) => counted(null, { current, ttl: resetMs }),
        (error: Error) => counted(error),
      );
    }
    child(): QuotaStore {
      return this;
    }
  };
}

/** Limits an app's routes. Call after `installCallers` and before any route is added. */
export function installRateLimits(app: FastifyInstance, service: Service): void {
  const { clientPerMinute, addressPerMinute, tokenPerMinute } = service.config.rateLimits;
  const kindOf = (request: FastifyRequest): 'client' | 'address' | 'token' | undefined => {
    if (request.caller) return 'client';
    return request.callerFault ? 'address' : request.routeOptions.config.limitBy;
  };
  const limits = { client: clientPerMinute, address: addressPerMinute, token: tokenPerMinute };
  const limitOf = (request: FastifyRequest): number => limits[kindOf(request) ?? 'address'];
  // A limit of 0 is no limit. Asked here, for the plugin waits three times before it looks at a list of its own.
  const isUnlimited = (request: FastifyRequest): boolean => kindOf(request) === undefined || limitOf(request) === 0;

  app.register(rateLimit, {
    global: false,
    store: storeOver(makeQuota(leaseFrom(service), service.now)) as never,
    timeWindow: WINDOW_MS,
    max: limitOf,
    keyGenerator: (request) => {
      const kind = kindOf(request);
      return kind === 'client' ? `client ${request.caller!.clientId}` : `${kind} ${request.ip}`;
    },
    // A database that does not answer is told by the request itself.
    skipOnError: true,
    errorResponseBuilder: (_request, { after }) =>
      new Problem('too_many_requests', 429, `Too many requests in this minute. Try again in ${after}.`) as never,
  });
  app.after((error) => {
    if (error) throw error;
    const count = app.rateLimit() as (request: FastifyRequest, reply: FastifyReply) => Promise<void>;
    app.addHook('onRequest', (request, reply, done) => {
      if (isUnlimited(request)) done();
      else count(request, reply).then(() => done(), done);
    });
  });
}
