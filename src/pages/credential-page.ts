// The page of a badge. Status first, since it is what most visitors came for; then what, whose, by whom, when, and why.
import { alternateLinks, linkedDataFor, linkedInUrl, previewMeta } from './credential-head.ts';
import { stateSentence, stateSign, stateTitle } from './credential-state.ts';
import type { BadgeState, CredentialView } from './credential-view.ts';
import { sign } from './drawings.ts';
import { embedSnippet } from './embed-page.ts';
import { foreign, html, outsideLink, type Html } from './html.ts';
import type { Page } from './layout.ts';
import { PREVIEW_HEIGHT, PREVIEW_WIDTH } from './preview-picture.ts';
import { requirementTrail } from './requirement-trail.ts';
import type { Site } from './send-page.ts';
import type { MessageKey, Words } from './words.ts';

/** What was taken back is not handed out again; the page stays, so that whoever has the link learns of it. */
const takenBack: ReadonlySet<BadgeState> = new Set(['revoked', 'superseded', 'compromised']);

/** What an e-mail that was typed on the page came to. */
export type Comparison = 'same' | 'other';

function time(at: string, words: Words): Html {
  return html`<time datetime="${at}">${words.day(at)}</time>`;
}

function stateBand(view: CredentialView, words: Words): Html {
  const kind = stateSign(view.state);
  const day = view.state === 'expired' ? view.validUntil : view.state === 'early' ? view.validFrom : view.revokedAt;
  return html`<section class="band band-${kind}" aria-label="${words.say('badge.status')}">
    ${sign(kind)}
    <div>
      <p class="band-title">${stateTitle(view.state, words)}</p>
      <p>
        ${words.rich(stateSentence(view.state), { day: day ? time(day, words) : '', issuer: foreign(view.issuer.name, 120) })}
      </p>
      ${view.revocationSentence ? html`<p class="band-reason">${words.rich('badge.reason', { reason: html`<q lang="en" dir="auto">${foreign(view.revocationSentence, 1000)}</q>` })}</p>` : ''}
      ${view.newerUrl ? html`<p><a class="button" href="${view.newerUrl}">${words.say('badge.newer')}</a></p>` : ''}
      <p class="band-when">
        ${words.rich('badge.readAt', { at: html`<time datetime="${view.readAt.toISOString()}">${words.minute(view.readAt)}</time>` })}
      </p>
    </div>
  </section>`;
}

function facts(view: CredentialView, words: Words): Html {
  const fact = (term: MessageKey, content: Html): Html =>
    html`<div>
      <dt>${words.say(term)}</dt>
      <dd>${content}</dd>
    </div>`;
  const whose = view.recipientName
    ? html`<span class="recipient">${foreign(view.recipientName, 200)}</span>`
    : view.comparable
      ? html`<a href="#person">${words.say('badge.unnamed')}</a>`
      : html`${words.say('badge.unnamedAtAll')}`;
  return html`<dl class="facts">
    ${[
      fact('badge.awardedTo', whose),
      fact('badge.awardedBy', html`<a href="/issuer">${foreign(view.issuer.name, 120)}</a>`),
      fact('badge.awardedOn', time(view.awardedAt, words)),
      view.corrected ? fact('badge.correctedOn', time(view.validFrom, words)) : '',
      fact('badge.validUntil', view.validUntil ? time(view.validUntil, words) : html`${words.say('badge.noEnd')}`),
    ]}
  </dl>`;
}

