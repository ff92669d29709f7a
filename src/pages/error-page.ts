// What a browser shows when something cannot be shown: what happened and what helps. A badge that is private is as
// unknown as one that never was, so there is one page for both.
import { html } from './html.ts';
import { cairnMark } from './drawings.ts';
import type { Page } from './layout.ts';
import type { MessageKey, Words } from './words.ts';

const KNOWN: Record<number, [title: MessageKey, sentence: MessageKey]> = {
  400: ['error.400', 'error.400.sentence'],
  403: ['error.403', 'error.403.sentence'],
  404: ['error.404', 'error.404.sentence'],
  405: ['error.405', 'error.405.sentence'],
  406: ['error.404', 'error.404.sentence'],
  410: ['error.410', 'error.410.sentence'],
  413: ['error.413', 'error.413.sentence'],
  429: ['error.429', 'error.429.sentence'],
};

export interface ErrorFacts {
  status: number;
  /** The request as the log knows it, to be quoted to whoever runs this. */
  requestId?: string;
  /** When to come again. */
  retryAfterS?: number;
}

/** The page of an error. */
export function errorPage({ status, requestId, retryAfterS }: ErrorFacts, words: Words): Page {
  const [title, sentence] = KNOWN[status] ?? (status < 500 ? KNOWN[400]! : ['error.500', 'error.500.sentence']);
  return {
    kind: 'error',
    status,
    title: words.say(title),
    body: html`<div class="error">
      ${cairnMark('mark mark-fallen')}
      <p class="error-code">${String(status)}</p>
      <h1>${words.say(title)}</h1>
      <p class="lead">${words.say(sentence)}</p>
      ${retryAfterS === undefined ? '' : html`<p>${words.say('error.retry', { count: retryAfterS })}</p>`}
      <p class="buttons">
        <a class="button" href="/">${words.say('error.home')}</a>
        <a class="button button-quiet" href="/verify">${words.say('error.verify')}</a>
      </p>
      ${status >= 500 && requestId ? html`<p class="note">${words.rich('error.request', { id: html`<code>${requestId}</code>` })}</p>` : ''}
    </div>`,
  };
}
