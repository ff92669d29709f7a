// Every page over HTTP. Pages that share their address with a document for machines ask for `representation: html`.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { allLists } from '../credentials/status-store.ts';
import { statusListUrl } from '../credentials/publish-status-list.ts';
import { credentialKeys } from '../issuer/routes.ts';
import { Problem } from '../platform/problem.ts';
import type { Service } from '../platform/service.ts';
import { currentTracks, findAwardable } from '../tracks/catalogue.ts';
import { achievementsPage, modulePage, trackPage } from './achievement-pages.ts';
import { findAsset } from './assets.ts';
import { compareRecipient, viewCredential, type CredentialView } from './credential-view.ts';
import { credentialPage, stateTitle, type Comparison } from './credential-page.ts';
import { docsPage } from './docs-page.ts';
import { homePage } from './home-page.ts';
import { issuerPage } from './issuer-page.ts';
import type { Json } from './openapi-schema.ts';
import { renderPreview } from './preview-picture.ts';
import { sendPage } from './send-page.ts';
import { verifyPageRoutes } from './verify-routes.ts';
import { wordsOf } from './words.ts';

type WithId = { Params: { id: string } };
const page = { schema: { hide: true }, constraints: { representation: 'html' } };
const plain = { schema: { hide: true } };
const dear = { schema: { hide: true }, config: { limitBy: 'address' as const } };

/** The badge at an address, or the answer that there is none that may be shown. */
async function sharedView(service: Service, id: string): Promise<CredentialView> {
  const view = await viewCredential(service, id);
  if (view === 'unknown')
    throw new Problem('credential_unknown', 404, 'There is no badge at this address, or it is not shared.');
  if (view === 'erased')
    throw new Problem('credential_erased', 410, 'This badge was erased at the wish of its earner.');
  return view;
}

function badgeRoutes(app: FastifyInstance, service: Service): void {
  const site = service.config;

  async function sendBadge(request: FastifyRequest, reply: FastifyReply, id: string, comparison?: Comparison) {
    const view = await sharedView(service, id);
    return sendPage(
      site,
      request,
      reply,
      (words) => credentialPage(view, site, words, comparison),
      `/credentials/${id}`,
    );
  }

  app.get<WithId>('/credentials/:id', page, async (request, reply) => sendBadge(request, reply, request.params.id));

  app.post<WithId>('/credentials/:id', dear, async (request, reply) => {
    const { email } = (request.body ?? {}) as { email?: unknown };
    const given = typeof email === 'string' && email.length <= 320 ? email : '';
    const same = await compareRecipient(service, request.params.id, given);
    void reply.header('cache-control', 'no-store');
    return sendBadge(request, reply, request.params.id, same ? 'same' : 'other');
  });

  app.get<WithId>('/credentials/:id/preview.png', dear, async (request, reply) => {
    const view = await sharedView(service, request.params.id);
    const awardable = findAwardable(view.achievement.key, view.track?.version) ?? findAwardable(view.achievement.key);
    if (!awardable) throw new Problem('preview_unknown', 404, 'There is no picture of this badge.');
    const words = wordsOf('en');
    const png = renderPreview({
      awardable,
      state: view.state,
      stateTitle: stateTitle(view.state, words),
      issuerName: view.issuer.name,
      recipientName: view.recipientName,
      day: words.day(view.awardedAt),
    });
    // Minutes only: a revoked badge must not be advertised for long.
    return reply.header('cache-control', 'private, max-age=300').type('image/png').send(png);
  });
}

function achievementRoutes(app: FastifyInstance, service: Service): void {
  const site = service.config;
  const unknown = (): Problem => new Problem('achievement_unknown', 404, 'There is no such achievement.');

  app.get('/achievements', plain, async (request, reply) =>
    sendPage(site, request, reply, (words) => achievementsPage(site, words)),
  );
  app.get<{ Params: { track: string } }>('/achievements/:track', page, async (request, reply) => {
    const track = currentTracks().find((one) => one.id === request.params.track);
    if (!track) throw unknown();
    return sendPage(site, request, reply, (words) => trackPage(track, site, words));
  });
  app.get<{ Params: { track: string; module: string } }>(
    '/achievements/:track/:module',
    page,
    async (request, reply) => {
      const { track: id, module } = request.params;
      const track = currentTracks().find((one) => one.id === id);
      const awardable = findAwardable(`${id}/${module}`);
      if (!track || awardable?.moduleId === undefined) throw unknown();
      return sendPage(site, request, reply, (words) => modulePage(track, awardable, site, words));
    },
  );
}

function documentRoutes(app: FastifyInstance, service: Service): void {
  const site = service.config;
  app.get('/docs', plain, async (request, reply) => {
    const document = app.swagger() as unknown as Json;
    return sendPage(site, request, reply, (words) => docsPage(document, site.publicUrl, words));
  });
  app.get('/openapi.json', plain, async (_request, reply) => reply.send(app.swagger()));
  app.get('/openapi.yaml', plain, async (_request, reply) =>
    reply.type('application/yaml; charset=utf-8').send(app.swagger({ yaml: true })),
  );
}

/** Everything of the pages room that speaks HTTP. */
export async function pagesRoutes(app: FastifyInstance, { service }: { service: Service }): Promise<void> {
  const site = service.config;
  app.get('/assets/:file', plain, async (request, reply) => {
    const found = findAsset(request.url.split('?')[0]!);
    if (!found) throw new Problem('not_found', 404, 'There is nothing at this address.');
    const { asset, maxAgeS } = found;
    void reply
      .header('cache-control', `public, max-age=${maxAgeS}${maxAgeS > 300 ? ', immutable' : ''}`)
      .header('etag', asset.etag)
      .type(asset.type);
    return request.headers['if-none-match'] === asset.etag ? reply.code(304).send() : reply.send(asset.bytes);
  });
  app.get('/', plain, async (request, reply) => sendPage(site, request, reply, (words) => homePage(site, words)));
  app.get('/issuer', page, async (request, reply) => {
    const lists = await allLists(service.db.read);
    const urls = lists.map(({ purpose, n }) => statusListUrl(site.publicUrl, purpose, n));
    return sendPage(site, request, reply, (words) => issuerPage(credentialKeys(service), urls, site, words));
  });
  badgeRoutes(app, service);
  achievementRoutes(app, service);
  documentRoutes(app, service);
  await app.register(verifyPageRoutes, { service });
}
