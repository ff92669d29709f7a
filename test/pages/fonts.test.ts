// Fonts by script: what can be drawn is drawn rightly, what cannot is known beforehand.
import { Resvg } from '@resvg/resvg-js';
import t from 'tap';
import { FONT_FAMILIES, fontFilesFor, isDrawable } from '../../src/pages/fonts.ts';

/** The ink that a text leaves, as the SHA of its pixels would tell: here simply the pixels. */
function inkOf(text: string, files: string[]): Buffer {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="600" height="80" font-family="${FONT_FAMILIES}"><text x="5" y="55" font-size="40" font-weight="600">${text}</text></svg>`;
  return new Resvg(svg, { font: { loadSystemFonts: false, fontFiles: files, defaultFontFamily: 'Figtree' } }).render()
    .pixels;
}

await t.test('a plain name needs our own font alone', async (t) => {
  t.equal(fontFilesFor('Zoë Łukasz–Ångström').length, 2);
  t.ok(isDrawable('Zoë Łukasz–Ångström'));
});

for (const name of ['Ζωή Παπαδοπούλου', 'Анна Каренина', 'ليلى العلوي', 'נעמי כהן', 'अदिति शर्मा', 'Nguyễn Thị Ánh'])
  await t.test(`${name} is drawn by a font of its script`, async (t) => {
    t.ok(isDrawable(name));
    const files = fontFilesFor(name);
    t.equal(files.length, 3);
    t.notOk(
      inkOf(name, files).equals(inkOf(name, files.slice(0, 2))),
      'not by the boxes of a font without these letters',
    );
  });

await t.test('Arabic letters join', async (t) => {
  const files = fontFilesFor('ليلى');
  t.notOk(inkOf('ليلى', files).equals(inkOf('ل\u200cي\u200cل\u200cى', files)));
});

await t.test('scripts without a font are told', async (t) => {
  for (const name of ['王小明', '김철수', 'ひろし', 'สมชาย', 'Ada 🎓']) t.notOk(isDrawable(name), name);
});
