// The drawings: hidden from screen readers, with no style of their own that the policy would forbid.
import t from 'tap';
import { cairnMark, sign, trailDrawing, type Sign } from '../../src/pages/drawings.ts';

await t.test('nothing inline, nothing read aloud, nothing from elsewhere', async (t) => {
  const signs = (['good', 'warn', 'bad', 'unknown', 'none'] as Sign[]).map((kind) => sign(kind).text);
  for (const drawing of [cairnMark().text, trailDrawing().text, ...signs]) {
    t.match(drawing, /aria-hidden="true"/);
    t.notMatch(drawing, /style=|href|<script/);
  }
  t.equal(new Set(signs).size, 5, 'each sign has its own shape');
});

await t.test('the mark has six stones, one for each module', async (t) => {
  t.equal(cairnMark().text.match(/<ellipse/g)?.length, 6);
});
