// Holds five pages to Lighthouse's scores: npm run lighthouse, where there is a network, since the tool is fetched when it
// is asked for (docs/decisions). Scores are of a phone of the middle class on a slow network, as Lighthouse has it.
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import t from 'tap';
import { setVisibility } from '../../src/privacy/set-visibility.ts';
import { signIn } from '../privacy/earner.ts';
import { makeScratch } from '../platform/scratch.ts';
import { fillSite } from './all-pages.ts';
import { executablePath, inBrowser } from './browser.ts';
import { openSite } from './site.ts';

const LIGHTHOUSE = 'lighthouse@13.5.0';
const LEAST = 95;
// Its recording of a load fails now and then (NO_NAVSTART), which says nothing of the page.
const TRIES = 3;
const run = promisify(execFile);

interface LighthouseReport {
  categories: Record<string, { title: string; score: number | null; auditRefs: { id: string; weight: number }[] }>;
  audits: Record<string, { title: string; score: number | null }>;
}

/** Looks at a page. @param kept whether it keeps out of search engines on purpose, which costs a page its SEO. */
async function examine(url: string, cookie: string | undefined, kept: boolean): Promise<LighthouseReport> {
  const path = join(makeScratch(), 'report.json');
  const options = [
    ...['--quiet', '--output=json', `--output-path=${path}`, '--no-enable-error-reporting'],
    '--only-categories=performance,accessibility,best-practices,seo',
    '--chrome-flags=--headless=new --no-sandbox --disable-gpu --lang=en',
    ...(cookie ? [`--extra-headers=${JSON.stringify({ cookie })}`] : []),
    ...(kept ? ['--skip-audits=is-crawlable'] : []),
  ];
  const env = { ...process.env, CHROME_PATH: executablePath };
  for (let left = TRIES - 1; ; left -= 1)
    try {
      await run('npx', ['--yes', LIGHTHOUSE, url, ...options], { env, timeout: 300_000 });
      return JSON.parse(await readFile(path, 'utf8')) as LighthouseReport;
    } catch (error) {
      if (left === 0) throw error;
    }
}

await inBrowser(t, `every score is at least ${LEAST}`, async (t) => {
  const site = await openSite(t);
  const { pages, learnerId } = await fillSite(site);
  // A badge that is not listed keeps out of search engines.
  await setVisibility(site.service, learnerId, pages.badge!.split('/').at(-1)!, 'listed');
  for (const name of ['badge', 'verify', 'home', 'track', 'me']) {
    const own = name === 'me';
    const cookie = own ? `cairn=${await signIn(site.service, learnerId)}` : undefined;
    const { categories, audits } = await examine(site.url + pages[name]!, cookie, own);
    const scores = Object.values(categories).map(({ title, score }) => `${title} ${Math.round((score ?? 0) * 100)}`);
    t.comment(`${name}: ${scores.join(', ')}`);
    for (const { title, score, auditRefs } of Object.values(categories)) {
      const short = auditRefs.filter(({ id, weight }) => weight > 0 && (audits[id]?.score ?? 1) < 1);
      t.ok((score ?? 0) * 100 >= LEAST, `${name}: ${title}`, { short: short.map(({ id }) => audits[id]?.title) });
    }
  }
});
