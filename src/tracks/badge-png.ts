// Badge images as PNG, rendered from the SVG, for wallets that show nothing else and for baking.
//
// The renderer draws no text at all, silently, from web fonts, and forgets every option when it meets one that it does
// not know: so the fonts are TrueType files from an npm package, named one by one, and nothing is taken from the system,
// which would make the same badge look different on two machines.
import { fileURLToPath } from 'node:url';
import { Resvg } from '@resvg/resvg-js';

const FONT_FILES = ['600SemiBold/Figtree_600SemiBold.ttf', '800ExtraBold/Figtree_800ExtraBold.ttf'].map((file) =>
  fileURLToPath(import.meta.resolve(`@expo-google-fonts/figtree/${file}`)),
);

/** Sizes beyond this are for posters, and cost a second of one core. */
export const LARGEST_PX = 2048;

// A rendering takes some 30 ms of the event loop; there are a dozen images in two or three sizes.
const KEPT = 64;
const rendered = new Map<string, Buffer>();

/**
 * Renders an SVG of {@link renderBadgeSvg} as a square PNG. Renderings are kept in memory.
 * @param sizePx its breadth, from 16 to {@link LARGEST_PX}.
 * @throws RangeError for another size.
 */
export function renderBadgePng(svg: string, sizePx: number): Buffer {
  if (!Number.isInteger(sizePx) || sizePx < 16 || sizePx > LARGEST_PX)
    throw new RangeError(`sizePx must be a whole number from 16 to ${LARGEST_PX}, not ${sizePx}.`);
  const key = `${sizePx} ${svg}`;
  const known = rendered.get(key);
  if (known) return known;
  const png = new Resvg(svg, {
    fitTo: { mode: 'width', value: sizePx },
    font: { loadSystemFonts: false, fontFiles: FONT_FILES, defaultFontFamily: 'Figtree' },
  })
    .render()
    .asPng();
  const [oldest] = rendered.keys();
  if (rendered.size >= KEPT && oldest !== undefined) rendered.delete(oldest);
  rendered.set(key, png);
  return png;
}
