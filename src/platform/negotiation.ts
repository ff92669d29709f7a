// Who gets a page and who gets a document from the same URL. Browsers say so in Accept (RFC 9110 §12.5.1, June 2022);
// the crawlers that make link previews ask for anything at all and are known by their names.
import type { IncomingHttpHeaders } from 'node:http';
import { Recent } from '../openbadges/recent.ts';

const machine = /^application\/([a-z0-9.+-]*json|vc|vc\+ld\+json|ld\+json|jwt|vc\+jwt)$|^text\/plain$|^image\//;

const crawlers =
  /facebookexternalhit|facebot|linkedinbot|twitterbot|slackbot|discordbot|whatsapp|telegrambot|skypeuripreview|mastodon|pinterest|redditbot|embedly|iframely|vkshare|applebot|googlebot|bingbot|duckduckbot|google-inspectiontool|bluesky|signal-?bot/i;

/** An Accept header's media ranges with their weights. Malformed weights count as 0. */
export function parseAccept(accept: string): { type: string; weight: number }[] {
  return accept.split(',').flatMap((part) => {
    const [type, ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase());
    if (!type) return [];
    const given = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
    const weight = given === undefined ? 1 : Number(given);
    return [{ type, weight: weight >= 0 && weight <= 1 ? weight : 0 }];
  });
}

/** Programs and browsers ask the same each time; what they send is not ours, so what is kept is bounded (in letters). */
const asked = new Recent<boolean>(100_000);

/** Whether a request wants a page: it names HTML at least as dearly as any machine's format, or it is a crawler. */
export function prefersHtml({ accept = '*/*', 'user-agent': agent = '' }: IncomingHttpHeaders): boolean {
  const key = `${accept}\n${agent}`;
  let prefers = asked.get(key);
  if (prefers === undefined) {
    prefers = weighHtml(accept, agent);
    asked.set(key, prefers, 100);
  }
  return prefers;
}

function weighHtml(accept: string, agent: string): boolean {
  const ranges = parseAccept(accept);
  const weigh = (test: (type: string) => boolean): number =>
    Math.max(0, ...ranges.filter(({ type }) => test(type)).map(({ weight }) => weight));
  const html = weigh((type) => type === 'text/html' || type === 'application/xhtml+xml');
  // Browsers list pictures (image/avif) beside text/html: only a picture dearer than the page is meant as a picture.
  const other = weigh((type) => machine.test(type));
  if (html > 0 && html >= other) return true;
  return other === 0 && crawlers.test(agent);
}

/**
 * find-my-way's constraint `representation`: a route that asks for `html` is taken by browsers and crawlers, the one
 * without a constraint by everybody else, and by browsers where there is no page.
 */
export const representationConstraint = {
  name: 'representation',
  storage() {
    const stored = new Map<unknown, unknown>();
    return {
      get: (type: unknown) => stored.get(type) ?? null,
      set: (type: unknown, store: unknown) => void stored.set(type, store),
    };
  },
  deriveConstraint(request: { headers: IncomingHttpHeaders }): string | undefined {
    return prefersHtml(request.headers) ? 'html' : undefined;
  },
  mustMatchWhenDerived: false,
};
