// Answers with bytes as they were signed, under an entity tag.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { hasAlready } from '../platform/entity-tag.ts';
import { contentType } from './forms.ts';

/** Answers with bytes, or with 304 when the caller has them. */
export function sendBytes(
  request: FastifyRequest,
  reply: FastifyReply,
  bytes: string | Buffer,
  type: string,
  etag: string,
): FastifyReply {
  void reply.header('etag', etag).type(contentType(type));
  if (hasAlready(request.headers['if-none-match'], etag)) return reply.code(304).send();
  return reply.send(typeof bytes === 'string' ? Buffer.from(bytes) : bytes);
}
