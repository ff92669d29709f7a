// Every page over HTTP. Pages that share their address with a document for machines ask for `representation: html`.
import type { FastifyInstance } from 'fastify';
import { allLists } from '../credentials/status-store.ts';
import { statusListUrl } from '../credentials/status-entry.ts';
import { credentialKeys } from '../issuer/routes.ts';
import { hasAlready } from '../platform/entity-tag.ts';
import { Problem } from '../platform/problem.ts';
import type { Service } from '../platform/service.ts';
import { currentTracks, findAwardable } from '../tracks/catalogue.ts';
import { achievementsPage, modulePage, trackPage } from './achievement-pages.ts';
import { findAsset } from './assets.ts';
import { badgePageRoutes } from './badge-routes.ts';
import { claimRoutes } from './claim-routes.ts';
import { docsGroupPage, docsPage } from './docs-page.ts';
import { homePage } from './home-page.ts';
import { issuerPage } from './issuer-page.ts';
import { meRoutes } from './me-routes.ts';
import type { Json } from './openapi-schema.ts';
import { recipientsRoutes } from './recipients-routes.ts';
import { sendPage } from './send-page.ts';
import { verifyPageRoutes } from './verify-routes.ts';

const page = { schema: { hide: true }, constraints: { representation: 'html' } };
const plain = { schema: { hide: true } };

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
  app.get<{ Params: { group: string } }>('/docs/:group', plain, async (request, reply) => {
    const document = app.swagger() as unknown as Json;
    const { group } = request.params;
    return sendPage(site, request, reply, (words) => {
      const page = docsGroupPage(document, group, words);
      if (!page) throw new Problem('not_found', 404, 'There is nothing at this address.');
      return page;
    });
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
    return hasAlready(request.headers['if-none-match'], asset.etag) ? reply.code(304).send() : reply.send(asset.bytes);
  });
  app.get('/', plain, async (request, reply) => sendPage(site, request, reply, (words) => homePage(site, words)));
  app.get('/issuer', page, async (request, reply) => {
    const lists = await allLists(service.db.read);
    const urls = lists.map(({ purpose, n }) => statusListUrl(site.publicUrl, purpose, n));
    return sendPage(site, request, reply, (words) => issuerPage(credentialKeys(service), urls, site, words));
  });
  achievementRoutes(app, service);
  documentRoutes(app, service);
  await app.register(badgePageRoutes, { service });
  await app.register(claimRoutes, { service });
  await app.register(meRoutes, { service });
  await app.register(recipientsRoutes, { service });
  await app.register(verifyPageRoutes, { service });
}
