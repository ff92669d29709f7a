// What earners live through, from the record of their platform to the eyes of an employer, and out again. Everything goes
// over HTTP, SMTP and a browser; nothing is told to the service behind its back.
import t from 'tap';
import { commonsRecords, openSite, type Platform } from './site.ts';
import { inBrowser, openBrowser } from './browser.ts';
import type { TestMail } from '../platform/test-mail.ts';

interface Told {
  results: { status: number; effect: string; learner: string; awarded: { credential: string }[] }[];
}

/** The next letter of a server. */
async function nextLetter(mail: TestMail, read: number): Promise<string> {
  while (mail.letters.length <= read) await new Promise((resolve) => setTimeout(resolve, 50));
  return mail.letters[read]!.text!;
}

async function earn(platform: Platform, account: string, name: string): Promise<{ url: string; learner: string }> {
  const told = await platform.post<Told>('/v1/completions/batch', { records: commonsRecords(account, { name }) });
  const url = told.results.flatMap(({ awarded }) => awarded.map((one) => one.credential))[0]!;
  return { url, learner: told.results[0]!.learner };
}

await inBrowser(t, 'earned, mailed, claimed, shared, verified by an employer', async (t) => {
  const site = await openSite(t);
  const platform = await site.platform();
  const { url } = await earn(platform, 'ada', 'Ada Example');
  const { visitor, strayed } = await openBrowser(t, site.url);
  const ada = await visitor({ permissions: ['clipboard-read', 'clipboard-write'] });
  const page = await ada.newPage();

  await page.goto('/');
  await page.getByRole('main').getByRole('link', { name: 'My badges' }).click();
  await page.getByLabel('E-mail address').fill('Ada@example.edu');
  await page.getByRole('button', { name: 'Send me a link' }).click();
  t.equal(await page.locator('h1').innerText(), 'Look into your mailbox');
  const link = /http\S+\/claim\/\S+/.exec(await nextLetter(site.mail, 0))![0];
  t.same(site.mail.recipients, ['ada@example.edu']);
  for (let n = 0; n < 3; n += 1) t.equal((await fetch(link)).status, 200, 'scanners of mail burn nothing');

  await page.goto(link);
  await page.getByRole('button', { name: 'Open my badges' }).click();
  t.equal(new URL(page.url()).pathname, '/me');
  t.equal((await fetch(link)).status, 410, 'the link is used up');
  // What changes within the second of its issue would be valid from the next one, and this clock stands.
  site.service.clock.advance(5_000);
  await page.getByLabel('Show my name').check();
  await page.locator('form[action="/me/consents"]').getByRole('button', { name: 'Save' }).click();
  t.match(await page.getByRole('status').innerText(), 'issued again under the same link');
  await page.locator('.my-badge a').click();
  t.equal(page.url(), url);
  await page.locator('button[data-copy=copy-link]').click();
  const shared = await page.evaluate<string>('navigator.clipboard.readText()');
  t.equal(shared, url);
  await page.getByText('The form on LinkedIn stays empty?').click();
  const fields = page.locator('details').filter({ hasText: 'Credential ID' });
  await fields.getByRole('button', { name: 'Copy' }).nth(2).click();
  t.equal(await page.evaluate('navigator.clipboard.readText()'), url.split('/').at(-1));

  const employer = await (await visitor()).newPage();
  await employer.goto(shared);
  t.equal(await employer.locator('.band-title').innerText(), 'Valid');
  t.equal(await employer.locator('.recipient').innerText(), 'Ada Example');
  await employer.getByLabel('E-mail address').fill('ada@example.edu');
  await employer.getByRole('button', { name: 'Compare' }).click();
  t.match(await employer.getByRole('status').innerText(), 'Yes.');
  await employer.getByRole('link', { name: 'Run all checks now' }).click();
  t.equal(await employer.locator('.band-title').innerText(), 'Verified');
  await employer.goto('/me');
  t.equal(new URL(employer.url()).pathname, '/claim', 'what is hers is hers alone');
  t.same(strayed, [], 'nobody else was told');
});

await inBrowser(t, 'erase me: pages gone, the list sound, a replay brings nobody back', async (t) => {
  const site = await openSite(t);
  const platform = await site.platform();
  const { url, learner } = await earn(platform, 'zelda', 'Zelda Example');
  const kept = (await (await fetch(`${url}.json`)).json()) as { credentialStatus: { statusListCredential: string } };
  const list = kept.credentialStatus.statusListCredential;
  const encoded = async () =>
    ((await (await fetch(list)).json()) as { credentialSubject: { encodedList: string } }).credentialSubject
      .encodedList;
  const before = await encoded();
  const { visitor, strayed } = await openBrowser(t, site.url);
  const page = await (await visitor()).newPage();

  // She has no mail at hand: her platform lets her in.
  await page.goto((await platform.post<{ url: string }>(`/v1/learners/${learner}/claim-links`, {})).url);
  await page.getByRole('button', { name: 'Open my badges' }).click();
  t.match(await page.getByRole('main').innerText(), 'Zelda Example');
  const [archive] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download ZIP' }).click(),
  ]);
  t.equal(archive.suggestedFilename(), 'everything.zip');
  await page.getByRole('link', { name: 'Erase me' }).click();
  await page.getByLabel('Yes, erase everything about me').check();
  await page.getByRole('button', { name: 'Erase me now' }).click();
  t.equal(await page.locator('h1').innerText(), 'You are forgotten here');
  await page.goto('/me');
  t.equal(new URL(page.url()).pathname, '/claim', 'nobody is signed in any more');

  const employer = await (await visitor()).newPage();
  t.equal((await employer.goto(url))?.status(), 410);
  t.equal(await employer.locator('h1').innerText(), 'This badge was erased');
  for (const form of ['.json', '.jwt', '.png', '.svg', '.pdf', '/preview.png', '/qr.svg'])
    t.equal((await fetch(url + form)).status, 410, form);
  t.equal(await encoded(), before, 'no bit of anybody moved');
  await employer.goto('/verify');
  await employer.getByLabel('Paste a link').fill(JSON.stringify(kept));
  await employer.getByRole('button', { name: 'Verify' }).click();
  t.equal(await employer.locator('.check-bad').count(), 0, 'a copy in the world goes on verifying');
  t.notMatch(await employer.getByRole('main').innerText(), 'Zelda');

  const again = await platform.post<Told>('/v1/completions/batch', {
    records: commonsRecords('zelda', { name: 'Zelda Example' }),
  });
  t.ok(again.results.length > 0 && again.results.every(({ effect }) => effect === 'dropped'));
  const known = await platform.get<{ learners: object[] }>('/v1/learners?identifier=zelda@example.edu');
  t.same(known.learners, []);
  t.equal((await fetch(url)).status, 410);
  t.same(strayed, []);
});
