// Pages need no JavaScript: with it files can be dropped and texts copied, and that is all.
import type { Page } from 'playwright-core';
import t from 'tap';
import { fillSite, layErrors } from './all-pages.ts';
import { inBrowser, openBrowser } from './browser.ts';
import { openSite } from './site.ts';

await inBrowser(t, 'every page says the same without JavaScript', async (t) => {
  const site = await openSite(t);
  const { pages, learnerId } = await fillSite(site);
  const { visitor } = await openBrowser(t, site.url);
  const [scripted, plain] = await Promise.all(
    [true, false].map(async (javaScriptEnabled) => {
      const context = await visitor({ javaScriptEnabled });
      await site.admit(context, learnerId);
      await layErrors(context, site);
      return context.newPage();
    }),
  );
  // Without copying by a button there is no button, and every answer has its own instant.
  const wordsOf = async (page: Page, path: string): Promise<string> => {
    await page.goto(path);
    const text = await page.locator('main').innerText();
    return text
      .replace(/\bCopy\b/g, '')
      .replace(/\d{2}:\d{2}(:\d{2})?/g, '')
      .replace(/\s+/g, ' ')
      .trim();
  };
  for (const [name, path] of Object.entries(pages)) {
    const [without, withIt] = await Promise.all([wordsOf(plain!, path), wordsOf(scripted!, path)]);
    t.equal(without, withIt, name);
    t.ok(without.length > 20, `${name} says something`);
  }
});
