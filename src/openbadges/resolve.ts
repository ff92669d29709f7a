// How the standard's part reaches documents it does not have: through one function that its caller gives it.
//
// Pure code cannot fetch, so verification is the same whether documents come from the guarded network, from a folder on
// disk or from our own tables. What comes back is bytes with a status, and the three ways of not having a document are
// kept apart: unreachable (ask again later), absent (the server says there is none) and unreadable (it is there and wrong).
//
// Open Badges 3.0 (April 2025) §9; Controlled Identifiers 1.0 (W3C Recommendation, 15 May 2025) §3.

import { isObject, parseJson } from './parse-json.ts';

export interface ResolvedDocument {
  /** The URL that answered, after redirects. */
  url: string;
  status: number;
  contentType: string;
  body: string;
  /** The answer as it came, for digests; absent when only text was at hand. */
  bytes?: Uint8Array;
}

export type ResolveErrorKind = 'unreachable' | 'refused' | 'too_large' | 'budget' | 'malformed_url';

/** What a `Resolve` throws when it has no answer; everything else that it throws is a fault of its own. */
export class ResolveError extends Error {
  readonly kind: ResolveErrorKind;

  constructor(kind: ResolveErrorKind, sentence: string) {
    super(sentence);
    this.name = 'ResolveError';
    this.kind = kind;
  }
}

/** Takes a URL and the media types wanted (an Accept header); gives whatever answered; throws ResolveError. */
export type Resolve = (url: string, accept: string) => Promise<ResolvedDocument>;

export type Absence = 'unreachable' | 'absent' | 'unreadable';
export type Fetched =
  | { found: true; document: ResolvedDocument }
  | { found: false; why: Absence; sentence: string; kind?: ResolveErrorKind; withdrawn?: boolean };
export type FetchedJson =
  { found: true; json: Record<string, unknown>; document: ResolvedDocument } | Extract<Fetched, { found: false }>;

export const ACCEPT_JSON = 'application/json, application/ld+json;q=0.9';
export const ACCEPT_CREDENTIAL =
  'application/vc, application/vc+jwt, application/vc+ld+json;q=0.9, application/ld+json;q=0.9, application/json;q=0.8, text/plain;q=0.7';

/** Asks for a document and turns every way of not having it into an answer. */
export async function fetchDocument(resolve: Resolve, url: string, accept: string): Promise<Fetched> {
  let document: ResolvedDocument;
  try {
    document = await resolve(url, accept);
  } catch (error) {
    if (!(error instanceof ResolveError)) throw error;
    return { found: false, why: 'unreachable', kind: error.kind, sentence: error.message };
  }
  if (document.status >= 200 && document.status < 300) return { found: true, document };
  // RFC 9110 §15.5.5 and §15.5.11: only these two say that there is nothing; 401, 429 and 5xx say "not now, not you".
  const gone = document.status === 404 || document.status === 410;
  return {
    found: false,
    why: gone ? 'absent' : 'unreachable',
    // Only 410 says that it was there and was taken away on purpose.
    ...(document.status === 410 && { withdrawn: true }),
    sentence: `${url} answered with status ${document.status}.`,
  };
}

/** The same for a document that must be one JSON object. */
export async function fetchJson(resolve: Resolve, url: string, accept = ACCEPT_JSON): Promise<FetchedJson> {
  const fetched = await fetchDocument(resolve, url, accept);
  if (!fetched.found) return fetched;
  const parsed = parseJson(fetched.document.body);
  if (!parsed.ok) return { found: false, why: 'unreadable', sentence: `${url}: ${parsed.sentence}` };
  if (!isObject(parsed.json)) return { found: false, why: 'unreadable', sentence: `${url} is not a JSON object.` };
  return { found: true, json: parsed.json, document: fetched.document };
}
