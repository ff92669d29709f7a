// The PDF certificate: one page to print or to send, in the words of whoever asks, with the badge attached.
// PDF 1.7 (ISO 32000-1:2008), tagged; PDF/A-3a (ISO 19005-3:2012), the archive's form that may carry attachments. Paper
// cannot be revoked: it says what held on the day of printing and where to ask what holds now.
import PDFDocument from 'pdfkit';
import type { Awardable } from '../tracks/catalogue.ts';
import { drawPanel } from './certificate-panel.ts';
import type { Hand, Pen } from './certificate-pen.ts';
import { INK, LINE, makeSheet, MARGIN, ornament, PANEL, QUIET, type Sheet } from './certificate-sheet.ts';
import { stateSentence, stateSign, stateTitle } from './credential-state.ts';
import type { CredentialView } from './credential-view.ts';
import { drawableName, type Weight } from './fonts.ts';
import { fitLine } from './lettering.ts';
import { wordsOf, type Language, type MessageKey, type Words } from './words.ts';

export type PaperSize = 'a4' | 'letter';

/** A certificate as it is asked of a worker thread. */
export interface CertificateOrder {
  view: CredentialView;
  awardable: Awardable;
  language: Language;
  size: PaperSize;
}

const PAPER: Record<PaperSize, [width: number, height: number]> = { a4: [841.89, 595.28], letter: [792, 612] };

/** Sizes that a text may have, and on how many lines it may stand at each. */
type Sizes = [size: number, linesMax: number][];
const NAME_SIZES: Sizes = [
  [40, 1],
  [34, 1],
  [30, 2],
  [25, 2],
  [20, 3],
  [16, 4],
];
const TITLE_SIZES: Sizes = [
  [24, 1],
  [20, 1],
  [22, 2],
];
const TITLE_ALONE_SIZES: Sizes = [
  [34, 1],
  [29, 1],
  [25, 1],
  [29, 2],
];

const TONES = {
  good: { ink: '#19663f', ground: '#e4f2e7' },
  warn: { ink: '#7c4a00', ground: '#fcefd2' },
  bad: { ink: '#9b1b1b', ground: '#fbe6e3' },
};

const LABEL: Hand = { size: 11.5, weight: 'regular', colour: QUIET };
const SMALL: Hand = { size: 9.5, weight: 'regular', colour: QUIET };
const BODY: Hand = { size: 11, weight: 'regular', colour: QUIET };
const FACT: Hand = { size: 11.5, weight: 'semibold', colour: INK };

/** The band of a badge that no longer holds, first and in its colour. Gives where it ends. */
function drawState(sheet: Sheet, start: number, breadth: number, top: number): number {
  const { document, pen, column, view, words } = sheet;
  const { ink, ground } = TONES[stateSign(view.state) as keyof typeof TONES];
  const inner = column(start + 18, breadth - 36);
  const sentence = stateLine(view, words);
  const hand: Hand = { size: 10.5, weight: 'regular', colour: ink };
  const reason = view.revocationSentence && words.say('badge.reason', { reason: view.revocationSentence });
  const sentences = pen.linesOf(sentence, hand, inner.width, 2);
  const told = sentences.length;
  const lines = [...sentences, ...(reason ? pen.linesOf(reason, { ...hand, weight: 'semibold' }, inner.width, 3) : [])];
  const depth = 46 + lines.length * 14.5;
  const band = column(start, breadth);
  ornament(sheet, () => {
    document.roundedRect(band.x, top, band.width, depth, 8).fill(ground);
    document.roundedRect(band.x, top, band.width, depth, 8).lineWidth(1.4).stroke(ink);
  });
  sheet.element('P', () =>
    pen.write(stateTitle(view.state, words), { size: 19, weight: 'extrabold', colour: ink }, inner, top + 28),
  );
  sheet.element('P', () =>
    lines.forEach((line, n) => pen.write(line, hand, inner, top + 48 + n * 14.5, n < told ? words.direction : 'auto')),
  );
  return top + depth;
}

