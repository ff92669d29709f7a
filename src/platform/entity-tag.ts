// Entity tags: whoever has the bytes already is told so (RFC 9110, June 2022, §8.8.3 and §13.1.2).
import { createHash } from 'node:crypto';

/** The strong entity tag of bytes. */
export function etagOf(bytes: string | Buffer): string {
  return `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 27)}"`;
}

/**
 * Whether an If-None-Match header names what would be sent. Compared weakly, as §13.1.2 asks: a proxy that compresses
 * makes a weak tag of ours (`W/"…"`).
 */
export function hasAlready(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  const tags = ifNoneMatch.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes(etag) || tags.includes('*');
}
