// Fonts by script: what can be drawn is cut into pieces of one font each, what cannot is known beforehand.
import { existsSync } from 'node:fs';
import t from 'tap';
import { cutByFace, drawableName, FIGTREE_FILES, isDrawable, openFont } from '../../src/pages/fonts.ts';

const cut = (text: string): string[] => cutByFace(text).map((piece) => `${piece.face.family}: ${piece.text}`);

await t.test('a plain name is drawn by our own font alone', async (t) => {
  t.same(cut('Zoë Łukasz–Ångström'), ['Figtree: Zoë Łukasz–Ångström']);
  t.ok(FIGTREE_FILES.every((file) => existsSync(file)));
});

for (const [name, family] of [
  ['Ζωή Παπαδοπούλου', 'Noto Sans'],
  ['Анна Каренина', 'Noto Sans'],
  ['Nguyễn Thị Ánh', 'Noto Sans'],
  ['ليلى العلوي', 'Noto Sans Arabic'],
  ['נעמי כהן', 'Noto Sans Hebrew'],
  ['अदिति शर्मा', 'Noto Sans Devanagari'],
  ['王小明', 'Chocolate Classical Sans'],
  ['歐陽靖宇', 'Chocolate Classical Sans'],
  ['田中さくら', 'Chocolate Classical Sans'],
  ['김철수', 'Gowun Dodum'],
])
  await t.test(`${name} is drawn by the one font that has it`, async (t) => {
    t.same(cut(name!), [`${family}: ${name}`]);
    t.ok(isDrawable(name!));
  });

await t.test('a name of two scripts is cut, blanks going with what is before them', async (t) => {
  t.same(cut('김철수 (Ada)'), ['Gowun Dodum: 김철수 (', 'Figtree: Ada)']);
  t.same(cut('さくら・マリー'), ['Chocolate Classical Sans: さくら·マリー'], 'with a dot that the font has');
});

await t.test('a word of Latin letters is never of two fonts', async (t) => {
  t.same(cut('Ada Nguyễn'), ['Noto Sans: Ada Nguyễn']);
});

await t.test('scripts without a font are told, and pictographs left out', async (t) => {
  for (const name of ['สมชาย', 'ჯონი', 'Ada 🎓', 'Ada \ue000']) t.notOk(isDrawable(name), name);
  t.equal(drawableName('Ada 🎓👩🏽‍🚀 Lovelace 🇪🇺'), 'Ada Lovelace');
  t.equal(drawableName('สมชาย'), undefined);
  t.equal(drawableName('🎓'), undefined);
  t.equal(drawableName(undefined), undefined);
});

await t.test('every weight is there, though it be the only one', async (t) => {
  for (const text of ['a', 'я', 'ل', 'ל', 'अ', '王', '김'])
    for (const weight of ['regular', 'semibold', 'extrabold'] as const)
      t.ok(openFont(cutByFace(text)[0]!.face, weight).hasGlyphForCodePoint(text.codePointAt(0)!), `${text} ${weight}`);
});
