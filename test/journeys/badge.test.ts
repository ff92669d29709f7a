// What employers live through: a link that was sent to them, a badge that was taken back, a picture from elsewhere.
import t from 'tap';
import { bakePng } from '../../src/openbadges/baking/png.ts';
import { bakeSvg } from '../../src/openbadges/baking/svg.ts';
import { revokeCredential } from '../../src/credentials/revoke-credential.ts';
import { renderBadgeSvg } from '../../src/tracks/badge-image.ts';
import { renderBadgePng } from '../../src/tracks/badge-png.ts';
import { findAwardable } from '../../src/tracks/catalogue.ts';
import { badge, key, sign } from '../openbadges/signed-badges.ts';
import { inBrowser, openBrowser } from './browser.ts';
import { openSite } from './site.ts';

for (const javaScriptEnabled of [true, false])
  await inBrowser(
    t,
    `an employer verifies a shared link, JavaScript ${javaScriptEnabled ? 'on' : 'off'}`,
    async (t) => {
      const site = await openSite(t);
      const [path] = await site.award('ada', 'Ada Example');
      const { visitor, strayed } = await openBrowser(t, site.url);
      const page = await (await visitor({ javaScriptEnabled })).newPage();

      await page.goto(path!);
      t.equal(await page.locator('.band-title').innerText(), 'Valid');
      t.match(await page.locator('.recipient').innerText(), 'Ada Example');
      t.match(await page.locator('.evidence').innerText(), 'A personal toolkit');
      await page.getByLabel('E-mail address').fill('ADA@example.edu');
      await page.getByRole('button', { name: 'Compare' }).click();
      t.match(await page.getByRole('status').innerText(), 'Yes.');
      t.equal(await page.locator('.band-title').innerText(), 'Valid', 'and the page is still there');

      await page.getByRole('link', { name: 'Run all checks now' }).click();
      t.equal(await page.locator('.band-title').innerText(), 'Verified');
      t.equal(await page.locator('.check-bad').count(), 0);
      t.ok((await page.locator('.check-good').count()) >= 5);
      t.same(strayed, [], 'nobody else was told');
    },
  );

await inBrowser(t, 'revoked after it was shared', async (t) => {
  const site = await openSite(t);
  const [path] = await site.award('ada', 'Ada Example');
  const { visitor } = await openBrowser(t, site.url);
  const page = await (await visitor()).newPage();
  await page.goto(path!);
  t.equal(await page.locator('.band-title').innerText(), 'Valid');

  await revokeCredential(site.service, path!.split('/').at(-1)!, 'issued_in_error', 'Two accounts were mixed up.');
  await page.reload();
  t.equal(await page.locator('.band-title').innerText(), 'Revoked');
  t.match(await page.locator('.band').innerText(), 'Two accounts were mixed up.');
  t.equal(await page.getByRole('link', { name: 'Add to profile' }).count(), 0, 'it is not handed out again');
  await page.getByRole('link', { name: 'Run all checks now' }).click();
  t.ok((await page.locator('.check-bad').count()) >= 1);
  t.match(await page.locator('.check-bad').first().innerText(), /revoked/i);
  await page.goto(path!.replace(/credentials\/(.*)/, 'badges/$1/embed'));
  t.match(await page.locator('.embed-state').innerText(), 'Revoked', 'the card on other pages says so too');
});

