// The badge images, drawn by code: one family, a cairn of six stones at first light.
//
// Each module of CORE is one stone, in its own colour and always in the same place: a module badge lights its stone, a
// certificate has all six, in a ring of their colours. The drawing refers to nothing outside itself, its ids carry the
// achievement's key so that several can stand in one page, and the lettering is text, so that it is read aloud and found.
//
// SVG 1.1 (W3C Recommendation, 16 August 2011), as much of it as every renderer of badges knows.
import type { Awardable } from './catalogue.ts';
import { imageCaption } from './achievement.ts';
import { trackOf } from './criteria.ts';

interface Palette {
  /** The stone's. */
  vivid: string;
  glow: string;
  /** Of the sky: overhead, and where the ground begins. */
  zenith: string;
  ground: string;
}

/** In the order of the stones, from the ground up. */
const MODULE_PALETTES: Record<string, Palette> = {
  commons: { vivid: '#1f9d67', glow: '#7fe3b4', zenith: '#1c7a55', ground: '#0f3b2c' },
  copyright: { vivid: '#3b62d8', glow: '#9db8ff', zenith: '#3450b4', ground: '#172452' },
  licenses: { vivid: '#e0632b', glow: '#ffb48a', zenith: '#c2491f', ground: '#4f1d10' },
  sociocultural: { vivid: '#c23a86', glow: '#f7a3d0', zenith: '#a12a72', ground: '#441131' },
  legal: { vivid: '#1793a8', glow: '#86dfec', zenith: '#157588', ground: '#0b3640' },
  using: { vivid: '#e3a008', glow: '#ffdc7a', zenith: '#b97a06', ground: '#4a3108' },
};
const STONE_ORDER = Object.keys(MODULE_PALETTES);

const TRACK_SKIES: Record<string, Pick<Palette, 'zenith' | 'ground'>> = {
  core: { zenith: '#2b2f6b', ground: '#15173a' },
  librarian: { zenith: '#5b2a63', ground: '#2c1232' },
  educator: { zenith: '#1f5a4c', ground: '#0d2f28' },
  government: { zenith: '#27506f', ground: '#10293c' },
};
const OTHER_SKY = { zenith: '#3f4657', ground: '#1d222e' };

// Middle, breadth, height and tilt of the six stones, from the ground up, in a drawing of 600 by 600.
const STONES: [x: number, y: number, breadth: number, height: number, tilt: number][] = [
  [300, 381, 232, 66, 0],
  [294, 322, 188, 58, -2],
  [307, 270, 152, 50, 3],
  [297, 224, 122, 46, -3],
  [304, 182, 90, 42, 2],
  [299, 146, 58, 36, -4],
];

function stone(n: number, fill: string, edge = ''): string {
  const [x, y, w, h, tilt] = STONES[n] as (typeof STONES)[number];
  const at = (dx: number, dy: number): string => `${Math.round(x + dx * w)} ${Math.round(y + dy * h)}`;
  const path =
    `M${at(-0.5, 0.04)}C${at(-0.5, -0.36)} ${at(-0.32, -0.5)} ${at(-0.05, -0.5)}` +
    `C${at(0.28, -0.5)} ${at(0.5, -0.34)} ${at(0.5, 0.06)}` +
    `C${at(0.5, 0.4)} ${at(0.34, 0.5)} ${at(0.04, 0.5)}C${at(-0.32, 0.5)} ${at(-0.5, 0.42)} ${at(-0.5, 0.04)}Z`;
  return `<path d="${path}" fill="${fill}"${edge}${tilt ? ` transform="rotate(${tilt} ${x} ${y})"` : ''}/>`;
}

function gradient(id: string, from: string, to: string, middle = ''): string {
  return `<linearGradient id="${id}" x2="0" y2="1"><stop stop-color="${from}"/>${middle}<stop offset="1" stop-color="${to}"/></linearGradient>`;
}

