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
  const page = write(words);
  const linkedData = linkedDataOf(page);
  void reply
    .code(page.status ?? 200)
    .headers(secureHeaders(linkedData))
    .header('vary', 'Accept, Accept-Language, Cookie, User-Agent')
    .header('content-language', language)
    .type('text/html; charset=utf-8');
  if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'private, no-cache');
  if (setCookie) void reply.header('set-cookie', setCookie);
  return reply.send(renderDocument(page, { ...site, words, here: inLanguage(here, undefined) }));
}
