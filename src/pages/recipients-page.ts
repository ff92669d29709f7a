// The list of those who chose to be listed: by badge, searchable by name, in pages; for machines as JSON and CSV.
import type { ListedCount, ListedCredential } from '../credentials/listed-store.ts';
import { AWARDABLES, currentTracks } from '../tracks/catalogue.ts';
import { foreign, html, type Html } from './html.ts';
import type { Page } from './layout.ts';
import type { Words } from './words.ts';

export interface RecipientsView {
  recipients: ListedCredential[];
  count: ListedCount;
  name?: string;
  achievement?: string;
  /** The cursor of the next page. */
  next?: string;
  /** This is not the first page. */
  later: boolean;
}

const titles = new Map(AWARDABLES.map((awardable) => [awardable.key, awardable.title]));

/** The title of an achievement; one that is no longer in the catalogue goes by its key. */
export function achievementTitle(key: string): string {
  return titles.get(key) ?? key;
}

/** The query that leads to a list, without what was not asked. */
export function recipientsQuery(view: Pick<RecipientsView, 'name' | 'achievement'>, cursor?: string): string {
  const query = new URLSearchParams();
  if (view.name) query.set('name', view.name);
  if (view.achievement) query.set('achievement', view.achievement);
  if (cursor) query.set('cursor', cursor);
  const text = query.toString();
  return text && `?${text}`;
}

function searchForm(view: RecipientsView, words: Words): Html {
  const keys = currentTracks().flatMap((track) =>
    AWARDABLES.filter((one) => one.trackId === track.id && one.version === track.version),
  );
  return html`<form class="card no-print search" method="get" action="/recipients" role="search">
    <div class="line">
      <div>
        <label for="name">${words.say('recipients.search')}</label
        ><input id="name" name="name" maxlength="100" value="${view.name ?? ''}" dir="auto" />
      </div>
      <div>
        <label for="achievement">${words.say('recipients.track')}</label
        ><select id="achievement" name="achievement">
          <option value="">${words.say('recipients.all')}</option>
          ${keys.map(
            (one) =>
              html`<option value="${one.key}" lang="en" ${one.key === view.achievement ? html`selected` : ''}>
                ${one.title}
              </option>`,
          )}
        </select>
      </div>
      <button>${words.say('recipients.button')}</button>
    </div>
  </form>`;
}

function row(one: ListedCredential, words: Words): Html {
  return html`<tr>
    <td data-label="${words.say('recipients.name')}">
      <a href="/credentials/${one.id}"><strong>${foreign(one.name, 200)}</strong></a>
    </td>
    <td data-label="${words.say('recipients.badge')}">
      <span lang="en" dir="auto">${achievementTitle(one.achievement)}</span>
    </td>
    <td data-label="${words.say('recipients.day')}">
      <time datetime="${one.awardedAt}">${words.day(one.awardedAt)}</time>
    </td>
  </tr>`;
}

function countLine({ total, isLeast }: ListedCount, shown: number, words: Words): string {
  // What is on the page was found, however far the counting came.
  const count = Math.max(total, shown);
  if (isLeast) return words.say('recipients.least', { count });
  return count === 0 ? words.say('recipients.none') : words.say('recipients.count', { count });
}

/** The page of the list. */
export function recipientsPage(view: RecipientsView, words: Words): Page {
  const { recipients, next, later } = view;
  const query = recipientsQuery(view);
  return {
    kind: 'recipients',
    title: words.say('recipients.title'),
    description: words.say('recipients.lead'),
    path: '/recipients',
    indexed: query === '' && !later,
    head: html`<link rel="alternate" type="application/json" href="/recipients.json${query}" />
      <link rel="alternate" type="text/csv" href="/recipients.csv${query}" />`,
    body: html`<h1>${words.say('recipients.title')}</h1>
      <p class="lead">${words.say('recipients.lead')}</p>
      ${searchForm(view, words)}
      <section class="card" aria-label="${words.say('recipients.title')}">
        <p role="status">${countLine(view.count, recipients.length, words)}</p>
        ${
          recipients.length === 0
            ? ''
            : html`<table class="stacked">
                <thead>
                  <tr>
                    <th scope="col">${words.say('recipients.name')}</th>
                    <th scope="col">${words.say('recipients.badge')}</th>
                    <th scope="col">${words.say('recipients.day')}</th>
                  </tr>
                </thead>
                <tbody>
                  ${recipients.map((one) => row(one, words))}
                </tbody>
              </table>`
        }
        <p class="more no-print">
          ${later ? html`<a href="/recipients${query}">${words.say('recipients.first')}</a>` : ''}
          ${
            next
              ? html`<a href="/recipients${recipientsQuery(view, next)}" rel="next">${words.say('recipients.next')}</a>`
              : ''
          }
          <a href="/recipients.json${query}">${words.say('recipients.asJson')}</a>
          <a href="/recipients.csv${query}">${words.say('recipients.asCsv')}</a>
        </p>
      </section>`,
  };
}

/** One field of a CSV file (RFC 4180); what a spreadsheet would take for a formula is told to be text. */
export function csvField(text: string): string {
  const inert = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${inert.replaceAll('"', '""')}"`;
}

/** The list as CSV, with a header line. */
export function recipientsCsv(recipients: readonly ListedCredential[], publicUrl: string): string {
  const lines = recipients.map((one) => [
    one.name,
    achievementTitle(one.achievement),
    one.achievement,
    one.awardedAt.slice(0, 10),
    `${publicUrl}/credentials/${one.id}`,
  ]);
  return [['name', 'badge', 'achievement', 'awarded_on', 'url'], ...lines]
    .map((line) => line.map(csvField).join(',') + '\r\n')
    .join('');
}
