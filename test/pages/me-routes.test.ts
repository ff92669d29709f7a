// The earner's own place over HTTP, one test for each answer.
import { unzipSync } from 'fflate';
import t from 'tap';
import type { Test } from 'tap';
import { issueCommons } from '../credentials/issued.ts';
import { openTestApp } from '../platform/test-app.ts';
import { openTestService } from '../platform/test-service.ts';
import { learnerOf } from '../privacy/earner.ts';
import { openBrowser, signedInBrowser } from './earner-browser.ts';

async function open(t: Test) {
  const service = await openTestService();
  t.teardown(() => service.close());
  const app = await openTestApp(service);
  t.teardown(() => app.close());
  const badge = await issueCommons(service, 'ada', { name: 'Ada Example' });
  return { service, app, badge, ada: await signedInBrowser(app, service, badge.learnerId) };
}

const PAGES = ['/me', '/me/erase', '/me/everything.json', '/me/everything.zip'];
const FORMS = ['/me/visibility', '/me/consents', '/me/emails', '/me/erase', '/me/sign-out'];

await t.test('whoever is not signed in is led to the way in, and changes nothing', async (t) => {
  const { service, app, badge } = await open(t);
  const stranger = openBrowser(app);
  for (const cookie of [undefined, `__Host-cairn=${'x'.repeat(43)}`, "__Host-cairn=' or 1=1"]) {
    stranger.cookie = cookie;
    for (const path of PAGES) t.equal((await stranger.get(path)).headers.location, '/claim', path);
    for (const path of FORMS)
      t.equal(
        (await stranger.post(path, { sure: 'yes', credential: badge.id, visibility: 'private' })).headers.location,
        '/claim',
      );
  }
  t.ok(await learnerOf(service, 'ada'));
  t.equal((await app.get(`/credentials/${badge.id}`)).statusCode, 200);
});

await t.test('no form of another site changes anything', async (t) => {
  const { service, app, badge, ada } = await open(t);
  for (const path of FORMS)
    t.equal(
      (
        await ada.post(
          path,
          { sure: 'yes', credential: badge.id, visibility: 'private' },
          { origin: 'https://evil.example' },
        )
      ).statusCode,
      403,
    );
  t.ok(await learnerOf(service, 'ada'));
  t.equal((await app.get(`/credentials/${badge.id}`)).statusCode, 200);
  t.equal((await ada.get('/me')).statusCode, 200, 'and she is signed in still');
});

await t.test('every page of hers is kept by no cache and found by no search engine', async (t) => {
  const { ada } = await open(t);
  for (const path of PAGES) {
    const answer = await ada.get(path);
    t.equal(answer.statusCode, 200, path);
    t.equal(answer.headers['cache-control'], 'no-store', path);
    t.equal(answer.headers['cross-origin-resource-policy'], 'same-origin', path);
    t.equal(answer.headers['access-control-allow-credentials'], undefined);
    if (!path.includes('everything')) t.match(answer.body, /name="robots" content="noindex"/);
  }
  t.match((await ada.get('/me?lang=ar')).body, /<html lang="ar" dir="rtl">/);
  t.equal((await ada.get('/me?said=constructor')).statusCode, 200);
});

await t.test('she chooses who sees a badge; not of a badge that is not hers', async (t) => {
  const { service, app, badge, ada } = await open(t);
  const answer = await ada.post('/me/visibility', { credential: badge.id, visibility: 'private' });
  t.equal(answer.headers.location, '/me?said=visibility');
  t.equal((await app.get(`/credentials/${badge.id}`)).statusCode, 404);
  const other = await issueCommons(service, 'bob');
  t.equal((await ada.post('/me/visibility', { credential: other.id, visibility: 'private' })).statusCode, 404);
  for (const form of [
    { credential: 'x', visibility: 'link' },
    { credential: badge.id, visibility: 'nobody' },
    {},
  ] as Record<string, string>[])
    t.equal((await ada.post('/me/visibility', form)).headers.location, '/me', 'nonsense changes nothing');
  t.equal((await app.get(`/credentials/${other.id}`)).statusCode, 200);
});

await t.test('her name stands on the badge by her consent, and goes again', async (t) => {
  const { service, app, badge, ada } = await open(t);
  const page = async () => (await app.get(`/credentials/${badge.id}`, { accept: 'text/html' })).body;
  t.notMatch(await page(), /Ada Example/);
  service.clock.advance(60_000);
  t.equal((await ada.post('/me/consents', { name: 'yes', listed: 'yes' })).headers.location, '/me?said=consents');
  t.match(await page(), /Ada Example/);
  t.match((await app.get('/recipients', { accept: 'text/html' })).body, /Ada Example/);
  service.clock.advance(60_000);
  await ada.post('/me/consents', {});
  t.notMatch(await page(), /Ada Example/);
});

await t.test('an address is asked for; what is none is said to be none', async (t) => {
  const { ada } = await open(t);
  t.equal((await ada.post('/me/emails', { email: 'ada@home.example' })).headers.location, '/me?said=mail');
  const answer = await ada.post('/me/emails', { email: 'home' });
  t.equal(answer.statusCode, 422);
  t.match(answer.body, /aria-invalid/);
});

await t.test('she takes everything along, as JSON and as a ZIP', async (t) => {
  const { ada, badge } = await open(t);
  const json = await ada.get('/me/everything.json');
  t.match(json.headers['content-disposition'], /attachment/);
  t.match(json.json(), { learner: { id: badge.learnerId } });
  const zip = await ada.get('/me/everything.zip');
  t.equal(zip.headers['content-type'], 'application/zip');
  t.equal(Object.keys(unzipSync(zip.rawPayload)).length, 4);
});

await t.test('erasing is asked twice, then she is gone and signed out everywhere', async (t) => {
  const { service, app, badge, ada } = await open(t);
  const elsewhere = await signedInBrowser(app, service, badge.learnerId);
  t.equal((await ada.post('/me/erase', {})).statusCode, 422);
  t.ok(await learnerOf(service, 'ada'));
  const answer = await ada.post('/me/erase', { sure: 'yes' });
  t.equal(answer.statusCode, 200);
  t.equal(ada.cookie, undefined);
  t.equal((await elsewhere.get('/me')).headers.location, '/claim');
  t.equal((await app.get(`/credentials/${badge.id}`, { accept: 'text/html' })).statusCode, 410);
  t.equal(await learnerOf(service, 'ada'), undefined);
});

await t.test('signing out ends it', async (t) => {
  const { app, ada } = await open(t);
  const { cookie } = ada;
  t.equal((await ada.post('/me/sign-out')).headers.location, '/');
  t.equal(ada.cookie, undefined);
  const thief = openBrowser(app);
  thief.cookie = cookie;
  t.equal((await thief.get('/me')).headers.location, '/claim', 'the old cookie opens nothing');
});
