// The page that answers "is this badge good?" for anybody's badge, in plain words and in the order of the checks.
// What could not be checked is grey and never counts as good; who holds the key and who the issuer says it is are two
// lines; and what a verification cannot prove is said beside it.
import type { Check, CheckStatus, Outcome, Report } from '../openbadges/report.ts';
import { sign, type Sign } from './drawings.ts';
import { foreign, html, outsideLink, type Html } from './html.ts';
import type { Page } from './layout.ts';
import { renderMarkdown } from './markdown.ts';
import type { ShownBadge } from './verify-view.ts';
import type { MessageKey, Words } from './words.ts';

export interface VerifyAnswer {
  report: Report;
  badge?: ShownBadge;
  /** An e-mail was given to compare with. */
  compared: boolean;
  /** The page of the badge, where it is one of ours. */
  ownPage?: string;
}

const OUTCOME_SIGN: Record<Outcome, Sign> = {
  valid: 'good',
  valid_with_warnings: 'warn',
  invalid: 'bad',
  indeterminate: 'unknown',
};
const CHECK_SIGN: Record<CheckStatus, Sign> = {
  pass: 'good',
  warn: 'warn',
  fail: 'bad',
  unknown: 'unknown',
  skipped: 'none',
};

/** The sentence of a check: of its code where there is one, else of its state. */
function sentenceOf(check: Check, words: Words): string {
  const key = [`code.${check.code}`, `check.${check.id}.${check.status}`].find((one) => words.has(one));
  return words.say((key ?? `status.${check.status}`) as MessageKey);
}

function checkLine(check: Check, at: string, words: Words): Html {
  const kind = CHECK_SIGN[check.status];
  // In the room's own words, which name what was found; English, for whoever has to look into it.
  const noteworthy = check.status !== 'pass' && check.status !== 'skipped';
  return html`<li class="check check-${kind}">
    ${sign(kind)}
    <div>
      <h3>${words.say(`check.${check.id}`)} <span class="check-state">${words.say(`status.${check.status}`)}</span></h3>
      <p>${sentenceOf(check, words)}</p>
      ${noteworthy ? html`<p class="note" lang="en" dir="auto">${foreign(check.message, 1000)}</p>` : ''}
      <p class="note print-only"><code>${check.code}</code> · <time datetime="${at}">${words.minute(at)}</time></p>
    </div>
  </li>`;
}

function saysSection(badge: ShownBadge, report: Report, words: Words): Html {
  const signature = report.checks.find((one) => one.id === 'signature')?.status;
  const key = report.checks.find((one) => one.id === 'issuer_key')?.status;
  const proven = (signature === 'pass' || signature === 'warn') && (key === 'pass' || key === 'warn');
  const row = (term: MessageKey, content: Html | undefined): Html =>
    content
      ? html`<div>
          <dt>${words.say(term)}</dt>
          <dd>${content}</dd>
        </div>`
      : html``;
  const day = (at: string | undefined): Html | undefined =>
    at ? html`<time datetime="${at}">${words.day(at)}</time>` : undefined;
  return html`<section class="card">
    <h2>${words.say('says.title')}</h2>
    <p>${words.say(proven ? 'says.proven' : 'says.unproven')}</p>
    <div class="badge-head">
      ${badge.picture ? html`<img class="badge-picture" src="${badge.picture}" width="160" height="160" alt="" />` : ''}
      <div>
        <p class="says-name" dir="auto">${foreign(badge.name ?? words.say('says.nameless'), 200)}</p>
        ${badge.description ? html`<p dir="auto">${foreign(badge.description, 600)}</p>` : ''}
        <dl class="facts">
          ${[
            row(
              'says.key',
              html`${proven ? '' : html`<span class="tag">${words.say('says.unprovenTag')}</span> `}<code
                  >${foreign(badge.issuerId, 300)}</code
                >`,
            ),
            row(
              'says.issuer',
              badge.issuerName
                ? html`${outsideLink(badge.issuerUrl, foreign(badge.issuerName, 200))}`
                : html`${words.say('says.noName')}`,
            ),
            row('says.recipient', badge.recipient ? foreign(badge.recipient, 200) : undefined),
            row('says.from', day(badge.from)),
            row('says.until', day(badge.until)),
          ]}
        </dl>
      </div>
    </div>
    ${
      badge.criteria
        ? html`<details>
            <summary>${words.say('says.criteria')}</summary>
            <div class="prose" dir="auto">${renderMarkdown(badge.criteria)}</div>
          </details>`
        : ''
    }
    ${
      badge.evidence.length > 0
        ? html`<details>
            <summary>${words.say('says.evidence', { count: badge.evidence.length })}</summary>
            <ul>
              ${badge.evidence.map((one) => html`<li>${outsideLink(one.url, foreign(one.name ?? one.url, 200))}</li>`)}
            </ul>
          </details>`
        : ''
    }
  </section>`;
}

/** Whether there was no badge to judge: to call somebody's badge bad would be wrong. */
function heldNothing({ checks }: Report): boolean {
  return checks.some((one) => one.id === 'format' && one.status === 'fail');
}

