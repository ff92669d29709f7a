// Takes a picture of every page at the widths of a phone, a tablet and a desk, in light, dark and right to left, into
// `screenshots/` (which git ignores): npm run screenshots, and then look at each.
import { mkdirSync } from 'node:fs';
import t from 'tap';
import { fillSite, layErrors } from './all-pages.ts';
import { inBrowser, openBrowser } from './browser.ts';
import { openSite } from './site.ts';

const folder = new URL('../../screenshots/', import.meta.url).pathname;
const WIDTHS = [360, 768, 1280];
const LOOKS = [
  { name: 'light', options: { colorScheme: 'light' as const } },
  { name: 'dark', options: { colorScheme: 'dark' as const } },
  { name: 'rtl', options: { colorScheme: 'light' as const, locale: 'ar' } },
];

await inBrowser(t, 'screenshots', async (t) => {
  const site = await openSite(t);
  const { pages, learnerId } = await fillSite(site);
  const { visitor } = await openBrowser(t, site.url);
  for (const { name: look, options } of LOOKS)
    for (const width of WIDTHS) {
      const context = await visitor({ ...options, viewport: { width, height: 800 } });
      await site.admit(context, learnerId);
      await layErrors(context, site);
      const page = await context.newPage();
      mkdirSync(`${folder}${look}-${width}`, { recursive: true });
      for (const [name, path] of Object.entries(pages)) {
        await page.goto(path, { waitUntil: 'load' });
        // Pictures further down load when they come into view.
        await page.evaluate('document.querySelectorAll("img").forEach((one) => (one.loading = "eager"))');
        await page.waitForLoadState('networkidle');
        await page.screenshot({ path: `${folder}${look}-${width}/${name}.png`, fullPage: true });
      }
      await context.close();
      t.pass(`${look} at ${width}`);
    }
});
