// Every page: nothing that axe finds fault with (WCAG 2.2, 12 December 2024, levels A and AA, and its best practices) in
// light, dark and right to left; nothing asked of anybody else; nothing wider than a phone; nothing that fails to load.
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import t from 'tap';
import { fillSite } from './all-pages.ts';
import { inBrowser, openBrowser } from './browser.ts';
import { openSite } from './site.ts';

const LOOKS = [
  { name: 'light', options: { colorScheme: 'light' as const } },
  { name: 'dark, on a phone', options: { colorScheme: 'dark' as const, viewport: { width: 360, height: 740 } } },
  { name: 'right to left', options: { colorScheme: 'light' as const, locale: 'ar' } },
];

/** What axe finds, in one line each. */
async function faultsOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page: page as never }).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.html}`));
}

for (const look of LOOKS)
  await inBrowser(t, `no fault on any page, ${look.name}`, async (t) => {
    const site = await openSite(t);
    const pages = await fillSite(site);
    const { visitor, strayed } = await openBrowser(t, site.url);
    const page = await (await visitor(look.options)).newPage();
    const failed: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().includes('404')) failed.push(message.text());
    });
    page.on('pageerror', (error) => failed.push(String(error)));
    page.on('response', (response) => {
      if (response.status() >= 400 && response.request().resourceType() !== 'document') failed.push(response.url());
    });
    for (const [name, path] of Object.entries(pages)) {
      await page.goto(path, { waitUntil: 'load' });
      t.same(await faultsOf(page), [], name);
      t.equal(await page.locator('html').getAttribute('dir'), look.options.locale === 'ar' ? 'rtl' : 'ltr', name);
      const wider = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
      t.equal(await page.evaluate(wider), 0, `${name} is no wider than its window`);
    }
    t.same(failed, [], 'everything loads, and no policy is broken');
    t.same(strayed, [], 'nobody else is asked');
  });