function escapeXml(text: string): string {
  const named: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text.replace(/[&<>"]/g, (sign) => named[sign] ?? sign);
}

function lettering(text: string, y: number, size: number, weight: 600 | 800, more = ''): string {
  return `<text x="300" y="${y}" font-size="${size}" font-weight="${weight}"${more}>${escapeXml(text)}</text>`;
}

/** Breaks a title into at most two lines of like length. */
export function titleLines(title: string, longest = 15): string[] {
  const words = title.split(' ');
  if (title.length <= longest || words.length === 1) return [title];
  const breaks = words.slice(1).map((_, n) => [words.slice(0, n + 1).join(' '), words.slice(n + 1).join(' ')]);
  const worst = (lines: string[]): number => Math.max(...lines.map((line) => line.length));
  // Of two as good the one with the longer first line: a circle narrows downwards.
  return breaks.reduce((best, lines) => (worst(lines) <= worst(best) ? lines : best));
}

/** Draws the image of an awardable. */
export function renderBadgeSvg(awardable: Awardable): string {
  const name = awardable.key.replaceAll('/', '-');
  return awardable.moduleId === undefined ? certificate(awardable, name) : badge(awardable, awardable.moduleId, name);
}

function frame(name: string, caption: string, defs: string, drawing: string): string {
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 600" width="600" height="600" role="img" aria-labelledby="${name}-t">` +
    `<title id="${name}-t">${escapeXml(caption)}</title><defs>${defs}</defs>${drawing}</svg>\n`
  );
}

/** Sky, sun, ridges and ground inside a circle; stones and lettering come on top. */
function scene(
  name: string,
  sky: Pick<Palette, 'zenith' | 'ground'>,
  radius: number,
  stones: string,
  zoom = '',
): { defs: string; drawing: string } {
  const defs =
    gradient(`${name}-s`, sky.zenith, '#fff1d6', `<stop offset=".45" stop-color="${sky.zenith}" stop-opacity=".8"/>`) +
    gradient(`${name}-i`, '#5a6478', '#272e3d') +
    `<clipPath id="${name}-c"><circle cx="300" cy="300" r="${radius}"/></clipPath>`;
  const drawing =
    `<g clip-path="url(#${name}-c)"><g${zoom}><path fill="#fff6e6" d="M0 0h600v600H0z"/>` +
    `<path fill="url(#${name}-s)" d="M0 0h600v420H0z"/>` +
    `<circle cx="300" cy="262" r="164" fill="#fff" opacity=".2"/><circle cx="300" cy="262" r="126" fill="#fff4dc" opacity=".9"/>` +
    `<path fill="${sky.zenith}" opacity=".5" d="M0 380C70 330 120 312 180 340S300 392 372 348S520 300 600 352V600H0z"/>` +
    `<path fill="${sky.ground}" d="M0 418C110 386 200 402 300 402S500 388 600 420V600H0z"/>${stones}</g></g>`;
  return { defs, drawing };
}

function badge(awardable: Awardable, moduleId: string, name: string): string {
  const palette = MODULE_PALETTES[moduleId] ?? { ...OTHER_SKY, vivid: '#8a93a6', glow: '#d5dae4' };
  const lit = Math.max(0, STONE_ORDER.indexOf(moduleId));
  const stones = STONES.map((_, n) =>
    n === lit ? stone(n, `url(#${name}-l)`, ' stroke="#fff" stroke-width="5"') : stone(n, `url(#${name}-i)`),
  );
  // The lit one last, so that its edge lies over its neighbours.
  const [bright = ''] = stones.splice(lit, 1);
  const { defs, drawing } = scene(name, palette, 284, stones.join('') + bright);
  const title = trackOf(awardable).modules.find((module) => module.id === moduleId)?.title ?? awardable.title;
  const lines = titleLines(title);
  const text = lines
    .map((line, n) => (lines.length > 1 ? lettering(line, 491 + n * 40, 36, 800) : lettering(line, 504, 42, 800)))
    .join('');
  return frame(
    name,
    imageCaption(awardable),
    defs + gradient(`${name}-l`, palette.glow, palette.vivid),
    `<circle cx="300" cy="300" r="298" fill="${palette.ground}"/><circle cx="300" cy="300" r="291" fill="#fff"/>${drawing}` +
      `<g fill="#fff" text-anchor="middle" font-family="Figtree, Avenir Next, Segoe UI, Helvetica, Arial, sans-serif">` +
      lettering('CC CORE MODULE', 452, 20, 600, ' letter-spacing="4"') +
      `${text}</g>`,
  );
}

/** An arc of the ring, of sixty degrees less a gap. */
function arc(n: number, colour: string): string {
  const point = (degrees: number): string => {
    const angle = ((degrees - 90) * Math.PI) / 180;
    return `${(300 + 282 * Math.cos(angle)).toFixed(1)} ${(300 + 282 * Math.sin(angle)).toFixed(1)}`;
  };
  return `<path d="M${point(n * 60 + 3.2)}A282 282 0 0 1 ${point(n * 60 + 56.8)}" stroke="${colour}"/>`;
}

function certificate(awardable: Awardable, name: string): string {
  const sky = TRACK_SKIES[awardable.trackId] ?? OTHER_SKY;
  const palettes = Object.values(MODULE_PALETTES);
  const stones = palettes.map((_, n) => stone(n, `url(#${name}-${n})`, ' stroke="#fff" stroke-width="3"'));
  const { defs, drawing } = scene(name, sky, 252, stones.join(''));
  const title = awardable.title.replace(/^Creative Commons | Certificate$/g, '');
  return frame(
    name,
    imageCaption(awardable),
    defs + palettes.map(({ glow, vivid }, n) => gradient(`${name}-${n}`, glow, vivid)).join(''),
    `<circle cx="300" cy="300" r="298" fill="${sky.ground}"/>` +
      `<g fill="none" stroke-width="18" stroke-linecap="round">${palettes.map(({ vivid }, n) => arc(n, vivid)).join('')}</g>` +
      `<circle cx="300" cy="300" r="260" fill="#fff"/>${drawing}` +
      `<g fill="#fff" text-anchor="middle" font-family="Figtree, Avenir Next, Segoe UI, Helvetica, Arial, sans-serif">` +
      `${lettering(title, 478, 52, 800)}${lettering('CREATIVE COMMONS', 508, 17, 600, ' letter-spacing="3"')}` +
      `${lettering('CERTIFICATE', 531, 17, 600, ' letter-spacing="3"')}</g>`,
  );
}

/** Draws the mark of the service itself: the cairn alone, nearer, without words. */
export function renderIssuerSvg(name: string): string {
  const palettes = Object.values(MODULE_PALETTES);
  const stones = palettes.map((_, n) => stone(n, `url(#issuer-${n})`, ' stroke="#fff" stroke-width="3"')).join('');
  const zoom = ' transform="translate(-120 -70) scale(1.4)"';
  const { defs, drawing } = scene('issuer', TRACK_SKIES.core ?? OTHER_SKY, 284, stones, zoom);
  return frame(
    'issuer',
    `The mark of ${name}: a cairn of six coloured stones`,
    defs + palettes.map(({ glow, vivid }, n) => gradient(`issuer-${n}`, glow, vivid)).join(''),
    `<circle cx="300" cy="300" r="298" fill="#15173a"/><circle cx="300" cy="300" r="291" fill="#fff"/>${drawing}`,
  );
}
