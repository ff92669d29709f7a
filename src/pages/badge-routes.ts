// The pages of one badge over HTTP: the page, the comparison with an e-mail, the picture of link previews, the
// certificate, the QR code, the card for other people's pages and oEmbed. A private badge answers each of them as one
// that never was.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from '@fastify/type-provider-zod';
import { z } from 'zod';
import { Problem } from '../platform/problem.ts';
import type { Service } from '../platform/service.ts';
import { findAwardable, type Awardable } from '../tracks/catalogue.ts';
import type { CertificateOrder } from './certificate.ts';
import { chooseLanguage } from './choose-language.ts';
import { credentialPage, type Comparison } from './credential-page.ts';
import { stateTitle } from './credential-state.ts';
import { compareRecipient, viewCredential, type CredentialView } from './credential-view.ts';
import { embedDocument, oembedOf } from './embed-page.ts';
import type { PreviewContent } from './preview-picture.ts';
import { qrSvg } from './qr-code.ts';
import { rememberBadgePages } from './remember-badge-pages.ts';
import { renderPage, secureHeaders, sendPage, sendRendered, wordsFor } from './send-page.ts';
import { wordsOf } from './words.ts';

type WithId = { Params: { id: string } };
const plain = { schema: { hide: true } };
const dear = { schema: { hide: true }, config: { limitBy: 'address' as const } };
const certificate = {
  config: { limitBy: 'address' as const },
  schema: {
    tags: ['public'],
    summary: 'A certificate as PDF',
    params: z.object({ id: z.string().max(64) }),
    querystring: z.object({
      size: z.enum(['a4', 'letter']).default('a4'),
      lang: z.string().max(35).optional().describe('`en`, `es` or `ar`.'),
    }),
  },
};
const page = { ...plain, constraints: { representation: 'html' } };

/** The badge at an address, or the answer that there is none that may be shown. */
async function sharedView(service: Service, id: string): Promise<CredentialView> {
  const view = await viewCredential(service, id);
  if (view === 'unknown')
    throw new Problem('credential_unknown', 404, 'There is no badge at this address, or it is not shared.');
  if (view === 'erased')
    throw new Problem('credential_erased', 410, 'This badge was erased at the wish of its earner.');
  return view;
}

/** What the picture of a badge shows. */
function picturedOf(view: CredentialView): Awardable {
  const awardable = findAwardable(view.achievement.key, view.track?.version) ?? findAwardable(view.achievement.key);
  if (!awardable) throw new Problem('preview_unknown', 404, 'There is no picture of this badge.');
  return awardable;
}

/** A measure in a query, or nothing. */
function measure(text: unknown): number | undefined {
  const value = Number(text);
  return Number.isInteger(value) && value > 0 ? value : undefined;
}

/** The pages of a badge. */
export async function badgePageRoutes(app: FastifyInstance, { service }: { service: Service }): Promise<void> {
  const site = service.config;

  const readPage = rememberBadgePages(service, async (id, words) => {
    const view = await sharedView(service, id);
    return renderPage(site, words, credentialPage(view, site, words), `/credentials/${id}`);
  });

  async function sendComparison(request: FastifyRequest, reply: FastifyReply, id: string, comparison: Comparison) {
    const view = await sharedView(service, id);
    return sendPage(
      site,
      request,
      reply,
      (words) => credentialPage(view, site, words, comparison),
      `/credentials/${id}`,
    );
  }

  app.get<WithId>('/credentials/:id', page, async (request, reply) => {
    const { lang } = request.query as { lang?: unknown };
    const { language, setCookie } = chooseLanguage(site.publicUrl, lang, request.headers);
    return sendRendered(reply, await readPage(request.params.id, language), setCookie);
  });

  app.post<WithId>('/credentials/:id', dear, async (request, reply) => {
    const { email } = (request.body ?? {}) as { email?: unknown };
    const given = typeof email === 'string' && email.length <= 320 ? email : '';
    const same = await compareRecipient(service, request.params.id, given);
    void reply.header('cache-control', 'no-store');
    return sendComparison(request, reply, request.params.id, same ? 'same' : 'other');
  });

  app.get<WithId>('/credentials/:id/preview.png', dear, async (request, reply) => {
    const view = await sharedView(service, request.params.id);
    const words = wordsFor(site, request);
    const content: PreviewContent = {
      awardable: picturedOf(view),
      state: view.state,
      stateTitle: stateTitle(view.state, words),
      issuerName: view.issuer.name,
      recipientName: view.recipientName,
      day: words.day(view.awardedAt),
      direction: words.direction,
    };
    const png = Buffer.from(await service.workers.run<Uint8Array>('preview', content));
    // Minutes only, and by the visitor alone: a revoked badge must not be advertised for long, and names are in it.
    return reply
      .header('cache-control', 'private, max-age=300')
      .header('vary', 'Accept-Language, Cookie')
      .type('image/png')
      .send(png);
  });

  const typed = app.withTypeProvider<ZodTypeProvider>();
  typed.get('/credentials/:id.pdf', certificate, async (request, reply) => {
    const view = await sharedView(service, request.params.id);
    const { language } = wordsFor(site, request);
    const order: CertificateOrder = { view, awardable: picturedOf(view), language, size: request.query.size };
    const pdf = Buffer.from(await service.workers.run<Uint8Array>('certificate', order));
    return reply
      .header('content-disposition', `inline; filename="certificate-${view.id.slice(0, 8)}.pdf"`)
      .header('cache-control', 'private, no-cache')
      .header('vary', 'Accept-Language, Cookie')
      .type('application/pdf')
      .send(pdf);
  });

  app.get<WithId>('/credentials/:id/qr.svg', plain, async (request, reply) => {
    const { url } = await sharedView(service, request.params.id);
    return reply.header('cache-control', 'private, max-age=300').type('image/svg+xml').send(qrSvg(url));
  });

  app.get<WithId>('/badges/:id/embed', plain, async (request, reply) => {
    const view = await sharedView(service, request.params.id);
    const { lang } = request.query as { lang?: unknown };
    // Cookies do not reach a frame on another site: the language comes with the address or from the browser.
    const { language } = chooseLanguage(site.publicUrl, lang, request.headers);
    return reply
      .headers(secureHeaders(undefined, true))
      .header('cache-control', 'private, max-age=300')
      .header('vary', 'Accept-Language')
      .type('text/html; charset=utf-8')
      .send(embedDocument(view, wordsOf(language)));
  });

  app.get('/oembed', dear, async (request, reply) => {
    const { url, format, maxwidth, maxheight } = request.query as Record<string, unknown>;
    if (format !== undefined && format !== 'json')
      throw new Problem(
        'format_not_offered',
        501,
        'oEmbed is answered as JSON here. Leave format out or ask for json.',
      );
    const front = `${site.publicUrl}/credentials/`;
    const id = typeof url === 'string' && url.startsWith(front) ? url.slice(front.length).split(/[?#]/)[0]! : '';
    const view = await sharedView(service, id);
    return reply
      .header('cache-control', 'private, max-age=300')
      .type('application/json')
      .send(JSON.stringify(oembedOf(view, site, { width: measure(maxwidth), height: measure(maxheight) })));
  });
}
