// Writes lines into a PDF as real letters: shaped, right to left where they are, found by a search and read aloud.
// The library shapes a run rightly but knows neither several fonts in a line nor lines that turn, and lays words of one
// run in the order of reading unless it is given features; hence runs of our own, each placed by its width.
import type PDFDocument from 'pdfkit';
import { BOLDER, breakLines } from './lettering.ts';
import { openFont, type Weight } from './fonts.ts';
import { runsOf, type Run } from './text-runs.ts';

export type PdfDocument = InstanceType<typeof PDFDocument>;

export interface Hand {
  size: number;
  weight: Weight;
  colour: string;
}

/** A column of the page: lines begin at its start, which is its right edge in a page that runs right to left. */
export interface Column {
  x: number;
  width: number;
  align: 'left' | 'right' | 'center';
}

// Letters go to the font as they are: kerning and ligatures are on by themselves, and a list, though empty, keeps the
// library from cutting the run into words.
const SHAPED = { lineBreak: false, features: [] as PDFKit.Mixins.OpenTypeFeatures[] };

// Letters that stand for themselves one by one.
const SIMPLE = /^[\p{Script=Latin}\p{Script=Common}]*$/u;

export interface Pen {
  widthOf(text: string, hand: Pick<Hand, 'size' | 'weight'>): number;
  /** Breaks a text into at most so many lines; the last ends in an ellipsis if there was more. */
  linesOf(text: string, hand: Pick<Hand, 'size' | 'weight'>, width: number, linesMax: number): string[];
  /** Writes one line whose letters stand on `baseline`, in the direction of its paragraph. */
  write(text: string, hand: Hand, column: Column, baseline: number, direction?: 'ltr' | 'rtl' | 'auto'): void;
}

/** A pen for a document. */
export function makePen(document: PdfDocument): Pen {
  const take = (run: Run, { size, weight }: Pick<Hand, 'size' | 'weight'>): string => {
    const font = openFont(run.face, weight);
    document.font(font as never).fontSize(size);
    // The joiners of another script: no ink, and a box where the font has no place for them.
    return [...run.text].filter((letter) => font.hasGlyphForCodePoint(letter.codePointAt(0)!)).join('');
  };
  const widthOf: Pen['widthOf'] = (text, hand) =>
    runsOf(text).reduce((sum, run) => sum + document.widthOfString(take(run, hand), SHAPED), 0);

  return {
    widthOf,
    linesOf(text, hand, width, linesMax) {
      const lines = breakLines(text, (line) => widthOf(line, hand) <= width);
      if (lines.length <= linesMax) return lines;
      const kept = lines.slice(0, linesMax);
      let last = kept[linesMax - 1]!;
      while (widthOf(`${last}…`, hand) > width && last.includes(' ')) last = last.slice(0, last.lastIndexOf(' '));
      kept[linesMax - 1] = `${last.replace(/[\s.,;:]+$/, '')}…`;
      return kept;
    },
    write(text, hand, { x, width, align }, baseline, direction = 'auto') {
      const runs = runsOf(text, direction);
      const widths = runs.map((run) => document.widthOfString(take(run, hand), SHAPED));
      const whole = widths.reduce((sum, one) => sum + one, 0);
      let at = align === 'left' ? x : align === 'right' ? x + width - whole : x + (width - whole) / 2;
      // What is copied and read aloud: glyphs in the order of the eye would come out backwards (ISO 32000-1, 14.9.4).
      document.markContent('Span', (SIMPLE.test(text) ? {} : { actual: text }) as never);
      for (const [n, run] of runs.entries()) {
        const letters = take(run, hand);
        const bolder = run.face.oneWeight ? BOLDER[hand.weight] * hand.size : 0;
        document.fillColor(hand.colour).strokeColor(hand.colour).lineWidth(bolder);
        document.text(letters, at, baseline, { ...SHAPED, baseline: 'alphabetic', fill: true, stroke: bolder > 0 });
        at += widths[n]!;
      }
      document.endMarkedContent();
    },
  };
}
