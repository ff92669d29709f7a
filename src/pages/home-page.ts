// The first page: what this is, in three doors for the three kinds of visitors.
import { currentTracks } from '../tracks/catalogue.ts';
import { trailDrawing } from './drawings.ts';
import { html, type Html } from './html.ts';
import type { Page } from './layout.ts';
import type { Site } from './send-page.ts';
import type { MessageKey, Words } from './words.ts';

function door(words: Words, name: 'earner' | 'employer' | 'platform', links: [string, MessageKey][]): Html {
  return html`<li class="door door-${name}">
    <h2>${words.say(`home.${name}`)}</h2>
    <p>${words.say(`home.${name}.text`)}</p>
    <p class="buttons">
      ${links.map(([href, key], n) => html`<a class="button${n === 0 ? '' : ' button-quiet'}" href="${href}">${words.say(key)}</a> `)}
    </p>
  </li>`;
}

/** The first page. */
export function homePage(site: Site, words: Words): Page {
  const tracks = currentTracks();
  return {
    kind: 'home',
    title: site.issuerName,
    description: words.say('home.lead'),
    path: '/',
    indexed: true,
    body: html`<div class="hero">
        <div class="hero-words">
          <h1>${words.say('home.title')}</h1>
          <p class="lead">${words.say('home.lead')}</p>
        </div>
        ${trailDrawing()}
      </div>
      <ul class="doors">
        ${[
          door(words, 'employer', [
            ['/verify', 'home.employer.verify'],
            ['/issuer', 'home.employer.issuer'],
          ]),
          door(words, 'earner', [
            ['/me', 'home.earner.mine'],
            ['/achievements', 'home.earner.tracks'],
            ['/recipients', 'home.earner.recipients'],
          ]),
          door(words, 'platform', [['/docs', 'home.platform.docs']]),
        ]}
      </ul>
      <section class="home-tracks">
        <h2>${words.say('home.tracks')}</h2>
        <ul class="tracks">
          ${tracks.map(
            (track) =>
              html`<li>
                <a href="/achievements/${track.id}"
                  ><img src="/achievements/${track.id}/image.svg" width="96" height="96" alt="" loading="lazy" /><span
                    lang="en"
                    dir="auto"
                    >${track.title}</span
                  ></a
                >
              </li>`,
          )}
        </ul>
      </section>`,
  };
}
