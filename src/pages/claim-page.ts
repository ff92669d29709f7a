// The way in: an address is asked for, a link is confirmed. Nothing here tells whether an address is known.
import { html, type Html } from './html.ts';
import type { Page } from './layout.ts';
import type { ClaimKind } from '../privacy/store.ts';
import type { Words } from './words.ts';

const framed = (title: string, body: Html, status = 200): Page => ({
  kind: 'claim',
  status,
  title,
  body: html`<h1>${title}</h1>
    ${body}`,
});

function addressForm(words: Words, fault: boolean): Html {
  return html`<form method="post" action="/claim" class="card">
    <div class="field">
      <label for="email">${words.say('claim.label')}</label>
      <input
        id="email"
        name="email"
        type="email"
        maxlength="254"
        autocomplete="email"
        required
        ${fault ? html` aria-invalid="true" aria-describedby="email-fault"` : ''}
      />
      ${fault ? html`<p class="note" id="email-fault">${words.say('claim.fault')}</p>` : ''}
    </div>
    <button>${words.say('claim.button')}</button>
  </form>`;
}

/**
 * Asks for an address.
 * @param about whether mail can be sent at all, and whether what was typed is no address.
 */
export function claimPage(words: Words, about: { mailed: boolean; fault?: boolean }): Page {
  return framed(
    words.say('claim.title'),
    html`<p class="lead">${words.say('claim.lead')}</p>
      ${about.mailed ? addressForm(words, about.fault === true) : html`<p class="card">${words.say('claim.mailless')}</p>`}
      <p class="note">${words.say('claim.platform')}</p>`,
    about.fault ? 422 : 200,
  );
}

/** The same whatever the address. */
export function claimSentPage(words: Words): Page {
  return framed(
    words.say('claim.sent'),
    html`<p class="lead" role="status">${words.say('claim.sent.text')}</p>
      <p>${words.say('claim.sent.none')}</p>
      <p class="buttons"><a class="button button-quiet" href="/claim">${words.say('claim.again')}</a></p>`,
  );
}

/** Asks for the click that scanners of mail do not make. */
export function confirmPage(words: Words, kind: ClaimKind, token: string): Page {
  const adding = kind === 'add-email';
  return framed(
    words.say(adding ? 'claim.confirm.add' : 'claim.confirm'),
    html`<p class="lead">${words.say(adding ? 'claim.confirm.add.text' : 'claim.confirm.text')}</p>
      <form method="post" action="/claim/${token}">
        <button class="button-big">${words.say(adding ? 'claim.confirm.add.button' : 'claim.confirm.button')}</button>
      </form>`,
  );
}

/** A link that opens nothing: used, too old, none of ours, or followed in another browser. */
export function claimVoidPage(words: Words, why: 'unknown' | 'elsewhere'): Page {
  const elsewhere = why === 'elsewhere';
  return framed(
    words.say(elsewhere ? 'claim.elsewhere' : 'claim.void'),
    html`<p class="lead">${words.say(elsewhere ? 'claim.elsewhere.text' : 'claim.void.text')}</p>
      <p class="buttons"><a class="button" href="${elsewhere ? '/me' : '/claim'}">${words.say('claim.again')}</a></p>`,
    elsewhere ? 403 : 410,
  );
}
