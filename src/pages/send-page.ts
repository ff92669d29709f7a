// Sends a page with the headers that keep it safe: nothing inline, nothing from elsewhere, no frame around it, no
// address in anybody's Referer. Content Security Policy Level 3 (W3C), HTML Living Standard for data blocks.
import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../platform/config.ts';
import { chooseLanguage } from './choose-language.ts';
import { inLanguage, linkedDataOf, renderDocument, type Page } from './layout.ts';
import { wordsOf, type Words } from './words.ts';

export type Site = Pick<Config, 'publicUrl' | 'issuerName' | 'linkedinOrganizationId'>;

/** The words of whoever asks. */
export function wordsFor(site: Site, request: FastifyRequest): Words {
  const { lang } = (request.query ?? {}) as { lang?: unknown };
  return wordsOf(chooseLanguage(site.publicUrl, lang, request.headers).language);
}

/**
 * The policy of a page. A data block is not executed and so not covered by `script-src`; its hash is named all the same
 * for the browsers and scanners that look.
 * @param framed whether other sites may put the page into a frame.
 */
export function contentSecurityPolicy(linkedData?: string, framed = false): string {
  const hash = linkedData && ` 'sha256-${createHash('sha256').update(linkedData).digest('base64')}'`;
  return [
    "default-src 'none'",
    `script-src 'self'${hash ?? ''}`,
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    `frame-ancestors ${framed ? '*' : "'none'"}`,
  ].join('; ');
}

/** The headers of every page. */
export function secureHeaders(linkedData?: string, framed = false): Record<string, string> {
  return {
    'content-security-policy': contentSecurityPolicy(linkedData, framed),
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=()',
    ...(framed ? {} : { 'x-frame-options': 'DENY' }),
  };
}

/** A page in one language, ready to be sent as often as it is asked for. */
export interface RenderedPage {
  status: number;
  html: Buffer;
  headers: Record<string, string>;
}

/** Renders a page. @param here where the language links lead */
export function renderPage(site: Site, words: Words, page: Page, here: string): RenderedPage {
  const html = renderDocument(page, { ...site, words, here: inLanguage(here, undefined) });
  return {
    status: page.status ?? 200,
    html: Buffer.from(html),
    headers: {
      ...secureHeaders(linkedDataOf(page)),
      vary: 'Accept, Accept-Language, Cookie, User-Agent',
      'content-language': words.language,
      'content-type': 'text/html; charset=utf-8',
    },
  };
}

/** Sends a rendered page. @param setCookie remembers a language that was chosen just now */
export function sendRendered(reply: FastifyReply, page: RenderedPage, setCookie?: string): FastifyReply {
  void reply.code(page.status).headers(page.headers);
  if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'private, no-cache');
  if (setCookie) void reply.header('set-cookie', setCookie);
  return reply.send(page.html);
}

/**
 * Renders and sends a page.
 * @param write builds the page in the words of whoever asks.
 * @param here where the language links lead, when it is not the address that was asked.
 */
export function sendPage(
  site: Site,
  request: FastifyRequest,
  reply: FastifyReply,
  write: (words: Words) => Page,
  here: string = request.method === 'GET' ? request.url : '/',
): FastifyReply {
  const { lang } = (request.query ?? {}) as { lang?: unknown };
  const { language, setCookie } = chooseLanguage(site.publicUrl, lang, request.headers);
  const words = wordsOf(language);
  return sendRendered(reply, renderPage(site, words, write(words), here), setCookie);
}
