// The earner's own place as it is drawn.
import t from 'tap';
import { erasedPage, erasePage, mePage, SAID } from '../../src/pages/me-page.ts';
import type { MeView } from '../../src/pages/me-view.ts';
import { LANGUAGES, wordsOf } from '../../src/pages/words.ts';
import { HOSTILE } from './badge-for-pages.ts';

const view: MeView = {
  name: HOSTILE,
  identifiers: [
    { kind: 'account', authority: 'https://moodle.example.edu', value: HOSTILE, source: 'https://moodle.example.edu' },
  ],
  consents: {
    name: { granted: true, at: '2026-03-04T12:00:00.000Z' },
    listed: { granted: false, at: '2026-03-05T12:00:00.000Z', by: 'earner' },
  },
  badges: [
    {
      id: '7d0f2c1e-4f43-4d34-8a54-0b6f4d1f5c11',
      achievement: 'core/commons',
      title: 'CORE: The Commons',
      awardedAt: '2026-03-04T12:00:00.000Z',
      revokedAt: null,
      visibility: 'private',
    },
  ],
  tracks: [],
};

for (const language of LANGUAGES)
  await t.test(
    `in ${language}: what is chosen is marked, every field has its label, nothing foreign is markup`,
    async (t) => {
      const text = mePage(view, wordsOf(language), SAID.get('consents')).body.text;
      t.match(text, /<option value="private"\s+selected/);
      t.match(text, /id="consent-name"[^>]+\schecked/);
      t.notMatch(text, /id="consent-listed"[^>]+\schecked/);
      t.notMatch(text, /<script|<img src=x/);
      const fields = [...text.matchAll(/<(?:input|select)[^>]*\bid="([^"]+)"/g)].map((found) => found[1]);
      for (const id of fields) t.ok(text.includes(`<label for="${id}">`), `${id} has a label`);
      t.equal(new Set(fields).size, fields.length);
      t.notOk(mePage(view, wordsOf(language)).indexed);
    },
  );

await t.test('consents say since when, given and withdrawn', async (t) => {
  const text = mePage(view, wordsOf('en')).body.text;
  t.match(text, /Allowed since 4 March 2026/);
  t.match(text, /Not allowed since 5 March 2026/);
});

await t.test('a badge that the general consent lists says so, and no other', async (t) => {
  const at = '2026-03-04T12:00:00.000Z';
  const shown = (visibility: 'private' | 'link' | 'listed', name: boolean) => {
    const consents = { name: { granted: name, at }, listed: { granted: true, at } };
    const badges = view.badges.map((one) => ({ ...one, visibility }));
    return mePage({ ...view, consents, badges }, wordsOf('en')).body.text.includes('listed all the same');
  };
  t.equal(shown('link', true), true);
  t.equal(shown('private', true), false);
  t.equal(shown('listed', true), false);
  t.equal(shown('link', false), false, 'nobody is listed without a name');
});

await t.test('erasing asks twice and says what stays', async (t) => {
  t.match(erasePage(wordsOf('en')).body.text, /name="sure"[^>]+required/s);
  t.equal(erasePage(wordsOf('en'), true).status, 422);
  t.match(erasedPage(wordsOf('en')).body.text, /role="status"/);
});

await t.test('an address says only what it may', async (t) => {
  for (const said of ['__proto__', 'constructor', '', undefined, ['added']]) t.equal(SAID.get(said), undefined);
});