function stateLine(view: CredentialView, words: Words): string {
  const day = view.state === 'expired' ? view.validUntil : view.state === 'early' ? view.validFrom : view.revokedAt;
  return words.say(stateSentence(view.state), { issuer: view.issuer.name, day: day ? words.day(day) : '' });
}

/** A text as large as there is room, on as few lines. */
function fitLines(pen: Pen, text: string, weight: Weight, breadth: number, sizes: Sizes) {
  const linesAt = (size: number, most: number): string[] => pen.linesOf(text, { size, weight }, breadth, most);
  for (const [size, linesMax] of sizes) {
    const lines = linesAt(size, linesMax + 1);
    if (lines.length <= linesMax && lines.every((line) => pen.widthOf(line, { size, weight }) <= breadth))
      return { size, lines };
  }
  const [size, linesMax] = sizes.at(-1)!;
  const room = { widthMax: breadth, size, sizeMin: size };
  const clip = (line: string): string => fitLine(line, room, (some) => pen.widthOf(some, { size, weight })).text;
  return { size, lines: linesAt(size, linesMax).map(clip) };
}

/** To whom and for what; the description takes what room is left. */
function drawAward(sheet: Sheet, start: number, breadth: number, top: number, bottom: number): void {
  const { pen, column, view, words, element } = sheet;
  const place = column(start, breadth);
  const name = drawableName(view.recipientName);
  let y = top;
  const paragraph = (type: string, lines: string[], hand: Hand, leading: number): void => {
    element(type, () => lines.forEach((line, n) => pen.write(line, hand, place, y + n * leading)));
    y += lines.length * leading;
  };
  if (name) {
    paragraph('P', [words.say('badge.awardedTo')], LABEL, 12);
    const { size, lines } = fitLines(pen, name, 'semibold', breadth, NAME_SIZES);
    y += size * 0.95;
    paragraph('H1', lines, { size, weight: 'semibold', colour: INK }, size * 1.2);
    y += 24 - size * 0.9;
    paragraph('P', [words.say('pdf.for')], LABEL, 30);
  } else y += 20;
  const title = fitLines(pen, view.achievement.name, 'extrabold', breadth, name ? TITLE_SIZES : TITLE_ALONE_SIZES);
  const leading = title.size * 1.22;
  paragraph(name ? 'H2' : 'H1', title.lines, { size: title.size, weight: 'extrabold', colour: INK }, leading);
  y += 24 - leading * 0.55;
  const linesMax = Math.min(4, Math.floor((bottom - y) / 16) + 1);
  if (linesMax > 1) paragraph('P', pen.linesOf(view.achievement.description, BODY, breadth, linesMax), BODY, 16);
}

function drawFacts(sheet: Sheet, start: number, breadth: number, top: number): void {
  const { document, pen, column, view, words, element } = sheet;
  const facts: [MessageKey, string][] = [
    ['badge.awardedOn', words.day(view.awardedAt)],
    ['badge.awardedBy', view.issuer.name],
    ['badge.validUntil', view.validUntil ? words.day(view.validUntil) : words.say('badge.noEnd')],
  ];
  const { x } = column(start, breadth);
  ornament(sheet, () => document.rect(x, top, breadth, 0.8).fill(LINE));
  for (const [n, [label, value]] of facts.entries()) {
    const place = column(start + (n * breadth) / facts.length, breadth / facts.length - 10);
    element('P', () => {
      pen.write(words.say(label), SMALL, place, top + 22);
      pen.linesOf(value, FACT, place.width, 2).forEach((line, m) => pen.write(line, FACT, place, top + 38 + m * 14));
    });
  }
}

