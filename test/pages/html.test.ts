// What is interpolated into a page is text unless it was made as HTML here.
import t from 'tap';
import { escapeHtml, foreign, html, jsonBlock, outsideLink, rawHtml, safeUrl } from '../../src/pages/html.ts';

await t.test('text is escaped, in content and in attributes', async (t) => {
  const hostile = `<script>alert(1)</script>"'\`=&`;
  const shown = html`<p title="${hostile}">${hostile}</p>`.text;
  t.notMatch(shown, /<script|["'`]alert|=&/);
  t.equal(shown.match(/<|>/g)?.length, 4, 'the brackets of the template alone');
  t.equal(escapeHtml('`'), '&#96;');
});

await t.test('nested HTML stands, lists are joined, nothing and booleans vanish', async (t) => {
  const lines = ['a<', 'b'].map((one) => html`<li>${one}</li>`);
  t.equal(html`<b>${lines}${null}${undefined}${false}${true}${0}</b>`.text, '<b><li>a&#60;</li><li>b</li>0</b>');
  t.equal(html`Hello!${'<b>'}`.text, 'Hello!&#60;b&#62;', 'an exclamation mark makes nothing raw');
});

await t.test('the indentation of the source is not sent, that of a value is', async (t) => {
  const shown = html`<ul>
    <li>${'two\n    lines'}</li>
  </ul>`;
  t.equal(shown.text, '<ul>\n<li>two\n    lines</li>\n</ul>');
});

await t.test('what looks like HTML but came from outside is text', async (t) => {
  const forged = { text: '<b>', toString: () => '<b>' } as unknown as string;
  t.equal(html`${forged}`.text, '&#60;b&#62;');
  t.equal(html`${rawHtml('<b>')}`.text, '<b>');
});

await t.test('only http, https and mailto become links', async (t) => {
  t.equal(safeUrl('https://a.example/x'), 'https://a.example/x');
  t.equal(safeUrl('mailto:a@b.example'), 'mailto:a@b.example');
  for (const bad of [
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' javascript:1',
    'data:text/html,x',
    'vbscript:x',
    '/x',
    '',
    'https://u:p@a.example',
    7,
    null,
    `https://a.example/${'x'.repeat(3000)}`,
  ])
    t.equal(safeUrl(bad), undefined, String(bad).slice(0, 40));
  t.match(outsideLink('https://a.example', 'A').text, /rel="nofollow noopener noreferrer ugc"/);
  t.equal(outsideLink('javascript:alert(1)', 'A').text, 'A');
});

await t.test('a foreign text keeps its direction to itself and is clipped', async (t) => {
  t.equal(foreign('\u202emoc.live\u0007\u0000').text, '<bdi>moc.live</bdi>');
  t.equal(foreign('abcdef', 3).text, '<bdi>abc…</bdi>');
  t.equal(foreign({ toString: () => 'x' }).text, '<bdi></bdi>');
});

await t.test('a data block cannot end its script element', async (t) => {
  const block = jsonBlock({ name: '</script><script>alert(1)//\u2028' });
  t.notMatch(block, /<|\u2028/);
  t.same(JSON.parse(block), { name: '</script><script>alert(1)//\u2028' });
});
