// The picture that link previews show: 1200 by 630, the badge, its name and its state of the moment. A badge that no
// longer holds says so here too, since many people see the preview and never open the page.
import { Resvg } from '@resvg/resvg-js';
import type { Awardable } from '../tracks/catalogue.ts';
import { renderBadgeSvg } from '../tracks/badge-image.ts';
import type { BadgeState } from './credential-view.ts';
import { FONT_FAMILIES, fontFilesFor, isDrawable } from './fonts.ts';

export const PREVIEW_WIDTH = 1200;
export const PREVIEW_HEIGHT = 630;

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

function escapeXml(text: string): string {
  const named: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text.replace(/[\u0000-\u001f\u007f]/g, ' ').replace(/[&<>"]/g, (sign) => named[sign] ?? sign);
}

/** Breaks a text into lines of about so many letters; what does not fit into the last one ends in an ellipsis. */
export function breakLines(text: string, longest: number, linesMax: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const last = lines.at(-1);
    if (last !== undefined && `${last} ${word}`.length <= longest) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  const kept = lines
    .slice(0, linesMax)
    .map((line) => (line.length > longest + 6 ? `${line.slice(0, longest)}…` : line));
  if (lines.length > linesMax) kept[linesMax - 1] = `${kept[linesMax - 1]}…`;
  return kept;
}

/** The preview as SVG. */
export function drawPreview(content: PreviewContent): string {
  const { awardable, state, stateTitle, issuerName, day } = content;
  // A name of empty boxes would be worse than none.
  const recipientName = content.recipientName && isDrawable(content.recipientName) ? content.recipientName : undefined;
  const badge = renderBadgeSvg(awardable)
    .replace('<svg ', '<svg x="70" y="95" ')
    .replace('width="600" height="600"', 'width="440" height="440"');
  const title = breakLines(awardable.title, 19, 3);
  const top = 262 - (title.length - 2) * 20;
  const write = (x: number, y: number, size: number, weight: number, fill: string, text: string): string =>
    `<text x="${x}" y="${y}" font-size="${size}" font-weight="${weight}" fill="${fill}">${escapeXml(text)}</text>`;
  const colour = COLOURS[state];
  const pillWidth = 104 + stateTitle.length * 20;
  const below = top + title.length * 66;
  const mark =
    state === 'valid'
      ? '<path d="M588 118l10 10 18-21" fill="none" stroke="#fff" stroke-width="6" stroke-linecap="round" stroke-linejoin="round"/>'
      : '<path d="M592 107l20 20M612 107l-20 20" fill="none" stroke="#fff" stroke-width="6" stroke-linecap="round"/>';
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${PREVIEW_WIDTH} ${PREVIEW_HEIGHT}" width="${PREVIEW_WIDTH}" height="${PREVIEW_HEIGHT}" font-family="${FONT_FAMILIES}">` +
    `<path fill="#f6f3ec" d="M0 0h1200v630H0z"/><path fill="#e9e3d6" d="M0 560C240 510 420 590 660 550S1060 500 1200 540V630H0z"/><path fill="${colour}" d="M0 0h1200v14H0z"/>` +
    `<g${state === 'valid' ? '' : ' opacity=".35"'}>${badge}</g>` +
    `<rect x="560" y="84" width="${pillWidth}" height="66" rx="33" fill="${colour}"/>${mark}${write(634, 129, 34, 800, '#fff', stateTitle)}` +
    title.map((line, n) => write(560, top + n * 66, 56, 800, '#1d2a2e', line)).join('') +
    (recipientName ? write(560, below + 6, 40, 600, '#1d2a2e', breakLines(recipientName, 28, 1)[0] ?? '') : '') +
    write(560, below + (recipientName ? 62 : 12), 30, 600, '#536066', `${issuerName} · ${day}`) +
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
    font: {
      loadSystemFonts: false,
      fontFiles: fontFilesFor(`${content.recipientName ?? ''}${content.issuerName}`),
      defaultFontFamily: 'Figtree',
    },
  })
    .render()
    .asPng();
  const [oldest] = rendered.keys();
  if (rendered.size >= KEPT && oldest !== undefined) rendered.delete(oldest);
  rendered.set(svg, png);
  return png;
}