/** Whether something else was brought that may be genuine too: green, and the word badge, are for badges alone. */
function heldAnother({ checks, outcome }: Report): boolean {
  const kind = checks.find((one) => one.id === 'format')?.details?.kind;
  return (outcome === 'valid' || outcome === 'valid_with_warnings') && kind !== undefined && kind !== 'badge';
}

/** The title of the answer, and what it means. */
function headline(report: Report): { title: MessageKey; sentence: MessageKey } {
  if (heldNothing(report)) return { title: 'verify.nothing', sentence: 'verify.nothing.sentence' };
  if (heldAnother(report)) return { title: 'verify.another.kind', sentence: 'verify.another.kind.sentence' };
  return { title: `outcome.${report.outcome}`, sentence: `outcome.${report.outcome}.sentence` };
}

function answerSections({ report, badge, compared, ownPage }: VerifyAnswer, words: Words): Html {
  const { outcome, checkedAt } = report;
  const kind = heldAnother(report) ? 'warn' : OUTCOME_SIGN[outcome];
  const { title, sentence } = headline(report);
  const reason = outcome === 'invalid' ? report.checks.find((one) => one.status === 'fail') : undefined;
  return html`<section class="band band-${kind}" aria-label="${words.say('verify.answer')}">
      ${sign(kind)}
      <div>
        <h1 class="band-title">${words.say(title)}</h1>
        <p>${words.say(sentence)}</p>
        ${reason ? html`<p><strong>${sentenceOf(reason, words)}</strong></p>` : ''}
        ${ownPage ? html`<p><a class="button" href="${ownPage}">${words.say('verify.ownPage')}</a></p>` : ''}
        <p class="band-when">
          ${words.rich('verify.checkedAt', { at: html`<time datetime="${checkedAt}">${words.minute(checkedAt)}</time>` })}
        </p>
      </div>
    </section>
    ${badge ? saysSection(badge, report, words) : ''}
    <section class="card">
      <h2>${words.say('verify.checks')}</h2>
      <p>${words.say('verify.checks.text')}</p>
      <ol class="checks">
        ${report.checks.map((one) => checkLine(one, checkedAt, words))}
      </ol>
    </section>
    <section class="card">
      <h2>${words.say('limits.title')}</h2>
      <ul>
        ${[
          compared ? '' : html`<li>${words.say('limits.person')}</li>`,
          html`<li>${words.say('limits.before')}</li>
            <li>${words.say('limits.issuer')}</li>
            <li>${words.say('limits.evidence')}</li>`,
        ]}
      </ul>
    </section>`;
}

function form(words: Words, again: boolean): Html {
  return html`<form class="card verify-form no-print" method="post" action="/verify" enctype="multipart/form-data">
    ${again ? html`<h2>${words.say('verify.another')}</h2>` : ''}
    <div class="field">
      <label for="badge">${words.say('verify.text')}</label>
      <textarea
        id="badge"
        name="badge"
        rows="5"
        maxlength="4000000"
        spellcheck="false"
        autocomplete="off"
        dir="ltr"
        aria-describedby="badge-help"
      ></textarea>
      <p class="note" id="badge-help">${words.say('verify.text.help')}</p>
    </div>
    <div class="field drop" data-drop>
      <label for="file">${words.say('verify.file')}</label>
      <input
        id="file"
        name="file"
        type="file"
        accept=".png,.svg,.pdf,.json,.jwt,.txt,image/png,image/svg+xml,application/pdf,application/json,application/vc,text/plain"
        aria-describedby="file-help"
      />
      <p class="note" id="file-help">${words.say('verify.file.help')}</p>
    </div>
    <div class="field">
      <label for="email">${words.say('verify.email')}</label>
      <input
        id="email"
        name="email"
        type="email"
        maxlength="320"
        autocomplete="off"
        spellcheck="false"
        dir="ltr"
        aria-describedby="email-help"
      />
      <p class="note" id="email-help">${words.say('verify.email.help')}</p>
    </div>
    <p><button class="button-big">${words.say('verify.button')}</button></p>
  </form>`;
}

/** The page, with or without an answer. `fault` is what was wrong with the form. */
export function verifyPage(words: Words, answer?: VerifyAnswer, fault?: MessageKey): Page {
  const introduction = html`<h1>${words.say('verify.title')}</h1>
    <p class="lead">${words.say('verify.lead')}</p>`;
  return {
    kind: 'verify',
    status: fault ? 400 : 200,
    title: words.say(answer ? headline(answer.report).title : 'verify.title'),
    description: words.say('verify.lead'),
    path: '/verify',
    indexed: !answer && !fault,
    body: html`${answer ? answerSections(answer, words) : introduction}
    ${fault ? html`<p class="answer answer-bad" role="alert">${sign('bad')}<span>${words.say(fault)}</span></p>` : ''}
    ${form(words, answer !== undefined)}
    ${
      answer
        ? ''
        : html`<section class="card">
            <h2>${words.say('verify.private')}</h2>
            <p>${words.say('verify.private.text')}</p>
          </section>`
    }`,
  };
}
