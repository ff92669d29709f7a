// The way in over HTTP, one test for each answer.
import t from 'tap';
import type { Test } from 'tap';
import { openMailer } from '../../src/platform/mailer.ts';
import { claimMail } from '../../src/pages/claim-mail.ts';
import { mailClaim } from '../../src/privacy/mail-claim.ts';
import { sql } from '../../src/platform/sql.ts';
import { rows } from '../../src/platform/database.ts';
import { issueCommons } from '../credentials/issued.ts';
import { openTestApp } from '../platform/test-app.ts';
import { openTestMail } from '../platform/test-mail.ts';
import { openTestService } from '../platform/test-service.ts';
import { linkToken } from '../privacy/earner.ts';
import { openBrowser } from './earner-browser.ts';

async function open(t: Test) {
  const service = await openTestService();
  t.teardown(() => service.close());
  const app = await openTestApp(service);
  t.teardown(() => app.close());
  return { service, app, browser: openBrowser(app) };
}

await t.test('a known and an unknown address get the same answer to the byte, and it is kept by nobody', async (t) => {
  const { service, browser } = await open(t);
  await issueCommons(service);
  const [known, unknown] = [
    await browser.post('/claim', { email: 'ada@example.edu' }),
    await browser.post('/claim', { email: 'nobody@example.edu' }),
  ];
  t.equal(known.statusCode, 200);
  t.equal(unknown.statusCode, 200);
  t.equal(known.body, unknown.body);
  const lasting = ({ date: _, ...headers }: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith('x-ratelimit')));
  t.same(lasting(known.headers), lasting(unknown.headers));
  t.equal(known.headers['cache-control'], 'no-store');
  t.match(known.body, /name="robots" content="noindex"/);
  t.notMatch(known.body, /ada@/);
});

await t.test('from the form to the mail to the badges, through a real mail server', async (t) => {
  const { service, app, browser } = await open(t);
  const server = await openTestMail();
  t.teardown(() => server.close());
  const mail = openMailer({ smtpUrl: server.url, mailFrom: 'badges@example.org' });
  t.teardown(() => mail.close());
  const badge = await issueCommons(service);
  await browser.post('/claim?lang=es', { email: ' Ada@Example.edu ' });
  const [claim] = await rows<{ id: string }>(service.db.read, sql`select id from claims`);
  await mailClaim({ ...service, mail }, claim!.id, claimMail(service.config));
  const [letter] = server.letters;
  t.match(letter?.subject, /Sus insignias/);
  const path = /https:\/\/badges\.example\.org(\/claim\/[\w-]{43})/.exec(letter!.text!)![1]!;
  // What scanners of mail do.
  for (let n = 0; n < 3; n += 1) t.equal((await browser.get(path)).statusCode, 200);
  const page = await browser.get(path);
  t.match(page.body, new RegExp(`method="post" action="${path}"`));
  t.equal(page.headers['cache-control'], 'no-store');
  const confirmed = await browser.post(path);
  t.equal(confirmed.statusCode, 303);
  t.equal(confirmed.headers.location, '/me');
  t.match(confirmed.headers['set-cookie'], /^__Host-cairn=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Secure$/);
  t.match((await browser.get('/me')).body, new RegExp(`/credentials/${badge.id}`));
  t.equal((await openBrowser(app).get('/me')).statusCode, 303, 'and nobody else');

  t.equal((await browser.get(path)).statusCode, 410, 'a used link');
  t.equal((await browser.post(path)).statusCode, 410);
});

await t.test('no script of another site may read what is an earner’s own', async (t) => {
  const { app } = await open(t);
  for (const path of ['/claim', '/me', '/me/erase', `/claim/${'x'.repeat(43)}`, '/me/everything.json']) {
    const { headers } = await app.get(path, { accept: 'text/html', origin: 'https://evil.example' });
    t.equal(headers['access-control-allow-origin'], undefined, path);
    t.match(headers, { 'cache-control': 'no-store', 'cross-origin-resource-policy': 'same-origin' }, path);
  }
  const refused = await app.call('POST', '/claim', 'email=ada%40example.edu', {
    'content-type': 'application/x-www-form-urlencoded',
    origin: 'https://evil.example',
  });
  t.equal(refused.headers['access-control-allow-origin'], undefined);
});

await t.test('what is no address is said to be none', async (t) => {
  const { browser } = await open(t);
  t.equal((await browser.get('/claim')).statusCode, 200);
  for (const form of [{ email: 'ada' }, { email: '' }, {}, { email: `${'a'.repeat(250)}@example.edu` }] as Record<
    string,
    string
  >[]) {
    const answer = await browser.post('/claim', form);
    t.equal(answer.statusCode, 422);
    t.match(answer.body, /aria-invalid/);
  }
});

await t.test('a form of another site signs nobody in and burns nothing', async (t) => {
  const { service, browser } = await open(t);
  const { learnerId } = await issueCommons(service);
  const path = `/claim/${await linkToken(service, learnerId)}`;
  for (const headers of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }, {}] as Record<
    string,
    string
  >[]) {
    t.equal((await browser.post(path, {}, headers)).statusCode, 403);
    t.equal((await browser.post('/claim', { email: 'ada@example.edu' }, headers)).statusCode, 403);
  }
  t.equal((await browser.post(path)).statusCode, 303);
});

await t.test('an address is added in the browser that asked, and nowhere else', async (t) => {
  const { service, app, browser } = await open(t);
  const ada = await issueCommons(service);
  const other = await issueCommons(service, 'ada2');
  const link = `/claim/${await linkToken(service, ada.learnerId)}`;
  await browser.post(link);
  t.equal((await browser.post('/me/emails', { email: 'ada2@example.edu' })).headers.location, '/me?said=mail');
  const [claim] = await rows<{ id: string }>(service.db.read, sql`select id from claims`);
  let path = '';
  const mail = {
    configured: true,
    close() {},
    send: async ({ text }: { text: string }) => void (path = /\/claim\/[\w-]{43}/.exec(text)![0]),
  };
  await mailClaim({ ...service, mail }, claim!.id, claimMail(service.config));
  const stranger = openBrowser(app);
  t.equal((await stranger.post(path)).statusCode, 403);
  t.match((await browser.get(path)).body, /Add this address/);
  t.equal((await browser.post(path)).headers.location, '/me?said=added');
  const page = await browser.get('/me?said=added');
  t.match(page.body, /The address is yours now/);
  t.match(page.body, new RegExp(`/credentials/${other.id}`));
});
