// The sheet of the certificate: placed from the start of the page, whichever side that is.
import PDFDocument from 'pdfkit';
import t from 'tap';
import { makeSheet, ornament } from '../../src/pages/certificate-sheet.ts';
import { wordsOf } from '../../src/pages/words.ts';
import { viewOf } from './badge-for-pages.ts';

const open = (language: 'en' | 'ar') => {
  const document = new PDFDocument({ size: [800, 600], margin: 0, tagged: true });
  return makeSheet(document, viewOf(), wordsOf(language));
};

await t.test('columns count from the left in English, from the right in Arabic', async (t) => {
  t.same(open('en').column(100, 50), { x: 100, width: 50, align: 'left' });
  t.same(open('ar').column(100, 50), { x: 650, width: 50, align: 'right' });
  t.same(open('ar').column(100, 50, 'center'), { x: 650, width: 50, align: 'center' });
});

await t.test('elements are drawn as they are added, ornaments at once', async (t) => {
  const sheet = open('en');
  const order: string[] = [];
  sheet.element('P', () => order.push('element'));
  ornament(sheet, () => order.push('ornament'));
  t.same(order.sort(), ['element', 'ornament']);
});
