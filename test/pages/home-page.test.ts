// The first page: three doors, and every track.
import t from 'tap';
import { homePage } from '../../src/pages/home-page.ts';
import { LANGUAGES, wordsOf } from '../../src/pages/words.ts';
import { currentTracks } from '../../src/tracks/catalogue.ts';
import { site } from './badge-for-pages.ts';

await t.test('three doors for three kinds of visitors, in every language', async (t) => {
  for (const language of LANGUAGES) {
    const page = homePage(site, wordsOf(language));
    t.equal(page.body.text.match(/class="door door-/g)?.length, 3, language);
    for (const path of [
      '/verify',
      '/achievements',
      '/docs',
      ...currentTracks().map((track) => `/achievements/${track.id}`),
    ])
      t.ok(page.body.text.includes(`href="${path}"`), path);
    t.ok(page.indexed);
  }
});
