// The earner's own place: badges and who may see them, the way still to go and who must act next, consents, taking
// everything along, another address, and leaving. Forms alone, so that it works without JavaScript.
import { CONSENTS, type Consent } from '../privacy/change-consents.ts';
import { VISIBILITIES } from '../privacy/set-visibility.ts';
import { foreign, html, type Html } from './html.ts';
import type { Page } from './layout.ts';
import type { MeView, MyBadge, MyTrack, Step } from './me-view.ts';
import { requirementTrail } from './requirement-trail.ts';
import type { MessageKey, Words } from './words.ts';

/** What was just changed, as the address says it. */
export const SAID: ReadonlyMap<unknown, MessageKey> = new Map([
  ['visibility', 'me.said.visibility'],
  ['consents', 'me.said.consents'],
  ['mail', 'me.said.mail'],
  ['added', 'me.said.added'],
]);
const VISIBILITY: Record<(typeof VISIBILITIES)[number], MessageKey> = {
  private: 'me.visibility.private',
  link: 'me.visibility.link',
  listed: 'me.visibility.listed',
};
const NEXT: Record<Step, MessageKey> = {
  unit: 'me.next.unit',
  mastery: 'me.next.mastery',
  session: 'me.next.session',
  evidence: 'me.next.evidence',
  fee: 'me.next.fee',
};
const CONSENT: Record<Consent, [label: MessageKey, note: MessageKey]> = {
  name: ['me.consent.name', 'me.consent.name.note'],
  listed: ['me.consent.listed', 'me.consent.listed.note'],
  evidence: ['me.consent.evidence', 'me.consent.evidence.note'],
};

const english = (text: string): Html => html`<span lang="en" dir="auto">${text}</span>`;

/** Whether the general consent lists a badge that is not listed by itself. */
function listedAnyway(one: MyBadge, { consents }: MeView): boolean {
  const allowed = consents.listed?.granted === true && consents.name?.granted === true;
  return allowed && one.visibility === 'link' && one.revokedAt === null;
}

function badge(one: MyBadge, view: MeView, words: Words): Html {
  const field = `visibility-${one.id.slice(0, 8)}`;
  const anyway = listedAnyway(one, view);
  return html`<li class="card my-badge">
    <img src="/achievements/${one.achievement}/image.svg" width="72" height="72" alt="" />
    <div>
      <h3><a href="/credentials/${one.id}">${english(one.title)}</a></h3>
      <p>
        ${words.say(one.revokedAt ? 'me.badge.revoked' : 'me.badge.awarded', { day: words.day(one.revokedAt ?? one.awardedAt) })}
      </p>
    </div>
    <form method="post" action="/me/visibility">
      <input type="hidden" name="credential" value="${one.id}" />
      <label for="${field}">${words.say('me.visibility')}</label>
      <div class="line">
        <select id="${field}" name="visibility" ${anyway ? html` aria-describedby="${field}-note"` : ''}>
          ${VISIBILITIES.map(
            (choice) =>
              html`<option value="${choice}" ${choice === one.visibility ? html` selected` : ''}>
                ${words.say(VISIBILITY[choice])}
              </option>`,
          )}
        </select>
        <button class="button-quiet">${words.say('me.save')}</button>
      </div>
      ${anyway ? html`<p class="note" id="${field}-note">${words.say('me.visibility.alsoListed')}</p>` : ''}
    </form>
  </li>`;
}

function badges(view: MeView, words: Words): Html {
  return html`<section>
    <h2>${words.say('me.badges')}</h2>
    ${
      view.badges.length === 0
        ? html`<p>${words.say('me.badges.none')}</p>`
        : html`<p class="note">${words.say('me.visibility.note')}</p>
            <ul class="my-badges">
              ${view.badges.map((one) => badge(one, view, words))}
            </ul>`
    }
  </section>`;
}

function track({ title, report, next }: MyTrack, words: Words): Html {
  const { unitsDone, unitsRequired, stepsDone, stepsRequired } = report;
  return html`<article class="card">
    <h3><a href="/achievements/${report.track}">${english(title)}</a></h3>
    <p>
      ${words.say('me.units', { done: words.number(unitsDone), required: words.number(unitsRequired) })} ·
      ${words.say('me.steps', { done: words.number(stepsDone), required: words.number(stepsRequired) })}
    </p>
    ${report.complete ? html`<p>${words.say(report.credential ? 'me.track.awarded' : 'me.track.withheld')}</p>` : ''}
    ${next.map(
      ({ step, titles }) =>
        html`<details>
          <summary>${words.say(NEXT[step])} <span class="note">(${words.number(titles.length)})</span></summary>
          <ul>
            ${titles.map((one) => html`<li>${english(one)}</li>`)}
          </ul>
        </details>`,
    )}
    <details>
      <summary>${words.say('me.trail')}</summary>
      ${requirementTrail(report.requirement, words)}
    </details>
  </article>`;
}

function tracks(view: MeView, words: Words): Html {
  return html`<section>
    <h2>${words.say('me.tracks')}</h2>
    ${view.tracks.length === 0 ? html`<p>${words.say('me.tracks.none')}</p>` : view.tracks.map((one) => track(one, words))}
  </section>`;
}

