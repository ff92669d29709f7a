// The catalogue, the achievements and their images over HTTP.
import { serializerCompiler, validatorCompiler } from '@fastify/type-provider-zod';
import Fastify from 'fastify';
import t from 'tap';
import { canonicalize } from '../../src/openbadges/rdf/canonicalize.ts';
import { etagOf, hasAlready } from '../../src/platform/entity-tag.ts';
import { AWARDABLES, currentTrack } from '../../src/tracks/catalogue.ts';
import { renderBadgePng } from '../../src/tracks/badge-png.ts';
import { tracksRoutes } from '../../src/tracks/routes.ts';
import { digestOf } from '../../src/tracks/track.ts';

const URL = 'https://badges.example.org';
const app = Fastify();
app.setValidatorCompiler(validatorCompiler);
app.setSerializerCompiler(serializerCompiler);
void app.register(tracksRoutes, {
  publicUrl: URL,
  issuer: { id: 'did:web:badges.example.org', type: ['Profile'], name: 'Example Academy' },
  notFound: (sentence: string) => Object.assign(new Error(sentence), { statusCode: 404 }),
  tags: { of: etagOf, hasAlready },
  renderPng: async (svg, sizePx) => renderBadgePng(svg, sizePx),
});
t.teardown(() => app.close());
const get = (url: string, headers: Record<string, string> = {}) => app.inject({ url, headers });

void t.test('the catalogue lists the tracks with everything that can be earned', async (t) => {
  const answer = await get('/v1/catalogue');
  t.equal(answer.statusCode, 200);
  t.match(answer.headers, { 'content-type': /^application\/json/, etag: /^"[\w-]{27}"$/ });
  const { tracks } = answer.json();
  t.same(
    tracks.map((track: { id: string }) => track.id),
    ['core', 'librarian', 'educator', 'government'],
  );
  t.match(tracks[0], {
    version: '1.0',
    versions: ['1.0'],
    digest: currentTrack('core').digest,
    url: `${URL}/v1/catalogue/core`,
  });
  t.same(
    tracks.flatMap((track: { achievements: { key: string }[] }) => track.achievements.map((one) => one.key)),
    AWARDABLES.map((one) => one.key),
  );
});

void t.test('a track is served as the document that its digest is of, in any published version', async (t) => {
  for (const url of ['/v1/catalogue/librarian', '/v1/catalogue/librarian?version=1.0']) {
    const track = (await get(url)).json();
    t.equal(track.id, 'librarian');
    t.equal(digestOf(track), track.digest);
  }
});

void t.test('whoever has the answer already gets 304 without a body', async (t) => {
  for (const url of ['/v1/catalogue', '/v1/catalogue/core', '/achievements/core', '/achievements/core/image.png']) {
    const { etag = '' } = (await get(url)).headers as { etag?: string };
    const again = await get(url, { 'if-none-match': `"other", W/${etag}` });
    t.match([again.statusCode, again.rawPayload.length, again.headers.etag], [304, 0, etag], url);
    t.equal((await get(url, { 'if-none-match': '"other"' })).statusCode, 200);
  }
});

void t.test('every achievement is JSON-LD that stands on its own, in safe mode', async (t) => {
  for (const { key } of AWARDABLES) {
    const answer = await get(`/achievements/${key}`);
    t.match(answer.headers, { 'content-type': /^application\/ld\+json/, vary: 'Accept, User-Agent' });
    const document = answer.json();
    t.equal(document['@context'][1], 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json');
    t.match(await canonicalize(document), `<${URL}/achievements/${key}>`);
  }
});

void t.test('an achievement is plain JSON for whoever asks for that by name', async (t) => {
  const plain = await get('/achievements/core/commons', { accept: 'application/json' });
  t.match(plain.headers, { 'content-type': /^application\/json/ });
  const linked = await get('/achievements/core/commons', { accept: 'application/ld+json, application/json;q=0.5' });
  t.match(linked.headers, { 'content-type': /^application\/ld\+json/ });
  t.equal(plain.body, linked.body);
  t.equal((await get('/achievements/core?version=1.0')).statusCode, 200);
});

void t.test('images of achievements and of the issuer, as SVG and PNG, cached for long', async (t) => {
  for (const path of ['/achievements/core', '/achievements/core/using', '/issuer']) {
    const svg = await get(`${path}/image.svg`);
    t.match(svg.headers, { 'content-type': /^image\/svg\+xml/, 'cache-control': 'public, max-age=604800' });
    t.match(svg.body, /^<svg /);
    const png = await get(`${path}/image.png`);
    t.match(png.headers, { 'content-type': 'image/png', 'cache-control': 'public, max-age=604800' });
    t.equal(png.rawPayload.subarray(1, 4).toString(), 'PNG');
    t.equal(png.rawPayload.readUInt32BE(16), 600);
  }
});

void t.test('what is not there is 404 with a sentence; a version that is none is 400', async (t) => {
  for (const url of [
    '/v1/catalogue/goats',
    '/v1/catalogue/core?version=0.9',
    '/achievements/goats',
    '/achievements/core/goats',
    '/achievements/core?version=0.9',
    '/achievements/librarian/commons',
    '/achievements/__proto__',
    '/achievements/goats/image.svg',
    '/achievements/core/goats/image.png',
  ]) {
    const answer = await get(url);
    t.match([answer.statusCode, answer.json().message], [404, /^There is no (track|achievement) "/], url);
  }
  t.equal((await get('/v1/catalogue/core?version=latest')).statusCode, 400);
  t.equal((await get('/v1/catalogue/core?vresion=1.0')).statusCode, 400, 'a misspelt parameter is an error');
});