await inBrowser(t, "a stranger's baked PNG is verified, and one that was changed is not", async (t) => {
  const site = await openSite(t);
  const { visitor, strayed } = await openBrowser(t, site.url);
  const issuer = { id: `did:key:${key.multibase}`, type: ['Profile'], name: 'The school' };
  const signed = await sign(badge({ issuer }), { method: `did:key:${key.multibase}#${key.multibase}` });
  const picture = renderBadgePng(renderBadgeSvg(findAwardable('core')!), 300);
  const verify = async (credential: object) => {
    const page = await (await visitor()).newPage();
    await page.goto('/verify');
    const buffer = bakePng(picture, JSON.stringify(credential));
    await page.getByLabel('file', { exact: false }).setInputFiles({ name: 'badge.png', mimeType: 'image/png', buffer });
    await page.getByRole('button', { name: 'Verify' }).click();
    await page.locator('.band-title').waitFor();
    return page;
  };
  const good = await verify(signed);
  t.equal(await good.locator('.check-bad').count(), 0, await good.locator('.band').innerText());
  t.match(await good.locator('main').innerText(), 'The school');
  const subject = { ...(signed.credentialSubject as object), id: 'urn:uuid:00000000-0000-4000-8000-000000000000' };
  const forged = await verify({ ...signed, credentialSubject: subject });
  t.ok((await forged.locator('.check-bad').count()) >= 1, await forged.locator('.band').innerText());
  t.ok((await forged.locator('.band-bad').count()) === 1);
  t.same(strayed, []);

  await forged.emulateMedia({ media: 'print' });
  const lines = forged.locator('.check');
  for (let n = 0; n < (await lines.count()); n += 1)
    t.ok(await lines.nth(n).locator('time').isVisible(), 'a printed report has the time of each check');
  t.equal(await forged.locator('form').isVisible(), false, 'and no form');
});

await inBrowser(t, 'a file that is dropped on the form is verified', async (t) => {
  const site = await openSite(t);
  const [path] = await site.award('ada', 'Ada Example');
  const { visitor } = await openBrowser(t, site.url);
  const page = await (await visitor()).newPage();
  await page.goto('/verify');
  const dropped = await page.evaluateHandle(`fetch('${path}.png').then(async (answer) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([await answer.blob()], 'badge.png', { type: 'image/png' }));
    return transfer;
  })`);
  await page.dispatchEvent('form.verify-form', 'dragover', { dataTransfer: dropped });
  t.equal(await page.locator('.drop-over').count(), 1, 'it shows where');
  await page.dispatchEvent('form.verify-form', 'drop', { dataTransfer: dropped });
  await page.locator('.band-title').waitFor();
  t.equal(await page.locator('.band-title').innerText(), 'Verified');
});

await inBrowser(t, 'a picture that would run something is a picture and no more', async (t) => {
  const site = await openSite(t);
  const { visitor, strayed } = await openBrowser(t, site.url);
  const issuer = { id: `did:key:${key.multibase}`, type: ['Profile'], name: '<img src=x onerror=alert(1)>' };
  const signed = await sign(badge({ issuer }), { method: `did:key:${key.multibase}#${key.multibase}` });
  const hostile = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" onload="alert(1)">
    <script>alert(1)</script><image href="https://evil.example/x.png" width="9" height="9"/></svg>`;
  const page = await (await visitor()).newPage();
  const alarms: string[] = [];
  page.on('dialog', (dialog) => (alarms.push(dialog.message()), void dialog.dismiss()));
  await page.goto('/verify');
  const buffer = Buffer.from(bakeSvg(hostile, JSON.stringify(signed)));
  await page.getByLabel('file', { exact: false }).setInputFiles({ name: 'b.svg', mimeType: 'image/svg+xml', buffer });
  await page.getByRole('button', { name: 'Verify' }).click();
  await page.locator('.band-title').waitFor();
  await page.waitForLoadState('networkidle');
  t.equal(await page.locator('img.badge-picture[src^="data:image/svg+xml"]').count(), 1, 'it is shown');
  t.equal(await page.locator('main script, main svg:not(.sign), main [onerror], main [onload]').count(), 0);
  t.match(await page.locator('main').innerText(), /<img src=x onerror=alert\(1\)>/, 'a hostile name is a text');
  t.same(alarms, [], 'nothing ran');
  t.same(strayed, [], 'and nothing was loaded for it');
});

await inBrowser(t, 'the language of a visitor, and the one they choose instead', async (t) => {
  const site = await openSite(t);
  const { visitor } = await openBrowser(t, site.url);
  const page = await (await visitor({ locale: 'es-AR', javaScriptEnabled: false })).newPage();
  const language = () => page.locator('html').getAttribute('lang');
  await page.goto('/verify');
  t.equal(await language(), 'es', 'as the browser asks');
  await page.getByRole('link', { name: 'العربية' }).click();
  t.equal(await language(), 'ar');
  t.equal(new URL(page.url()).pathname, '/verify', 'the page stays');
  await page.goto('/');
  t.equal(await language(), 'ar', 'and the choice too');
});
