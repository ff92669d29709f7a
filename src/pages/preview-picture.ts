// The picture that link previews show: 1200 by 630, the badge, its name and its state of the moment. A badge that no
// longer holds says so here too, since many people see the preview and never open the page.
import { Resvg } from '@resvg/resvg-js';
import type { Awardable } from '../tracks/catalogue.ts';
import { renderBadgeSvg } from '../tracks/badge-image.ts';
import type { BadgeState } from './credential-view.ts';
import { drawableName, FIGTREE_FILES, type Weight } from './fonts.ts';
import { breakLines, drawLine, fitLine } from './lettering.ts';

export const PREVIEW_WIDTH = 1200;
export const PREVIEW_HEIGHT = 630;
const START_PX = 560;
const ROOM_PX = 580;
const PICTURE_PX = 440;

export interface PreviewContent {
  awardable: Awardable;
  state: BadgeState;
  stateTitle: string;
  issuerName: string;
  /** The earner's name, by consent. */
  recipientName?: string;
  day: string;
  /** Which way the language of these words runs: the whole picture runs so. */
  direction: 'ltr' | 'rtl';
}

const COLOURS: Record<BadgeState, string> = {
  valid: '#1c6b45',
  revoked: '#a01c1c',
  superseded: '#8a5300',
  expired: '#8a5300',
  early: '#8a5300',
  compromised: '#a01c1c',
};

/** The sign in the pill, around the middle of a circle. */
function mark(state: BadgeState): string {
  const stroke = 'fill="none" stroke="#fff" stroke-width="6" stroke-linecap="round"';
  return state === 'valid'
    ? `<path d="M-14 1l10 10 18-21" ${stroke} stroke-linejoin="round"/>`
    : `<path d="M-10-10l20 20M10-10l-20 20" ${stroke}/>`;
}

/** The preview as SVG. */
export function drawPreview(content: PreviewContent): string {
  const { awardable, state, stateTitle, issuerName, day, direction } = content;
  const recipientName = drawableName(content.recipientName);
  const rtl = direction === 'rtl';
  /** Where something so wide begins, that stands so far from the start of the picture. */
  const place = (start: number, widthPx: number): number => (rtl ? PREVIEW_WIDTH - start - widthPx : start);
  const badge = renderBadgeSvg(awardable)
    .replace('<svg ', `<svg x="${place(70, PICTURE_PX)}" y="95" `)
    .replace('width="600" height="600"', `width="${PICTURE_PX}" height="${PICTURE_PX}"`);
  const widthOf = (text: string, sizePx: number, weight: Weight): number => drawLine(text, { sizePx, weight }).widthPx;
  const write = (start: number, y: number, sizePx: number, weight: Weight, fill: string, text: string): string => {
    const { drawing, widthPx } = drawLine(text, { sizePx, weight, direction });
    return `<g transform="translate(${place(start, widthPx)} ${y})" fill="${fill}" color="${fill}">${drawing}</g>`;
  };
  const writeFitted = (y: number, size: number, weight: Weight, fill: string, text: string): string => {
    const line = fitLine(text, { widthMax: ROOM_PX, size, sizeMin: 26 }, (some, px) => widthOf(some, px, weight));
    return write(START_PX, y, line.size, weight, fill, line.text);
  };
  /** Issuer and day, each in its own direction: after a Latin name a number would be read as a part of it. */
  const writeSource = (y: number): string => {
    const since = ` · ${day}`;
    const widthMax = ROOM_PX - widthOf(since, 30, 'semibold');
    const issuer = fitLine(issuerName, { widthMax, size: 30, sizeMin: 22 }, (some, px) =>
      widthOf(some, px, 'semibold'),
    );
    const next = START_PX + widthOf(issuer.text, issuer.size, 'semibold');
    return (
      write(START_PX, y, issuer.size, 'semibold', '#536066', issuer.text) +
      write(next, y, 30, 'semibold', '#536066', since)
    );
  };
  /** The lines of a text; what does not fit on so many goes on the last, which is fitted. */
  const linesOf = (text: string, sizePx: number, weight: Weight, most: number): string[] => {
    const lines = breakLines(text, (line) => widthOf(line, sizePx, weight) <= ROOM_PX);
    return lines.length > most ? [...lines.slice(0, most - 1), lines.slice(most - 1).join(' ')] : lines;
  };
  const title = linesOf(awardable.title, 56, 'extrabold', 3);
  // A name that is wider than there is room stands on two lines rather than small on one.
  const wide = recipientName !== undefined && widthOf(recipientName, 40, 'semibold') > ROOM_PX;
  const nameSize = wide ? 34 : 40;
  const name = recipientName ? linesOf(recipientName, nameSize, 'semibold', 2) : [];
  const top = 262 - (title.length - 2) * 20;
  const colour = COLOURS[state];
  const pillWidth = Math.ceil(106 + widthOf(stateTitle, 34, 'extrabold'));
  const below = top + title.length * 66;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${PREVIEW_WIDTH} ${PREVIEW_HEIGHT}" width="${PREVIEW_WIDTH}" height="${PREVIEW_HEIGHT}">` +
    `<path fill="#f6f3ec" d="M0 0h1200v630H0z"/><path fill="#e9e3d6" d="M0 560C240 510 420 590 660 550S1060 500 1200 540V630H0z"/><path fill="${colour}" d="M0 0h1200v14H0z"/>` +
    `<g${state === 'valid' ? '' : ' opacity=".35"'}>${badge}</g>` +
    `<rect x="${place(START_PX, pillWidth)}" y="84" width="${pillWidth}" height="66" rx="33" fill="${colour}"/>` +
    `<g transform="translate(${place(602, 0)} 117)">${mark(state)}</g>${write(634, 129, 34, 'extrabold', '#fff', stateTitle)}` +
    title.map((line, n) => writeFitted(top + n * 66, 56, 'extrabold', '#1d2a2e', line)).join('') +
    name.map((line, n) => writeFitted(below + 6 + n * 42, nameSize, 'semibold', '#1d2a2e', line)).join('') +
    writeSource(below + (name.length > 0 ? 20 + name.length * 42 : 12)) +
    '</svg>'
  );
}

// A rendering takes some 40 ms of the event loop; crawlers come in bursts when a link is shared.
const KEPT = 64;
const rendered = new Map<string, Buffer>();

/** The preview as PNG. Renderings are kept in memory by what they show. */
export function renderPreview(content: PreviewContent): Buffer {
  const svg = drawPreview(content);
  const known = rendered.get(svg);
  if (known) return known;
  const png = new Resvg(svg, {
    fitTo: { mode: 'width', value: PREVIEW_WIDTH },
    font: { loadSystemFonts: false, fontFiles: FIGTREE_FILES, defaultFontFamily: 'Figtree' },
  })
    .render()
    .asPng();
  const [oldest] = rendered.keys();
  if (rendered.size >= KEPT && oldest !== undefined) rendered.delete(oldest);
  rendered.set(svg, png);
  return png;
}
