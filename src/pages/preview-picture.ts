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
const LEFT_PX = 560;
const ROOM_PX = 580;

export interface PreviewContent {
  awardable: Awardable;
  state: BadgeState;
  stateTitle: string;
  issuerName: string;
  /** The earner's name, by consent. */
  recipientName?: string;
  day: string;
}

const COLOURS: Record<BadgeState, string> = {
  valid: '#1c6b45',
  revoked: '#a01c1c',
  superseded: '#8a5300',
  expired: '#8a5300',
  early: '#8a5300',
  compromised: '#a01c1c',
};

/** The preview as SVG. */
export function drawPreview(content: PreviewContent): string {
  const { awardable, state, stateTitle, issuerName, day } = content;
  const recipientName = drawableName(content.recipientName);
  const badge = renderBadgeSvg(awardable)
    .replace('<svg ', '<svg x="70" y="95" ')
    .replace('width="600" height="600"', 'width="440" height="440"');
  const write = (x: number, y: number, sizePx: number, weight: Weight, fill: string, text: string): string =>
    `<g transform="translate(${x} ${y})" fill="${fill}" color="${fill}">${drawLine(text, { sizePx, weight }).drawing}</g>`;
  const widthOf = (text: string, sizePx: number, weight: Weight): number => drawLine(text, { sizePx, weight }).widthPx;
  const writeFitted = (y: number, size: number, weight: Weight, fill: string, text: string): string => {
    const line = fitLine(text, { widthMax: ROOM_PX, size, sizeMin: 26 }, (some, px) => widthOf(some, px, weight));
    return write(LEFT_PX, y, line.size, weight, fill, line.text);
  };
  const title = breakLines(awardable.title, (line) => widthOf(line, 56, 'extrabold') <= ROOM_PX).slice(0, 3);
  const top = 262 - (title.length - 2) * 20;
  const colour = COLOURS[state];
  const pillWidth = Math.ceil(106 + widthOf(stateTitle, 34, 'extrabold'));
  const below = top + title.length * 66;
  const mark =
    state === 'valid'
      ? '<path d="M588 118l10 10 18-21" fill="none" stroke="#fff" stroke-width="6" stroke-linecap="round" stroke-linejoin="round"/>'
      : '<path d="M592 107l20 20M612 107l-20 20" fill="none" stroke="#fff" stroke-width="6" stroke-linecap="round"/>';
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${PREVIEW_WIDTH} ${PREVIEW_HEIGHT}" width="${PREVIEW_WIDTH}" height="${PREVIEW_HEIGHT}">` +
    `<path fill="#f6f3ec" d="M0 0h1200v630H0z"/><path fill="#e9e3d6" d="M0 560C240 510 420 590 660 550S1060 500 1200 540V630H0z"/><path fill="${colour}" d="M0 0h1200v14H0z"/>` +
    `<g${state === 'valid' ? '' : ' opacity=".35"'}>${badge}</g>` +
    `<rect x="560" y="84" width="${pillWidth}" height="66" rx="33" fill="${colour}"/>${mark}${write(634, 129, 34, 'extrabold', '#fff', stateTitle)}` +
    title.map((line, n) => writeFitted(top + n * 66, 56, 'extrabold', '#1d2a2e', line)).join('') +
    (recipientName ? writeFitted(below + 6, 40, 'semibold', '#1d2a2e', recipientName) : '') +
    writeFitted(below + (recipientName ? 62 : 12), 30, 'semibold', '#536066', `${issuerName} · ${day}`) +
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