function personForm(view: CredentialView, words: Words, comparison: Comparison | undefined): Html {
  if (!view.comparable) return html``;
  const answer =
    comparison &&
    html`<p class="answer answer-${comparison === 'same' ? 'good' : 'bad'}" role="status">
      ${sign(comparison === 'same' ? 'good' : 'bad')}<span
        >${words.say(comparison === 'same' ? 'person.same' : 'person.other')}</span
      >
    </p>`;
  return html`<section class="card${answer ? '' : ' no-print'}" id="person">
    <h2>${words.say('person.title')}</h2>
    <p>${words.say('person.explanation')}</p>
    <form method="post" action="/credentials/${view.id}#person" class="line-form">
      <label for="email">${words.say('person.label')}</label>
      <div class="line">
        <input
          id="email"
          name="email"
          type="email"
          required
          maxlength="320"
          autocomplete="off"
          spellcheck="false"
          dir="ltr"
        /><button>${words.say('person.button')}</button>
      </div>
    </form>
    ${answer || ''}
  </section>`;
}

function evidence(view: CredentialView, words: Words): Html {
  if (view.evidence.length === 0) return html``;
  return html`<h3>${words.say('evidence.title')}</h3>
    <p>${words.say('evidence.explanation')}</p>
    <ul class="evidence">
      ${view.evidence.map(({ url, name }) => html`<li>${outsideLink(url, foreign(name ?? url, 200))}</li>`)}
    </ul>`;
}

function reasons(view: CredentialView, words: Words): Html {
  return html`<section class="card">
    <h2>${words.say('trail.title')}</h2>
    ${
      view.verdict
        ? html`<p>${words.say('trail.explanation')}</p>
            ${requirementTrail(view.verdict, words)}`
        : html`<p>${words.say('trail.erased')}</p>`
    }
    ${evidence(view, words)}
    <p class="more">
      <a href="/achievements/${view.achievement.key}">${words.say('badge.criteria')}</a>
      <a href="${view.awardUrl}">${words.say('badge.awardRecord')}</a>
    </p>
  </section>`;
}

function verifySection(view: CredentialView, words: Words): Html {
  const row = (term: MessageKey, value: Html): Html =>
    html`<div>
      <dt>${words.say(term)}</dt>
      <dd>${value}</dd>
    </div>`;
  return html`<section class="card">
    <h2>${words.say('self.title')}</h2>
    <p>${words.say('self.explanation')}</p>
    <div class="self">
      <p><a class="button" href="/verify?url=${encodeURIComponent(view.url)}">${words.say('self.button')}</a></p>
      <p class="qr">
        <a href="${view.url}/qr.svg"
          ><img src="/credentials/${view.id}/qr.svg" width="112" height="112" alt="${words.say('qr.alt')}"
        /></a>
        <span>${words.say('qr.caption')}</span>
      </p>
    </div>
    <details>
      <summary>${words.say('self.details')}</summary>
      <dl class="codes">
        ${[
          row('self.id', html`<code>${view.url}</code>`),
          row('self.issuer', html`<code>${view.issuer.id}</code>`),
          row('self.key', html`<code>${view.kid}</code>`),
          row(
            'self.status',
            html`<a href="${view.statusUrl}"><code>${view.statusUrl}</code></a> ·
              ${words.say('self.entry', { index: String(view.statusIndex) })}`,
          ),
        ]}
      </dl>
    </details>
  </section>`;
}

