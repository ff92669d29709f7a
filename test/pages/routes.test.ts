// Every page answers browsers with a page, in each language, under one policy.
import t from 'tap';
import { openTestApp } from '../platform/test-app.ts';
import { openTestService } from '../platform/test-service.ts';

await t.test('every page, every language', async (t) => {
  const service = await openTestService();
  t.teardown(() => service.close());
  const app = await openTestApp(service);
  t.teardown(() => app.close());
  const paths = [
    '/',
    '/verify',
    '/achievements',
    '/achievements/core',
    '/achievements/librarian',
    '/achievements/core/commons',
    '/issuer',
    '/docs',
    '/docs/completions',
    '/recipients',
  ];
  for (const path of paths)
    for (const [language, direction] of [
      ['en', 'ltr'],
      ['es', 'ltr'],
      ['ar', 'rtl'],
    ]) {
      const { statusCode, body, headers } = await app.get(path, { accept: 'text/html', 'accept-language': language });
      t.equal(statusCode, 200, `${path} ${language}`);
      t.ok(body.includes(`<html lang="${language}" dir="${direction}">`), `${path} ${language}`);
      t.notMatch(body, /<style|style="|\son[a-z]+="|undefined|\[object/, `${path} ${language}`);
      t.match(headers['content-security-policy'], /script-src 'self'/, path);
      t.equal(headers['content-language'], language);
    }

  const switched = await app.get('/?lang=es', { accept: 'text/html' });
  t.match(switched.body, /lang="es"/);
  t.match(String(switched.headers['set-cookie']), /__Host-lang=es/);

  t.match((await app.get('/achievements/core', { accept: 'application/json' })).headers['content-type'], /json/);
  t.match((await app.get('/issuer', { accept: 'application/json' })).headers['content-type'], /json/);
  for (const missing of [
    '/achievements/none',
    '/achievements/core/none',
    '/docs/none',
    '/nowhere',
    '/assets/none.css',
  ]) {
    const answer = await app.get(missing, { accept: 'text/html', 'accept-language': 'es' });
    t.equal(answer.statusCode, 404, missing);
    t.match(answer.body, /Aquí no hay nada/, missing);
  }
  const refused = await app.app.inject({ method: 'DELETE', url: '/verify', headers: { accept: 'text/html' } });
  t.equal(refused.statusCode, 405);
  t.match(refused.body, /not possible here/);
});

await t.test('the files of the pages are kept for a year, and answered with 304', async (t) => {
  const service = await openTestService();
  t.teardown(() => service.close());
  const app = await openTestApp(service);
  t.teardown(() => app.close());
  const home = await app.get('/', { accept: 'text/html' });
  const href = /href="(\/assets\/cairn\.[^"]+\.css)"/.exec(home.body)?.[1] ?? '';
  const sheet = await app.get(href);
  t.match(sheet.headers['content-type'], /^text\/css/);
  t.match(sheet.headers['cache-control'], /max-age=31536000, immutable/);
  t.equal((await app.get(href, { 'if-none-match': String(sheet.headers.etag) })).statusCode, 304);
});

await t.test('the contract is served as JSON and YAML', async (t) => {
  const service = await openTestService();
  t.teardown(() => service.close());
  const app = await openTestApp(service);
  t.teardown(() => app.close());
  t.match((await app.get('/openapi.json')).json<object>(), { openapi: '3.1.0' });
  const yaml = await app.get('/openapi.yaml');
  t.match(yaml.headers['content-type'], /yaml/);
  t.match(yaml.body, /openapi: "?3\.1\.0/);
});
