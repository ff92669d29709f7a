// Puts resolvers together: our own documents first, then whatever lies outside, within one verification's budget.
//
// Our own ids (DID document, keys, lists) are answered inside, so that verification works on localhost and behind
// proxies. The budget belongs to one verification: a badge with a hundred endorsements must not make us fetch for a
// minute on a stranger's behalf. A document asked for twice is fetched once, so that two checks see the same text.
//
// VC Data Integrity 1.0 (W3C Recommendation, 15 May 2025) leaves caching to the verifier; this cache lives as
// long as one verification.

import { ResolveError, type Resolve, type ResolvedDocument } from '../openbadges/resolve.ts';

/** Answers for URLs that are ours, undefined for all others. */
export type OwnDocuments = (url: string, accept: string) => Promise<ResolvedDocument | undefined>;

export interface Budget {
  fetches: number;
  sizeBytes: number;
  timeMs: number;
}

/** A badge with a status list, an issuer document and a few endorsements takes some ten fetches. */
const VERIFICATION_BUDGET: Budget = { fetches: 40, sizeBytes: 8 * 1024 * 1024, timeMs: 20_000 };

/** Our own documents first; the rest goes on to `outside`. A fragment never leaves the machine (RFC 9110 §4.2.5). */
export function withOwnDocuments(own: OwnDocuments | undefined, outside: Resolve): Resolve {
  if (own === undefined) return outside;
  return async (url, accept) => (await own(url, accept)) ?? (await outside(url, accept));
}

/**
 * Limits what one verification may fetch, and asks for each document once.
 * Takes the resolver, the budget and a clock in milliseconds; gives a resolver that throws ResolveError('budget') when
 * the budget is spent. Make a new one for each verification.
 */
export function withinBudget(resolve: Resolve, clock: () => number, budget: Budget = VERIFICATION_BUDGET): Resolve {
  const startedAt = clock();
  const asked = new Map<string, Promise<ResolvedDocument>>();
  let fetches = 0;
  let sizeBytes = 0;

  const spend = async (url: string, accept: string): Promise<ResolvedDocument> => {
    fetches += 1;
    if (fetches > budget.fetches)
      throw new ResolveError('budget', `This badge asks for more than ${budget.fetches} documents.`);
    const leftMs = budget.timeMs - (clock() - startedAt);
    if (leftMs <= 0) throw new ResolveError('budget', 'The documents of this badge took too long.');
    if (sizeBytes > budget.sizeBytes) throw new ResolveError('budget', 'The documents of this badge are too large.');
    const document = await resolve(url, accept);
    sizeBytes += document.bytes?.length ?? document.body.length;
    return document;
  };

  return (url, accept) => {
    const name = `${accept}\n${url}`;
    const known = asked.get(name);
    if (known !== undefined) return known;
    const answer = spend(url, accept);
    asked.set(name, answer);
    return answer;
  };
}
