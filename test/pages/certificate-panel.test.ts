// The panel of the certificate: its picture and its code are told in words too.
import PDFDocument from 'pdfkit';
import t from 'tap';
import { drawPanel } from '../../src/pages/certificate-panel.ts';
import { makeSheet } from '../../src/pages/certificate-sheet.ts';
import { wordsOf } from '../../src/pages/words.ts';
import { findAwardable } from '../../src/tracks/catalogue.ts';
import { viewOf } from './badge-for-pages.ts';
import { says, streamsOf } from './pdf-parts.ts';

async function panelOf(state: 'valid' | 'revoked'): Promise<Buffer> {
  const document = new PDFDocument({ size: [800, 600], margin: 0, tagged: true });
  const chunks: Buffer[] = [];
  document.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise((resolve) => document.on('end', resolve));
  drawPanel(makeSheet(document, viewOf({ state }), wordsOf('en')), findAwardable('core')!);
  document.end();
  await ended;
  return Buffer.concat(chunks);
}

await t.test('picture and code have alternatives in words', async (t) => {
  const pdf = await panelOf('valid');
  t.ok(says(pdf, 'QR code that leads to the page of this badge'));
  t.ok(says(pdf, 'A cairn of six coloured stones in a ring: Creative Commons CORE Certificate'));
  t.ok(
    streamsOf(pdf).some((stream) => stream.length === 640 * 640 * 3 || stream.length > 100_000),
    'the picture',
  );
});

await t.test('the picture of what was taken back is pale', async (t) => {
  t.match((await panelOf('revoked')).toString('latin1'), /\/ca 0\.35/);
  t.notMatch((await panelOf('valid')).toString('latin1'), /\/ca 0\.35/);
});
