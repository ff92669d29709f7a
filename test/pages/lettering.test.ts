// Lines as outlines: shaped as their script wants, as wide as said, and cut where there is no room.
import t from 'tap';
import { BOLDER, breakLines, drawLine, fitLine } from '../../src/pages/lettering.ts';

const hand = { sizePx: 40, weight: 'semibold' as const };
const outlines = (text: string): string => drawLine(text, hand).drawing;
const count = (text: string): number => outlines(text).split('<path').length - 1;

await t.test('Arabic letters join', async (t) => {
  t.not(outlines('ليلى'), outlines('ل\u200cي\u200cل\u200cى'));
});

await t.test('Devanagari is conjunct and keeps its blanks', async (t) => {
  t.ok(count('द्विवेदी') < [...'द्विवेदी'].length);
  const [one, two, both] = ['अदिति', 'शर्मा', 'अदिति शर्मा'].map((text) => drawLine(text, hand).widthPx);
  t.ok(both! > one! + two! + 5);
});

await t.test('a right-to-left word is laid from the right', async (t) => {
  const first = (text: string): string => / d="([^"]{20,})"/.exec(outlines(text))?.[1] ?? '';
  t.equal(first('אב'), first('ב'), 'its last letter is the leftmost');
});

await t.test('what cannot be drawn leaves no box, and nothing in a text is markup', async (t) => {
  t.equal(outlines('\ue000'), '');
  t.match(outlines('<script>&"'), /^(<path transform="[^"<]*" d="[^"<]*"\/>)+$/);
});

await t.test('a font of one weight is drawn thicker for the bolder ones', async (t) => {
  t.ok(BOLDER.extrabold > BOLDER.semibold && BOLDER.regular === 0);
  t.match(outlines('王'), / stroke="currentColor"/);
  t.notMatch(outlines('Ada'), /stroke/);
  t.notMatch(drawLine('王', { ...hand, weight: 'regular' }).drawing, /stroke/);
});

await t.test('a line without room first shrinks, then ends in an ellipsis, never inside a letter', async (t) => {
  const measure = (text: string, size: number): number => [...new Intl.Segmenter().segment(text)].length * size;
  t.same(fitLine('abcd', { widthMax: 40, size: 10, sizeMin: 5 }, measure), { text: 'abcd', size: 10 });
  t.same(fitLine('abcd', { widthMax: 30, size: 10, sizeMin: 5 }, measure), { text: 'abcd', size: 7 });
  t.same(fitLine('abcd', { widthMax: 15, size: 10, sizeMin: 5 }, measure), { text: 'ab…', size: 5 });
  t.same(fitLine('e\u0301fgh', { widthMax: 10, size: 10, sizeMin: 5 }, measure), { text: 'e\u0301…', size: 5 });
});

await t.test('lines break between words; a word too wide stands alone', async (t) => {
  const fits = (line: string): boolean => line.length <= 7;
  t.same(breakLines('one two three four', fits), ['one two', 'three', 'four']);
  t.same(breakLines('a extraordinary b', fits), ['a', 'extraordinary', 'b']);
  t.same(breakLines('  ', fits), []);
});
