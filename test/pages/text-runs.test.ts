// Lines whose directions mix, from left to right as the eye meets them.
import t from 'tap';
import { runsOf } from '../../src/pages/text-runs.ts';

const seen = (text: string, direction?: 'ltr' | 'rtl') =>
  runsOf(text, direction).map((run) => `${run.level % 2 ? '←' : '→'}${run.text}`);

await t.test('one script is one run', async (t) => {
  t.same(seen('Ada Lovelace'), ['→Ada Lovelace']);
  t.same(seen('ليلى العلوي'), ['←ليلى العلوي']);
  t.same(seen(''), []);
});

await t.test('the first letter decides which way the line runs, unless its paragraph does', async (t) => {
  t.same(seen('Ada ליאור'), ['→Ada ', '←ליאור']);
  t.same(seen('ליאור Ada'), ['→Ada', '←ליאור ']);
  t.same(seen('badge.json.', 'rtl'), ['←.', '→badge.json']);
});

await t.test('numbers keep their order among letters that run the other way', async (t) => {
  t.same(seen('في 4 مارس 2026'), ['→2026', '← مارس ', '→4', '←في ']);
});

await t.test('brackets open towards their reader', async (t) => {
  t.same(seen('ليلى (علي)'), ['←ليلى )علي(']);
});

await t.test('no character of a name turns what follows; joiners stay', async (t) => {
  t.same(seen('Ada \u202eecalevoL\u200b'), ['→Ada ecalevoL']);
  t.equal(runsOf('می\u200cخواهم')[0]?.text, 'می\u200cخواهم');
});
