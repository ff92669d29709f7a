// The images: one family, self-contained, small, and safe to put beside each other in one page.
import t from 'tap';
import { renderBadgeSvg, renderIssuerSvg, titleLines } from '../../src/tracks/badge-image.ts';
import { AWARDABLES, findAwardable, type Awardable } from '../../src/tracks/catalogue.ts';

const all = (): string[] => [...AWARDABLES.map(renderBadgeSvg), renderIssuerSvg('Cairn')];

void t.test('an image is under 6 KB, is its own and refers to nothing outside itself', async (t) => {
  t.equal(new Set(all()).size, AWARDABLES.length + 1);
  for (const svg of all()) {
    t.ok(Buffer.byteLength(svg) < 6144);
    t.match(svg, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" /);
    t.notMatch(svg.replace('http://www.w3.org/2000/svg', ''), /https?:|href|<script|<image|@import/);
  }
});

void t.test('it has six stones and says in words what it shows', async (t) => {
  for (const one of AWARDABLES) {
    const svg = renderBadgeSvg(one);
    t.equal(svg.match(/fill="url\(#[a-z-]+-(?:[il]|\d)\)"/g)?.length, 6, one.key);
    t.match(svg, `: ${one.title}</title>`);
  }
});

void t.test('a module badge lights one stone, in a colour of its own', async (t) => {
  const lights = AWARDABLES.filter((one) => one.moduleId).map((one) => {
    const svg = renderBadgeSvg(one);
    t.equal(svg.match(/stroke="#fff" stroke-width="5"/g)?.length, 1, one.key);
    return svg.match(/-l" x2="0" y2="1"><stop stop-color="(#\w+)"/)?.[1];
  });
  t.equal(new Set(lights).size, 6);
});

void t.test('ids differ between images, and every reference leads to one', async (t) => {
  const ids = all().flatMap((svg) => {
    const own = [...svg.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
    for (const [, used] of svg.matchAll(/url\(#([^)]+)\)/g)) t.ok(own.includes(used), String(used));
    return own;
  });
  t.equal(new Set(ids).size, ids.length);
});

void t.test('a title is broken into two lines of like length, the longer first', async (t) => {
  t.same(titleLines('Copyright'), ['Copyright']);
  t.same(titleLines('Creative Commons Licenses'), ['Creative Commons', 'Licenses']);
  t.same(titleLines('Internationalisation'), ['Internationalisation']);
});

void t.test(
  'a module and a track that nobody has painted yet have an image too, and signs in titles do no harm',
  async (t) => {
    const core = findAwardable('core') as Awardable;
    const strange = renderBadgeSvg({ ...core, trackId: 'galleries', key: 'galleries', title: 'Q&A <b>"x"</b>' });
    t.match(strange, /Q&amp;A &lt;b&gt;&quot;x&quot;/);
    t.notMatch(strange, '<b>');
    const module = renderBadgeSvg({
      ...(findAwardable('core/legal') as Awardable),
      moduleId: 'heritage',
      key: 'core/heritage',
    });
    t.match(module, /^<svg /);
  },
);
