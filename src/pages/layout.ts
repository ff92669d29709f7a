// The document around every page: head, header, footer, the switch of languages.
// No inline style or script, so that the Content-Security-Policy can forbid both; nothing is loaded from elsewhere.
import { html, jsonBlock, rawHtml, type Html } from './html.ts';
import { ICON, SCRIPT, STYLESHEET } from './assets.ts';
import { cairnMark } from './drawings.ts';
import { LANGUAGES, LANGUAGE_NAMES, type Words } from './words.ts';

/** What one page says; the layout says the rest. */
export interface Page {
  title: string;
  description?: string;
  status?: number;
  /** The address without language or other parameters, beginning with a slash; absent where there is none to share. */
  path?: string;
  /** Search engines may list it. */
  indexed?: boolean;
  /** Links and meta elements of its own. */
  head?: Html;
  /** schema.org, as a data block. */
  linkedData?: object;
  body: Html;
  /** For the styles of one page. */
  kind: string;
}

/** Where the page stands. */
export interface Surroundings {
  publicUrl: string;
  issuerName: string;
  words: Words;
  /** What the language links lead to: a path with its query that answers GET. */
  here: string;
}

/** An address of ours in another language, or in none; whatever cannot be read as one leads home. */
export function inLanguage(here: string, language: string | undefined): string {
  const own = 'http://localhost';
  const url = new URL(URL.canParse(here, own) ? here : '/', own);
  if (language === undefined) url.searchParams.delete('lang');
  else url.searchParams.set('lang', language);
  // One slash at the front: two would name another host.
  return url.pathname.replace(/^\/+/, '/') + url.search;
}

function languageSwitch({ words, here }: Surroundings): Html {
  return html`<nav class="languages" aria-label="${words.say('layout.languages')}">
    <ul>
      ${LANGUAGES.map(
        (language) =>
          html`<li>
            <a
              href="${inLanguage(here, language)}"
              lang="${language}"
              hreflang="${language}"
              ${language === words.language ? html` aria-current="true"` : ''}
              >${LANGUAGE_NAMES[language]}</a
            >
          </li>`,
      )}
    </ul>
  </nav>`;
}

function header({ words, issuerName }: Surroundings, page: Page): Html {
  const link = (href: string, label: string): Html =>
    html`<li><a href="${href}" ${page.path === href ? html` aria-current="page"` : ''}>${label}</a></li>`;
  return html`<header class="site-header">
    <div class="wide">
      <a class="home" href="/"
        >${cairnMark()}<span class="home-name">${issuerName}</span
        ><span class="home-what">${words.say('layout.what')}</span></a
      >
      <nav aria-label="${words.say('layout.main')}">
        <ul>
          ${[
            link('/verify', words.say('layout.verify')),
            link('/achievements', words.say('layout.achievements')),
            link('/issuer', words.say('layout.issuer')),
            link('/me', words.say('layout.me')),
          ]}
        </ul>
      </nav>
    </div>
  </header>`;
}

function footer(surroundings: Surroundings): Html {
  const { words } = surroundings;
  return html`<footer class="site-footer">
    <div class="wide">
      <p>${words.say('layout.promise')}</p>
      <ul class="footer-links">
        <li><a href="/docs">${words.say('layout.docs')}</a></li>
        <li><a href="/issuer#offline">${words.say('layout.offline')}</a></li>
        <li>
          <a href="https://creativecommons.org/licenses/by/4.0/" rel="license noopener"
            >${words.say('layout.license')}</a
          >
        </li>
      </ul>
      ${languageSwitch(surroundings)}
    </div>
  </footer>`;
}

/** The data block of a page as it stands in the document; the policy of the page names its hash. */
export function linkedDataOf(page: Page): string | undefined {
  return page.linkedData && jsonBlock(page.linkedData);
}

// The data block is put together without a template: one blank more, and the hash in the policy were another's.
function head(page: Page, { publicUrl, issuerName }: Surroundings): Html {
  const linkedData = linkedDataOf(page);
  const address = page.path && `${publicUrl}${page.path}`;
  return html`<meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${page.title === issuerName ? page.title : `${page.title} · ${issuerName}`}</title>
    ${page.description ? html`<meta name="description" content="${page.description}" /> ` : ''}<meta
      name="color-scheme"
      content="light dark"
    />
    <meta name="theme-color" content="#f6f3ec" media="(prefers-color-scheme: light)" />
    <meta name="theme-color" content="#12181a" media="(prefers-color-scheme: dark)" />
    ${page.indexed ? '' : html`<meta name="robots" content="noindex" /> `}<link
      rel="icon"
      href="${ICON.path}"
      type="image/svg+xml"
    />
    <link rel="stylesheet" href="${STYLESHEET.path}" />
    ${page.kind === 'error' ? '' : html`<script src="${SCRIPT.path}" defer></script>`}
    ${address ? html`<link rel="canonical" href="${address}" /> ` : ''}${
      address && page.indexed
        ? LANGUAGES.map((one) => html`<link rel="alternate" hreflang="${one}" href="${address}?lang=${one}" /> `)
        : ''
    }${page.head}${linkedData ? rawHtml(`<script type="application/ld+json">${linkedData}</script>`) : ''}`;
}

/** The whole document. */
export function renderDocument(page: Page, surroundings: Surroundings): string {
  const { words } = surroundings;
  return html`<!doctype html>
    <html lang="${words.language}" dir="${words.direction}">
      <head>
        ${head(page, surroundings)}
      </head>
      <body class="page-${page.kind}">
        <a class="skip" href="#main">${words.say('layout.skip')}</a>
        ${header(surroundings, page)}
        <main id="main" tabindex="-1"><div class="wide">${page.body}</div></main>
        ${footer(surroundings)}
      </body>
    </html> `.text;
}