function consents(view: MeView, words: Words): Html {
  return html`<section>
    <h2>${words.say('me.consents')}</h2>
    <form method="post" action="/me/consents" class="card">
      <p>${words.say('me.consents.lead')}</p>
      ${CONSENTS.map((consent) => {
        const state = view.consents[consent];
        const [label, note] = CONSENT[consent];
        const since = state && words.day(state.at);
        return html`<div class="field check-field">
          <input
            type="checkbox"
            id="consent-${consent}"
            name="${consent}"
            value="yes"
            aria-describedby="consent-${consent}-note"
            ${state?.granted ? html` checked` : ''}
          />
          <label for="consent-${consent}">${words.say(label)}</label>
          <p class="note" id="consent-${consent}-note">
            ${words.say(note)}
            ${since ? words.say(state.granted ? 'me.consent.since' : 'me.consent.withdrawn', { day: since }) : ''}
          </p>
        </div>`;
      })}
      <button>${words.say('me.save')}</button>
    </form>
  </section>`;
}

function identities(view: MeView, words: Words, fault: boolean): Html {
  return html`<section>
    <h2>${words.say('me.known')}</h2>
    <div class="card">
      <p>${view.name === null ? words.say('me.nameless') : foreign(view.name)}</p>
      <ul>
        ${view.identifiers.map(
          (one) => html`<li>${foreign(one.value)} ${one.authority ? html`(${foreign(one.authority)})` : ''}</li>`,
        )}
      </ul>
      <h3>${words.say('me.add')}</h3>
      <p>${words.say('me.add.text')}</p>
      <form method="post" action="/me/emails">
        <label for="email">${words.say('claim.label')}</label>
        <div class="line">
          <input
            id="email"
            name="email"
            type="email"
            maxlength="254"
            required
            ${fault ? html` aria-invalid="true" aria-describedby="email-fault"` : ''}
          />
          <button class="button-quiet">${words.say('me.add.button')}</button>
        </div>
        ${fault ? html`<p class="note" id="email-fault">${words.say('claim.fault')}</p>` : ''}
      </form>
    </div>
  </section>`;
}

function leaving(words: Words): Html {
  return html`<section>
    <h2>${words.say('me.take')}</h2>
    <div class="card">
      <p>${words.say('me.take.text')}</p>
      <p class="buttons">
        <a class="button" href="/me/everything.zip" download>${words.say('me.take.zip')}</a>
        <a class="button button-quiet" href="/me/everything.json" download>${words.say('me.take.json')}</a>
      </p>
    </div>
    <h2>${words.say('me.leave')}</h2>
    <div class="card">
      <p>${words.say('me.leave.text')}</p>
      <div class="buttons">
        <form method="post" action="/me/sign-out">
          <button class="button-quiet">${words.say('me.signOut')}</button>
        </form>
        <a class="button button-quiet" href="/me/erase">${words.say('me.erase')}</a>
      </div>
    </div>
  </section>`;
}

/** The earner's own place. */
export function mePage(view: MeView, words: Words, said?: MessageKey, fault = false): Page {
  return {
    kind: 'me',
    status: fault ? 422 : 200,
    title: words.say('me.title'),
    description: words.say('me.lead'),
    body: html`<h1>${words.say('me.title')}</h1>
      <p class="lead">${words.say('me.lead')}</p>
      ${said ? html`<p class="answer answer-good" role="status">${words.say(said)}</p>` : ''} ${badges(view, words)}
      ${tracks(view, words)} ${consents(view, words)} ${identities(view, words, fault)} ${leaving(words)}`,
  };
}

/** Asks once more. */
export function erasePage(words: Words, fault = false): Page {
  return {
    kind: 'me',
    status: fault ? 422 : 200,
    title: words.say('erase.title'),
    body: html`<h1>${words.say('erase.title')}</h1>
      <p class="lead">${words.say('erase.lead')}</p>
      <ul>
        <li>${words.say('erase.gone')}</li>
        <li>${words.say('erase.stays')}</li>
        <li>${words.say('erase.copies')}</li>
        <li>${words.say('erase.never')}</li>
      </ul>
      <form method="post" action="/me/erase" class="card">
        <div class="field check-field">
          <input
            type="checkbox"
            id="sure"
            name="sure"
            value="yes"
            required
            ${fault ? html` aria-invalid="true"` : ''}
          />
          <label for="sure">${words.say('erase.sure')}</label>
        </div>
        <div class="buttons">
          <button class="button-danger">${words.say('erase.button')}</button>
          <a class="button button-quiet" href="/me">${words.say('erase.back')}</a>
        </div>
      </form>`,
  };
}

/** They are gone. */
export function erasedPage(words: Words): Page {
  return {
    kind: 'me',
    title: words.say('erase.done'),
    body: html`<h1>${words.say('erase.done')}</h1>
      <p class="lead" role="status">${words.say('erase.done.text')}</p>
      <p class="buttons"><a class="button" href="/">${words.say('error.home')}</a></p>`,
  };
}
