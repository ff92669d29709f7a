// Lines of text as outlines, for pictures. The renderer of pictures can draw letters itself, but loses the blanks and
// misplaces the marks of Devanagari; outlines of letters shaped here look as the certificate's do.
import { openFont, type Weight } from './fonts.ts';
import { runsOf } from './text-runs.ts';

export interface Lettering {
  sizePx: number;
  weight: Weight;
  direction?: 'ltr' | 'rtl' | 'auto';
}

export interface DrawnLine {
  /** SVG: paths whose origin is the left end of the baseline. */
  drawing: string;
  widthPx: number;
}

/** How much thicker the outline of a face of one weight is drawn in a bolder one, in parts of the size. */
export const BOLDER: Record<Weight, number> = { regular: 0, semibold: 0.022, extrabold: 0.04 };

const round = (value: number): number => Math.round(value * 100) / 100;

/** Draws a line of text. */
export function drawLine(text: string, { sizePx, weight, direction = 'auto' }: Lettering): DrawnLine {
  let x = 0;
  let drawing = '';
  for (const { text: piece, face } of runsOf(text, direction)) {
    const font = openFont(face, weight);
    const scale = sizePx / font.unitsPerEm;
    const { glyphs, positions } = font.layout(piece);
    const bolder = face.oneWeight ? BOLDER[weight] * font.unitsPerEm : 0;
    const stroke = bolder ? ` stroke="currentColor" stroke-width="${round(bolder)}"` : '';
    for (const [n, glyph] of glyphs.entries()) {
      // The box for a letter that is not there: nothing is better.
      if (glyph.id === 0) continue;
      const { xAdvance, xOffset, yOffset } = positions[n]!;
      const outline = glyph.path.toSVG();
      if (outline)
        drawing += `<path transform="translate(${round(x + xOffset * scale)} ${round(-yOffset * scale)}) scale(${scale} ${-scale})"${stroke} d="${outline}"/>`;
      x += xAdvance * scale;
    }
  }
  return { drawing, widthPx: round(x) };
}

/**
 * A line no wider than there is room: first its letters grow smaller, then its end is left out.
 * @param measure gives the width of a text at a size.
 */
export function fitLine(
  text: string,
  room: { widthMax: number; size: number; sizeMin: number },
  measure: (text: string, size: number) => number,
): { text: string; size: number } {
  const whole = measure(text, room.size);
  const size = Math.min(room.size, Math.floor((room.size * room.widthMax) / whole));
  if (size >= room.sizeMin) return { text, size };
  const letters = [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment);
  while (letters.length > 1 && measure(`${letters.join('').trimEnd()}…`, room.sizeMin) > room.widthMax) letters.pop();
  return { text: `${letters.join('').trimEnd()}…`, size: room.sizeMin };
}

/** Breaks a text between words into lines that fit; a word that is wider stands alone. */
export function breakLines(text: string, fits: (line: string) => boolean): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : word;
    if (lines.length > 0 && fits(longer)) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
