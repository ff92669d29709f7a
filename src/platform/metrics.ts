// Numbers for operators, in Prometheus' text format: how requests fare by route (its pattern, never its address), how
// many jobs wait and how many are dead. They tell how much goes on and where: an operator may ask for a token.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { Problem } from './problem.ts';
import type { Service } from './service.ts';

/** The answer to whoever asks for the numbers without their token. */
export const METRICS_REFUSED = (): Problem =>
  new Problem(
    'metrics_token',
    401,
    'These numbers are for operators. Send the METRICS_TOKEN of the service as Authorization: Bearer.',
  );

/**
 * Whether an Authorization header shows this token, as Prometheus' `authorization` sends it (RFC 6750, October 2012, §2.1).
 * Digests are compared, which are of one length: neither the time nor the length tells anything of the token.
 */
export function showsToken(authorization: string | undefined, token: string): boolean {
  const given = /^Bearer +([^ ]+) *$/i.exec(authorization ?? '')?.[1] ?? '';
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(token));
}

/** Measures an app's requests. Call before any route is added; gives what /metrics prints. */
export function installMetrics(app: FastifyInstance, service: Service): Registry {
  const registers = [new Registry()];
  const registry = registers[0]!;
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'cairn_http_request_seconds',
    help: 'Time from the first byte of a request to the last of its answer',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers,
  });
  new Gauge({
    name: 'cairn_jobs',
    help: 'Jobs by queue and state; those in dead-letter failed for good',
    labelNames: ['queue', 'state'],
    registers,
    async collect() {
      for (const { queue, waiting, running } of await service.jobs.counts()) {
        this.set({ queue, state: 'waiting' }, waiting);
        this.set({ queue, state: 'running' }, running);
      }
    },
  });
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none';
    requests.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000);
    done();
  });
  return registry;
}