function takeAway(view: CredentialView, site: Site, words: Words): Html {
  const form = (extension: string, label: MessageKey, use: MessageKey, query = ''): Html =>
    html`<li>
      <a href="${view.url}.${extension}${query}" download
        ><strong>${words.say(label)}</strong> <span>${words.say(use)}</span></a
      >
    </li>`;
  return html`<section class="card no-print">
    <h2>${words.say('take.title')}</h2>
    <h3>${words.say('take.link')}</h3>
    <p class="snippet">
      <code id="copy-link">${view.url}</code>
      <button type="button" class="copy" data-copy="copy-link" data-done="${words.say('copy.done')}" hidden>
        ${words.say('copy.button')}
      </button>
    </p>
    <h3>${words.say('take.files')}</h3>
    <ul class="forms">
      ${[
        form('pdf', 'take.pdf', 'take.pdf.use', `?lang=${words.language}`),
        form('png', 'take.png', 'take.png.use'),
        form('svg', 'take.svg', 'take.svg.use'),
        form('json', 'take.json', 'take.json.use'),
        form('jwt', 'take.jwt', 'take.jwt.use'),
      ]}
    </ul>
    <p>
      <a href="${view.url}.pdf?size=letter&amp;lang=${words.language}" download>${words.say('take.letter')}</a>
    </p>
    <p class="note">${words.say('take.phone')}</p>
    <h3>${words.say('linkedin.title')}</h3>
    <p>
      <a class="button" href="${linkedInUrl(view, site.linkedinOrganizationId)}" rel="noopener"
        >${words.say('linkedin.button')}</a
      >
    </p>
    <details>
      <summary>${words.say('linkedin.empty')}</summary>
      <dl class="codes">
        ${[
          [words.say('linkedin.name'), view.achievement.name],
          [words.say('linkedin.organization'), view.issuer.name],
          [words.say('linkedin.id'), view.id],
          [words.say('linkedin.url'), view.url],
        ].map(
          ([term, value], n) =>
            html`<div>
              <dt>${term}</dt>
              <dd>
                <code id="copy-${n}">${value}</code>
                <button type="button" class="copy" data-copy="copy-${n}" data-done="${words.say('copy.done')}" hidden>
                  ${words.say('copy.button')}
                </button>
              </dd>
            </div>`,
        )}
      </dl>
    </details>
    <h3>${words.say('embed.title')}</h3>
    <p>${words.say('embed.explanation')}</p>
    <p class="snippet">
      <code id="copy-embed">${embedSnippet(view)}</code>
      <button type="button" class="copy" data-copy="copy-embed" data-done="${words.say('copy.done')}" hidden>
        ${words.say('copy.button')}
      </button>
    </p>
  </section>`;
}

/** The page of a badge. */
export function credentialPage(view: CredentialView, site: Site, words: Words, comparison?: Comparison): Page {
  const { achievement } = view;
  const holds = view.state === 'valid';
  const awarded = words.say('badge.description', { issuer: view.issuer.name, day: words.day(view.awardedAt) });
  const description = `${stateTitle(view.state, words)}. ${awarded}`;
  const head = html`${previewMeta(
      {
        title: holds ? achievement.name : `${stateTitle(view.state, words)}: ${achievement.name}`,
        description,
        url: view.url,
        // Crawlers name no language and get English words; a link in another language has a picture in it.
        imageUrl: `${view.url}/preview.png${words.language === 'en' ? '' : `?lang=${words.language}`}`,
        imageWidth: PREVIEW_WIDTH,
        imageHeight: PREVIEW_HEIGHT,
        siteName: site.issuerName,
      },
      words,
    )}${alternateLinks(view)}<link
      rel="alternate"
      type="application/json+oembed"
      href="${site.publicUrl}/oembed?url=${encodeURIComponent(view.url)}&amp;format=json"
      title="${achievement.name}"
    /> `;
  return {
    kind: 'badge',
    title: achievement.name,
    description,
    path: `/credentials/${view.id}`,
    indexed: view.listed && holds,
    head,
    linkedData: holds ? linkedDataFor(view, site.publicUrl) : undefined,
    body: html`${stateBand(view, words)}
      <article class="badge">
        <div class="badge-head">
          <img
            class="badge-picture${takenBack.has(view.state) ? ' badge-void' : ''}"
            src="/achievements/${achievement.key}/image.svg"
            width="240"
            height="240"
            alt=""
          />
          <div>
            <h1 lang="en" dir="auto">${foreign(achievement.name, 200)}</h1>
            <p class="lead" lang="en" dir="auto">${foreign(achievement.description, 600)}</p>
            ${facts(view, words)}
          </div>
        </div>
        ${[reasons(view, words), personForm(view, words, comparison), verifySection(view, words), takenBack.has(view.state) ? '' : takeAway(view, site, words)]}
      </article>`,
  };
}
