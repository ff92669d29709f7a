// What a badge page weighs: all that a first visit brings over the wire, before any compression.
import t from 'tap';
import { inBrowser, openBrowser } from './browser.ts';
import { openSite } from './site.ts';

const MOST_BYTES = 60 * 1024;

await inBrowser(t, 'a badge page is under 60 KiB in all, and nothing in it moves while it loads', async (t) => {
  const site = await openSite(t);
  const path = (await site.award('ada', 'Ada Example', 'core')).at(-1)!;
  const { visitor } = await openBrowser(t, site.url);
  const page = await (await visitor({ viewport: { width: 360, height: 740 } })).newPage();
  const weights: Record<string, number> = {};
  page.on('response', async (response) => {
    const { pathname } = new URL(response.url());
    weights[pathname] = (await response.body()).length;
  });
  await page.addInitScript(`
    window.shift = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.shift += entry.value;
    }).observe({ type: 'layout-shift', buffered: true });
  `);
  await page.goto(path, { waitUntil: 'networkidle' });
  const total = Object.values(weights).reduce((sum, one) => sum + one, 0);
  t.comment(JSON.stringify({ total, ...weights }));
  t.ok(total < MOST_BYTES, `${total} bytes`);
  t.ok(
    Object.keys(weights).some((one) => one.endsWith('.css')) &&
      Object.keys(weights).some((one) => one.includes('image')),
  );
  t.equal(await page.evaluate('window.shift'), 0, 'no layout shift');
});
