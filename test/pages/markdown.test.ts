// Markdown from badges: formatted, and trusted with nothing.
import t from 'tap';
import { renderMarkdown } from '../../src/pages/markdown.ts';

await t.test('paragraphs, lists and emphasis are rendered; headings leave the outline of the page alone', async (t) => {
  const shown = renderMarkdown('# Big\n\nSome *words*\n\n* one\n* two').text;
  t.match(shown, /<p><strong>Big<\/strong><\/p>/);
  t.match(shown, /<em>words<\/em>/);
  t.match(shown, /<li>one<\/li>/);
  t.notMatch(shown, /<h1/);
});

await t.test('raw HTML is text', async (t) => {
  t.notMatch(renderMarkdown('<script>alert(1)</script>\n\nx <img src=x onerror=alert(1)>').text, /<script|<img/);
});

await t.test('links of unsafe schemes are no links, and pictures are left out', async (t) => {
  const shown = renderMarkdown(
    '[a](javascript:alert(1)) [b](https://b.example) ![c](https://c.example/c.png) [d](data:text/html,x)',
  ).text;
  t.notMatch(shown, /href="(javascript|data):/);
  t.notMatch(shown, /<img/);
  t.match(shown, /<a href="https:\/\/b.example" rel="nofollow noopener noreferrer ugc">b<\/a>/);
});

await t.test('what is no text is nothing, and a long text is clipped', async (t) => {
  t.equal(renderMarkdown(undefined).text, '');
  t.equal(renderMarkdown({}).text, '');
  t.ok(renderMarkdown('x'.repeat(50_000)).text.length < 21_000);
});
