// The pen of the certificate: real letters, broken and placed by their true widths.
import PDFDocument from 'pdfkit';
import t from 'tap';
import { makePen } from '../../src/pages/certificate-pen.ts';
import { streamsOf } from './pdf-parts.ts';

const hand = { size: 20, weight: 'semibold' as const, colour: '#000000' };

/** Draws with a pen; gives the page's content. */
async function drawn(draw: (pen: ReturnType<typeof makePen>) => void): Promise<string> {
  const document = new PDFDocument({ margin: 0 });
  const chunks: Buffer[] = [];
  document.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise((resolve) => document.on('end', resolve));
  draw(makePen(document));
  document.end();
  await ended;
  const content = streamsOf(Buffer.concat(chunks)).find((stream) => stream.includes('BDC'));
  return content?.toString('latin1') ?? '';
}

/** Where the runs of a line begin, from left to right. */
const starts = (content: string): number[] =>
  [...content.matchAll(/^BT\n1 0 0 1 ([\d.]+) [\d.]+ Tm/gm)].map((found) => Number(found[1]));

await t.test('a line begins at its start, at its end or in its middle', async (t) => {
  let width = 0;
  const at = async (align: 'left' | 'right' | 'center') =>
    starts(
      await drawn((pen) => {
        width = pen.widthOf('Ada', hand);
        pen.write('Ada', hand, { x: 100, width: 200, align }, 50);
      }),
    )[0]!;
  t.equal(await at('left'), 100);
  t.ok(Math.abs((await at('right')) - (300 - width)) < 0.01);
  t.ok(Math.abs((await at('center')) - (200 - width / 2)) < 0.01);
});

await t.test('words of a right-to-left line stand in one run, and a Latin one left of them', async (t) => {
  const content = await drawn((pen) => pen.write('ליאור כהן Ada', hand, { x: 0, width: 400, align: 'right' }, 50));
  t.equal(starts(content).length, 2);
  t.match(content, /\/ActualText \(\u00fe\u00ff/);
});

await t.test('Latin letters stand for themselves', async (t) => {
  t.notMatch(await drawn((pen) => pen.write('Ada', hand, { x: 0, width: 99, align: 'left' }, 50)), /ActualText/);
});

await t.test('a text is broken into as many lines as there may be, the last with an ellipsis', async (t) => {
  await drawn((pen) => {
    const width = pen.widthOf('seven words or', hand);
    t.same(pen.linesOf('seven words or so stand here now', hand, width, 9), ['seven words or', 'so stand here', 'now']);
    const cut = pen.linesOf('seven words or so stand here now', hand, width, 2);
    t.equal(cut.length, 2);
    t.match(cut[1], /^so stand.*…$/);
    t.ok(cut.every((line) => pen.widthOf(line, hand) <= width));
    pen.write('x', hand, { x: 0, width, align: 'left' }, 9);
  });
});
