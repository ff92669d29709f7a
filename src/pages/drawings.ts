// What the pages draw themselves: the cairn that is our mark, and the signs of a state. Signs differ in shape, never by
// colour alone (WCAG 2.2, 12 December 2024, 1.4.1), and are hidden from screen readers, which read the word beside them.
import { html, type Html } from './html.ts';

/** Stones from the ground up: centre, half width, half height, tilt in degrees. */
const STONES: readonly (readonly [number, number, number, number, number])[] = [
  [32, 56, 25, 6.2, 0],
  [31, 46, 20.5, 5.6, -2],
  [33, 36.6, 16.5, 5, 3],
  [31.2, 28, 13, 4.7, -3],
  [32.6, 19.6, 9.6, 4.4, 3],
  [31.8, 11.6, 6, 3.9, -5],
];

/** The mark: six stones, each in the colour of a module. */
export function cairnMark(className = 'mark'): Html {
  return html`<svg class="${className}" viewBox="0 0 64 64" aria-hidden="true" focusable="false">
    ${STONES.map(
      ([x, y, rx, ry, tilt], n) =>
        html`<ellipse
          class="stone-${n}"
          cx="${x}"
          cy="${y}"
          rx="${rx}"
          ry="${ry}"
          transform="rotate(${tilt} ${x} ${y})"
        />`,
    )}
  </svg>`;
}

export type Sign = 'good' | 'warn' | 'bad' | 'unknown' | 'none';

const SIGNS: Record<Sign, Html> = {
  good: html`<circle cx="12" cy="12" r="11" class="sign-ground" /><path
      d="M6.5 12.5l3.8 3.8 7.2-8.2"
      class="sign-line"
    />`,
  warn: html`<path d="M12 1.8 23 21.4H1z" class="sign-ground" /><path d="M12 8.6v6M12 17.6v.6" class="sign-line" />`,
  bad: html`<path d="M7.5 1h9L23 7.5v9L16.5 23h-9L1 16.5v-9z" class="sign-ground" /><path
      d="M8 8l8 8M16 8l-8 8"
      class="sign-line"
    />`,
  unknown: html`<circle cx="12" cy="12" r="11" class="sign-ground" /><path
      d="M8.8 9.2c0-4.4 6.6-4.2 6.6-.3 0 2.6-3.3 2.6-3.3 5.3M12.1 17.7v.5"
      class="sign-line"
    />`,
  none: html`<circle cx="12" cy="12" r="10" class="sign-ring" /><path d="M8 12h8" class="sign-line" />`,
};

/** The sign of a state. */
export function sign(kind: Sign): Html {
  return html`<svg class="sign sign-${kind}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    ${SIGNS[kind]}
  </svg>`;
}

/** A trail that climbs over cairns of one to six stones, for the first page. */
export function trailDrawing(): Html {
  const cairn = (x: number, y: number, stones: number, scale: number): Html =>
    html`<g transform="translate(${x} ${y}) scale(${scale})"
      >${STONES.slice(0, stones).map(
        ([cx, cy, rx, ry, tilt], n) =>
          html`<ellipse
            class="stone-${n}"
            cx="${cx - 32}"
            cy="${cy - 61}"
            rx="${rx}"
            ry="${ry}"
            transform="rotate(${tilt})"
          />`,
      )}</g
    >`;
  return html`<svg
    class="trail-drawing"
    viewBox="0 0 760 250"
    aria-hidden="true"
    focusable="false"
    preserveAspectRatio="xMidYMax slice"
  >
    <circle class="sun" cx="668" cy="98" r="54" />
    <path class="hill hill-far" d="M0 176 C90 126 150 156 230 116 S370 66 450 101 S620 30 760 84 V250 H0Z" />
    <path class="hill hill-mid" d="M0 211 C120 166 210 201 320 166 S520 116 600 136 S710 106 760 98 V250 H0Z" />
    <path class="hill hill-near" d="M0 234 C160 206 300 228 430 202 S650 176 760 156 V250 H0Z" />
    <path class="path-line" d="M36 246 C120 204 190 222 262 198 S400 184 470 160 S560 140 622 132 S690 112 718 104" />
    ${[cairn(74, 228, 1, 0.5), cairn(196, 214, 2, 0.54), cairn(318, 192, 3, 0.58), cairn(438, 172, 4, 0.64), cairn(560, 142, 5, 0.72), cairn(690, 116, 6, 0.95)]}
  </svg>`;
}
