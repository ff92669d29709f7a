// The badge as a small card for other people's pages, the only document of ours that may be framed, and what oEmbed
// tells of it (oEmbed 1.0). The card says its state of the moment, so that a revoked badge shows as one everywhere.
import { ICON, STYLESHEET } from './assets.ts';
import { stateSign, stateTitle } from './credential-state.ts';
import type { CredentialView } from './credential-view.ts';
import { sign } from './drawings.ts';
import { foreign, html } from './html.ts';
import type { Site } from './send-page.ts';
import type { Words } from './words.ts';

const EMBED_WIDTH = 340;
const EMBED_HEIGHT = 160;

/** The address of the card of a badge. */
export function embedUrl(view: Pick<CredentialView, 'url' | 'id'>): string {
  return view.url.replace(`/credentials/${view.id}`, `/badges/${view.id}/embed`);
}

/** What an earner puts into a page of their own. */
export function embedSnippet(
  view: Pick<CredentialView, 'url' | 'id' | 'achievement'>,
  width: number = EMBED_WIDTH,
  height: number = EMBED_HEIGHT,
): string {
  const title = view.achievement.name.replace(/[<>"&]/g, ' ');
  return `<iframe src="${embedUrl(view)}" title="${title}" width="${width}" height="${height}" loading="lazy"></iframe>`;
}

/** The card as a document of its own. */
export function embedDocument(view: CredentialView, words: Words): string {
  const kind = stateSign(view.state);
  return html`<!doctype html>
    <html lang="${words.language}" dir="${words.direction}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${view.achievement.name}</title>
        <link rel="alternate" type="application/vc" href="${view.url}.json" />
        <link rel="icon" href="${ICON.path}" type="image/svg+xml" />
        <link rel="stylesheet" href="${STYLESHEET.path}" />
      </head>
      <body class="page-embed">
        <main>
          <a class="embed" href="${view.url}" target="_blank" rel="noopener">
            <img
              src="/achievements/${view.achievement.key}/image.svg"
              class="${kind === 'good' ? '' : 'badge-void'}"
              width="112"
              height="112"
              alt=""
            />
            <div>
              <h1 lang="en" dir="auto">${foreign(view.achievement.name, 120)}</h1>
              ${view.recipientName ? html`<span class="embed-name">${foreign(view.recipientName, 80)}</span>` : ''}
              <span class="embed-state embed-${kind}">${sign(kind)} ${stateTitle(view.state, words)}</span>
              <span class="note"
                ><span>${foreign(view.issuer.name, 80)}</span> <span>${words.day(view.awardedAt)}</span></span
              >
            </div>
          </a>
        </main>
      </body>
    </html> `.text;
}

/** The oEmbed answer: rich, within the measures that the consumer gave. */
export function oembedOf(view: CredentialView, site: Site, most: { width?: number; height?: number }): object {
  const width = Math.min(EMBED_WIDTH, most.width ?? EMBED_WIDTH);
  const height = Math.min(EMBED_HEIGHT, most.height ?? EMBED_HEIGHT);
  return {
    version: '1.0',
    type: 'rich',
    title: view.achievement.name,
    provider_name: site.issuerName,
    provider_url: site.publicUrl,
    cache_age: 300,
    html: embedSnippet(view, width, height),
    width,
    height,
    thumbnail_url: `${view.url}/preview.png`,
    thumbnail_width: 1200,
    thumbnail_height: 630,
  };
}
