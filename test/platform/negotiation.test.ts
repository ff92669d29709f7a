// Who gets a page and who gets a document.
import Fastify from 'fastify';
import t from 'tap';
import { parseAccept, prefersHtml, representationConstraint } from '../../src/platform/negotiation.ts';

const chrome = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8';

await t.test('browsers get the page, programs the document', async (t) => {
  for (const accept of [
    chrome,
    'text/html',
    'text/html, application/json',
    'text/html;q=0.5, application/json;q=0.4',
  ]) {
    t.ok(prefersHtml({ accept }), accept);
  }
  for (const accept of [
    undefined,
    '*/*',
    'application/json',
    'application/vc',
    'text/html;q=0.4, application/vc+ld+json',
    'text/html;q=0',
    'image/png',
  ]) {
    t.notOk(prefersHtml({ accept }), String(accept));
  }
});

await t.test('crawlers that make previews get the page though they ask for anything', async (t) => {
  for (const agent of [
    'LinkedInBot/1.0',
    'facebookexternalhit/1.1',
    'Slackbot-LinkExpanding 1.0',
    'Mozilla/5.0 (compatible; Discordbot/2.0)',
  ]) {
    t.ok(prefersHtml({ 'user-agent': agent, accept: '*/*' }), agent);
    t.notOk(prefersHtml({ 'user-agent': agent, accept: 'application/json' }), agent);
  }
  t.notOk(prefersHtml({ 'user-agent': 'curl/8.0' }));
});

await t.test('a malformed weight counts nothing', async (t) => {
  t.same(parseAccept('text/html;q=x, , a/b; q=0.3'), [
    { type: 'text/html', weight: 0 },
    { type: 'a/b', weight: 0.3 },
  ]);
});

await t.test('one URL, two routes; a browser takes the document where there is no page', async (t) => {
  const app = Fastify({ routerOptions: { constraints: { representation: representationConstraint as never } } });
  app.get('/x', async () => 'document');
  app.get('/x', { constraints: { representation: 'html' } }, async () => 'page');
  app.get('/only', async () => 'document');
  const ask = async (url: string, accept: string): Promise<string> =>
    (await app.inject({ url, headers: { accept } })).body;
  t.equal(await ask('/x', chrome), 'page');
  t.equal(await ask('/x', '*/*'), 'document');
  t.equal(await ask('/only', chrome), 'document');
});
