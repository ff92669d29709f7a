// A real Chromium for the journeys, where there is one. Whatever it asks of any place but the site is written down.
import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions } from 'playwright-core';
import root from 'tap';
import type { Test } from 'tap';

const CANDIDATES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/snap/bin/chromium'];
export const executablePath = CANDIDATES.find((path) => existsSync(path));

const SWITCHES = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

export interface OpenBrowser {
  /** A visitor with nothing kept from before. */
  visitor(options?: BrowserContextOptions): Promise<BrowserContext>;
  /** Requests to other origins than the site's, by all visitors. */
  strayed: string[];
}

// One for a file: each test has visitors of its own, who share nothing.
let launched: Promise<Browser> | undefined;
root.teardown(async () => (await launched)?.close());

/** A browser for a test; its visitors leave afterwards. `site` is the only origin that they may talk to. */
export async function openBrowser(t: Test, site: string): Promise<OpenBrowser> {
  const browser = await (launched ??= chromium.launch({ executablePath, args: SWITCHES }));
  const strayed: string[] = [];
  return {
    strayed,
    async visitor(options = {}) {
      const context = await browser.newContext({ locale: 'en-GB', baseURL: site, ...options });
      t.teardown(() => context.close());
      context.setDefaultTimeout(20_000);
      await context.route(
        (url) => url.origin !== site && !['data:', 'blob:'].includes(url.protocol),
        async (route) => {
          strayed.push(route.request().url());
          await route.abort();
        },
      );
      return context;
    },
  };
}

/** Runs a test in a browser, or says loudly that it was left out. */
export async function inBrowser(t: Test, name: string, body: (t: Test) => Promise<unknown>): Promise<void> {
  if (executablePath === undefined)
    t.comment(`NO CHROMIUM FOUND: "${name}" was left out. Install chromium to leave nothing out.`);
  else await t.test(name, body);
}
