// How long a body may take to come. Node's own limit holds for the whole server, and there is one route that takes a file
// of any length; so it is set per request here. A client that sends a byte a minute would else hold its connection for
// ever. RFC 9110 §15.5.9 (June 2022) has 408 for it; whoever sends that slowly reads no answer.
import type { FastifyInstance, FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route reads its body itself, as long as something comes. */
    longBody?: boolean;
  }
  interface FastifyRequest {
    /** Ends the connection, unless its body has come before. */
    bodyDeadline: NodeJS.Timeout | undefined;
  }
}

const hasBody = ({ headers }: FastifyRequest): boolean =>
  headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';

/** Cuts connections whose body has not come in time; on a route with a long body, those on which nothing comes. */
export function limitBodies(app: FastifyInstance, timeoutMs: number): void {
  app.decorateRequest('bodyDeadline');
  app.addHook('onRequest', (request, _reply, done) => {
    const { socket } = request.raw;
    if (request.routeOptions.config.longBody) socket.setTimeout?.(timeoutMs);
    else if (hasBody(request)) request.bodyDeadline = setTimeout(() => socket.destroy(), timeoutMs);
    done();
  });
  const end = (request: FastifyRequest, _reply: unknown, done: () => void): void => {
    clearTimeout(request.bodyDeadline);
    done();
  };
  app.addHook('preValidation', end);
  app.addHook('onResponse', end);
  app.addHook('onRequestAbort', (request, done) => end(request, undefined, done));
}
