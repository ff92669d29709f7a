// Gathers what an Open Badges 2.0 assertion refers to: its BadgeClass and its issuer, embedded or by URL.
//
// An embedded object is only the assertion's word about somebody else's document; where it has a URL, the URL is asked
// and its answer counts, so that a hosted assertion cannot dress itself up as another issuer's badge.
//
// Open Badges v2.0 (12 April 2018), "Verification".

import { fetchJson, type Resolve } from '../resolve.ts';
import { isObject } from '../parse-json.ts';
import { idOf, type Json } from './assertion.ts';

export interface Gathered {
  json?: Json;
  id?: string;
  state: 'found' | 'unreachable' | 'wrong' | 'unconfirmed';
  sentence: string;
}

const ACCEPT = 'application/ld+json, application/json';

/**
 * The document behind a member.
 * Takes the member (IRI or object); gives the document its URL answers with. An embedded object whose URL cannot be
 * asked is given as `unconfirmed`.
 */
export async function gather(member: unknown, what: string, resolve: Resolve): Promise<Gathered> {
  const id = idOf(member);
  const embedded = isObject(member) ? member : undefined;
  if (id === undefined || !/^https?:\/\//.test(id)) {
    if (embedded) return { json: embedded, id, state: 'unconfirmed', sentence: `The ${what} is only embedded.` };
    return { id, state: 'wrong', sentence: `The ${what} has no URL.` };
  }
  const fetched = await fetchJson(resolve, id, ACCEPT);
  if (!fetched.found) {
    if (fetched.why === 'unreadable') return { id, state: 'wrong', sentence: fetched.sentence };
    return { json: embedded, id, state: embedded ? 'unconfirmed' : 'unreachable', sentence: fetched.sentence };
  }
  if (fetched.json['id'] !== id)
    return {
      json: fetched.json,
      id,
      state: 'wrong',
      sentence: `The ${what} at ${id} says it is ${String(fetched.json['id']).slice(0, 200)}.`,
    };
  return { json: fetched.json, id, state: 'found', sentence: `The ${what} was read from ${id}.` };
}

function hostOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).hostname : undefined;
}

function texts(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string');
}

/**
 * Whether a hosted assertion's URL lies where its issuer hosts assertions: under one of `startsWith`, and on one of
 * `allowedOrigins`; without either, on the issuer's own host (VerificationObject).
 */
export function inScope(assertionId: string, issuer: Json): boolean {
  const host = hostOf(assertionId);
  if (host === undefined) return false;
  const scope = isObject(issuer['verification']) ? issuer['verification'] : {};
  const prefixes = texts(scope['startsWith']);
  if (prefixes.length > 0 && !prefixes.some((prefix) => assertionId.startsWith(prefix))) return false;
  const origins = texts(scope['allowedOrigins']);
  if (origins.length > 0) return origins.includes(host);
  return prefixes.length > 0 || host === hostOf(String(issuer['id']));
}
