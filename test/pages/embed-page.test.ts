// The card for other people's pages, and what oEmbed tells of it.
import t from 'tap';
import { addressIn } from '../../src/openbadges/address-in-text.ts';
import { embedDocument, embedSnippet, embedUrl, oembedOf } from '../../src/pages/embed-page.ts';
import { wordsOf } from '../../src/pages/words.ts';
import { HOSTILE, site, viewOf } from './badge-for-pages.ts';

await t.test('the card says its state and leads to the page', async (t) => {
  const card = embedDocument(viewOf({ state: 'revoked' }), wordsOf('en'));
  t.match(card, /Revoked/);
  t.match(card, /badge-void/);
  t.match(card, new RegExp(`href="${viewOf().url}"`));
  t.same(addressIn(card), { url: `${viewOf().url}.json` }, 'whoever pastes it to be verified is led to the badge');
  t.notMatch(embedDocument(viewOf({ recipientName: HOSTILE }), wordsOf('en')), /<script>|onerror=/);
});

await t.test('the snippet cannot be broken by a name', async (t) => {
  const snippet = embedSnippet(viewOf({ achievement: { key: 'core', name: HOSTILE, description: '' } }));
  t.notMatch(snippet, /<script|"[^=]*>.*<img/);
  t.match(snippet, new RegExp(`^<iframe src="${embedUrl(viewOf())}" title=`));
});

await t.test('oEmbed keeps within the measures of its consumer', async (t) => {
  t.match(oembedOf(viewOf(), site, {}), { version: '1.0', type: 'rich', width: 340, height: 160 });
  t.match(oembedOf(viewOf(), site, { width: 200, height: 100 }), { width: 200, height: 100 });
});
