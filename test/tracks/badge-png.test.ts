// Rendering: the right size, letters really drawn, the same bytes each time.
import { crc32 } from 'node:zlib';
import t from 'tap';
import { renderBadgeSvg } from '../../src/tracks/badge-image.ts';
import { LARGEST_PX, renderBadgePng } from '../../src/tracks/badge-png.ts';
import { findAwardable, type Awardable } from '../../src/tracks/catalogue.ts';

const svg = renderBadgeSvg(findAwardable('core/commons') as Awardable);

void t.test('a PNG of the breadth asked for, square, whole', async (t) => {
  for (const sizePx of [64, 300]) {
    const png = renderBadgePng(svg, sizePx);
    t.equal(png.subarray(0, 8).toString('latin1'), '\x89PNG\r\n\x1a\n');
    t.same([png.readUInt32BE(16), png.readUInt32BE(20)], [sizePx, sizePx]);
    t.equal(png.readUInt32BE(29), crc32(png.subarray(12, 29)));
    t.equal(png.subarray(-8, -4).toString('latin1'), 'IEND');
  }
});

void t.test('lettering is drawn: without its text the image is another', async (t) => {
  const wordless = svg.replace(/<text[^>]*>[^<]*<\/text>/g, '');
  t.not(wordless, svg);
  t.notOk(renderBadgePng(wordless, 200).equals(renderBadgePng(svg, 200)));
});

void t.test('the same image again is the same bytes, kept', async (t) => {
  t.equal(renderBadgePng(svg, 200), renderBadgePng(svg, 200));
});

void t.test('only so many renderings are kept', async (t) => {
  const first = renderBadgePng(svg, 16);
  for (let n = 0; n < 64; n += 1)
    renderBadgePng(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><desc>${n}</desc></svg>`, 16);
  const again = renderBadgePng(svg, 16);
  t.not(again, first);
  t.ok(again.equals(first));
});

void t.test('a size that is none, or a poster, is refused', async (t) => {
  for (const sizePx of [0, 15, 20.5, LARGEST_PX + 1, Number.NaN])
    t.throws(() => renderBadgePng(svg, sizePx), RangeError);
});
