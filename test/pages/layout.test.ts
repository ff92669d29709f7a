// The document around every page.
import t from 'tap';
import { html } from '../../src/pages/html.ts';
import { inLanguage, linkedDataOf, renderDocument, type Page } from '../../src/pages/layout.ts';
import { wordsOf } from '../../src/pages/words.ts';

const page: Page = { kind: 'home', title: 'A <title>', path: '/', body: html`<h1>Body</h1>` };
const around = { publicUrl: 'https://badges.example.org', issuerName: 'Example & Co', words: wordsOf('en'), here: '/' };

await t.test('language and direction, a way past the header, one main', async (t) => {
  const document = renderDocument(page, { ...around, words: wordsOf('ar') });
  t.match(document, /^<!doctype html>\n<html lang="ar" dir="rtl">/);
  t.match(document, /<a class="skip" href="#main">/);
  t.equal(document.match(/<main /g)?.length, 1);
  t.match(document, /lang="ar"\s+hreflang="ar"\s+aria-current="true"/);
});

await t.test('title and issuer are escaped; nothing is inline', async (t) => {
  const document = renderDocument(page, around);
  t.match(document, /<title>A &#60;title&#62; · Example &#38; Co<\/title>/);
  t.notMatch(document, /<style|style="|\son[a-z]+="|<script>/);
});

await t.test('a page is out of search engines unless it says otherwise', async (t) => {
  t.match(renderDocument(page, around), /<meta name="robots" content="noindex"/);
  const indexed = renderDocument({ ...page, indexed: true }, around);
  t.notMatch(indexed, /noindex/);
  t.match(indexed, /hreflang="es" href="https:\/\/badges.example.org\/\?lang=es"/);
});

await t.test('linked data is a data block that cannot be broken out of', async (t) => {
  const withData = { ...page, linkedData: { name: '</script>' } };
  t.equal(linkedDataOf(withData), '{"name":"\\u003c/script>"}');
  t.match(
    renderDocument(withData, around),
    /<script type="application\/ld\+json">\{"name":"\\u003c\/script>"\}<\/script>/,
  );
});

await t.test('the links of the languages stay on this host, whatever was asked', async (t) => {
  t.equal(inLanguage('/verify?url=https%3A%2F%2Fa.example', 'es'), '/verify?url=https%3A%2F%2Fa.example&lang=es');
  t.equal(inLanguage('/x?lang=es&a=1', undefined), '/x?a=1');
  for (const odd of ['//evil.example/x', '//', 'https://evil.example/x', '/\\evil.example', '\\\\evil.example'])
    t.match(inLanguage(odd, 'es'), /^\/(?![/\\])/, odd);
});
