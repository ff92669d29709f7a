// Whether a form that was sent is one of ours: no other site may act in the name of whoever is signed in here. The cookie
// is `SameSite=Lax` already; this also covers what needs no cookie, and browsers that do not know that attribute.
// Fetch Metadata (W3C Working Draft), `Sec-Fetch-Site`; Fetch Standard (WHATWG), `Origin`.
import type { FastifyRequest } from 'fastify';
import { Problem } from '../platform/problem.ts';

/**
 * For a route's `onRequest`. Browsers send `Origin` with every form; `Sec-Fetch-Site` where it can be trusted, and it
 * outranks the former, because it holds whatever name this service is reached by.
 * @throws Problem form_not_ours (403).
 */
export function onlyOwnForms(publicUrl: string): (request: FastifyRequest) => Promise<void> {
  return async (request) => {
    const { origin, 'sec-fetch-site': site } = request.headers;
    if (site === undefined ? origin === publicUrl : site === 'same-origin') return;
    throw new Problem('form_not_ours', 403, 'This form did not come from a page of ours. Open the page and try again.');
  };
}
