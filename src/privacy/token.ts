// The secrets that open an earner's own place: 256 random bits, of which only the SHA-256 is kept. A secret of that
// length needs no slow password function.
import { createHash } from 'node:crypto';
import type { Service } from '../platform/service.ts';

/** A new secret, in base64url. */
export function makeToken(service: Pick<Service, 'random'>): string {
  return service.random(32).toString('base64url');
}

/** What is kept of a secret. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
