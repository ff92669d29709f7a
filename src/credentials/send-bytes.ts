// Answers with bytes as they were signed, under an entity tag, so that whoever has them already is told so (RFC 9110,
// June 2022, §8.8.3 and §13.1.2).
import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { contentType } from './forms.ts';

/** The entity tag of bytes. */
export function etagOf(bytes: string | Buffer): string {
  return `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 27)}"`;
}

/** Answers with bytes, or with 304 when the caller has them. */
export function sendBytes(
  request: FastifyRequest,
  reply: FastifyReply,
  bytes: string | Buffer,
  type: string,
  etag: string,
): FastifyReply {
  void reply.header('etag', etag).type(contentType(type));
  if (request.headers['if-none-match']?.split(/\s*,\s*/).includes(etag)) return reply.code(304).send();
  return reply.send(typeof bytes === 'string' ? Buffer.from(bytes) : bytes);
}
