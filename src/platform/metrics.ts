// Numbers for operators, in Prometheus' text format: how requests fare by route (its pattern, never its address), how
// many jobs wait and how many are dead.
import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Service } from './service.ts';

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
