// Every page: nothing that axe finds fault with (WCAG 2.2, 12 December 2024, levels A and AA, and its best practices) in
// light, dark and right to left; nothing asked of anybody else; nothing wider than a phone; nothing that fails to load.
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import t from 'tap';
import { fillSite, layErrors } from './all-pages.ts';
import { inBrowser, openBrowser } from './browser.ts';
import { openSite } from './site.ts';

const LOOKS = [
  { name: 'light', options: { colorScheme: 'light' as const } },
  { name: 'dark, on a phone', options: { colorScheme: 'dark' as const, viewport: { width: 360, height: 740 } } },
  { name: 'right to left', options: { colorScheme: 'light' as const, locale: 'ar' } },
];

/** What is wrong with a page, in one line each. */
async function faultsOf(page: Page, direction: string): Promise<string[]> {
  // Without a second page for the summing up, of which there is none to make: no page has frames.
  const { violations } = await new AxeBuilder({ page: page as never })
    .setLegacyMode(true)
    .options({ resultTypes: ['violations'] })
    .analyze();
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.html}`),
  );
  const wider = await page.evaluate<number>(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
  if (wider > 0) found.push(`${wider}px wider than the window`);
  const said = await page.locator('html').getAttribute('dir');
  if (said !== direction) found.push(`runs ${said}`);
  return found;
}

/** What a tab says that it should not: errors of scripts, broken policies, parts that do not load. */
function listen(page: Page, failed: string[]): void {
  page.on('console', (message) => {
    if (message.type() === 'error' && !/\b(403|404|410|429|500)\b/.test(message.text())) failed.push(message.text());
  });
  page.on('pageerror', (error) => failed.push(String(error)));
  page.on('response', (response) => {
    if (response.status() >= 400 && response.request().resourceType() !== 'document') failed.push(response.url());
  });
}

await inBrowser(t, 'no fault on any page in any look', async (t) => {
  const site = await openSite(t);
  const { pages, learnerId } = await fillSite(site);
  const { visitor, strayed } = await openBrowser(t, site.url);
  const failed: string[] = [];
  async function look({ name: look, options }: (typeof LOOKS)[number]): Promise<void> {
    const context = await visitor(options);
    await site.admit(context, learnerId);
    await layErrors(context, site);
    const page = await context.newPage();
    listen(page, failed);
    for (const [name, path] of Object.entries(pages)) {
      await page.goto(path, { waitUntil: 'load' });
      t.same(await faultsOf(page, options.locale === 'ar' ? 'rtl' : 'ltr'), [], `${name}, ${look}`);
    }
  }
  // All looks at once: what one tab waits for, another computes.
  await Promise.all(LOOKS.map(look));
  t.same(failed, [], 'everything loads, and no policy is broken');
  t.same(strayed, [], 'nobody else is asked');
});