function drawVerify(sheet: Sheet, start: number, breadth: number, top: number, file: string): void {
  const { document, pen, column, view, words, element } = sheet;
  const place = column(start, breadth);
  ornament(sheet, () => document.rect(place.x, top, breadth, 0.8).fill(LINE));
  element('P', () => pen.write(words.say('pdf.verify'), FACT, place, top + 22));
  const link: Hand = { size: 10.5, weight: 'semibold', colour: '#33479b' };
  const address = fitLine(view.url, { widthMax: breadth, size: link.size, sizeMin: 7 }, (text, size) =>
    pen.widthOf(text, { ...link, size }),
  );
  element('Link', (structParent) => {
    pen.write(address.text, { ...link, size: address.size }, place, top + 39, 'ltr');
    // A text object: the library writes other strings as names.
    const Contents = new String(view.url);
    document.link(place.x, top + 28, breadth, 15, view.url, { structParent, Contents } as never);
  });
  const explanation = words.say('pdf.explanation', { file });
  element('P', () =>
    pen
      .linesOf(explanation, SMALL, breadth, 3)
      .forEach((line, n) => pen.write(line, SMALL, place, top + 57 + n * 13, words.direction)),
  );
}

function drawSheet(sheet: Sheet, awardable: Awardable, file: string): void {
  const { pen, column, width, height, view, words, element } = sheet;
  const start = PANEL + 5 + 44;
  const breadth = width - start - MARGIN;
  drawPanel(sheet, awardable);
  const asOf = words.say('pdf.asOf', { state: stateTitle(view.state, words), day: words.day(view.readAt) });
  const tone = TONES[stateSign(view.state) as keyof typeof TONES];
  const issuer: Hand = { size: 13, weight: 'extrabold', colour: INK };
  const sealed: Hand = { size: 10, weight: 'semibold', colour: tone.ink };
  const sealWidth = pen.widthOf(asOf, sealed) + 2;
  const room = breadth - sealWidth - 16;
  element('P', () => pen.write(pen.linesOf(view.issuer.name, issuer, room, 1)[0]!, issuer, column(start, room), 70));
  element('P', () => pen.write(asOf, sealed, column(start + breadth - sealWidth, sealWidth), 70));
  const end = view.state === 'valid' ? 92 : drawState(sheet, start, breadth, 92);
  drawAward(sheet, start, breadth, view.state === 'valid' ? 148 : end + 32, height - 232);
  drawFacts(sheet, start, breadth, height - 212);
  drawVerify(sheet, start, breadth, height - 136, file);
}

/**
 * Draws the certificate of a badge that is shared.
 * @param awardable what the picture shows.
 */
export async function renderCertificate(
  view: CredentialView,
  awardable: Awardable,
  words: Words,
  size: PaperSize = 'a4',
): Promise<Buffer> {
  const name = drawableName(view.recipientName);
  const document = new PDFDocument({
    size: PAPER[size],
    margin: 0,
    lang: words.language,
    pdfVersion: '1.7',
    subset: 'PDF/A-3a',
    tagged: true,
    displayTitle: true,
    info: {
      Title: name ? `${view.achievement.name} · ${name}` : view.achievement.name,
      Author: view.issuer.name,
      Subject: stateLine(view, words),
      Keywords: view.url,
      Creator: 'Cairn',
      Producer: 'Cairn',
      CreationDate: view.readAt,
    },
  });
  const chunks: Buffer[] = [];
  const whole = new Promise<Buffer>((resolve, reject) => {
    document.on('data', (chunk: Buffer) => chunks.push(chunk));
    document.on('end', () => resolve(Buffer.concat(chunks)));
    document.on('error', reject);
  });
  const file = `badge-${view.id.slice(0, 8)}.json`;
  drawSheet(makeSheet(document, view, words), awardable, file);
  document.file(Buffer.from(view.json), {
    name: file,
    type: 'application/vc',
    description: view.achievement.name,
    relationship: 'Source',
    creationDate: new Date(view.validFrom),
    modifiedDate: new Date(view.validFrom),
  } as never);
  document.end();
  return whole;
}

/** The same, in a worker thread. */
export async function drawCertificate({ view, awardable, language, size }: CertificateOrder): Promise<Buffer> {
  return await renderCertificate(view, awardable, wordsOf(language), size);
}
