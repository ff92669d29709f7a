// A line of text as a drawer of letters needs it: runs of one face and one direction, from left to right as the eye
// meets them. Drawers shape what they are given, but do not know that a name can turn in mid-sentence.
// Unicode Bidirectional Algorithm, UAX #9 revision 50 (Unicode 17.0, September 2025): levels come from bidi-js, which
// leaves rule L2 to us, since runs are turned here, not letters.
import bidiFactory, { type Bidi } from 'bidi-js';
import { cutByFace, type Piece } from './fonts.ts';

// Its types are written for another module system than its code.
const bidi = (bidiFactory as unknown as () => Bidi)();

/** A run in the order of reading; whoever draws it lays right-to-left letters from the right themselves. */
export interface Run extends Piece {
  level: number;
}

function cutByLevel(text: string, levels: Uint8Array, mirrored: Map<number, string>): Run[] {
  const runs: Run[] = [];
  let at = 0;
  for (const { text: piece, face } of cutByFace(text)) {
    for (const letter of piece) {
      const level = levels[at] ?? 0;
      const shown = mirrored.get(at) ?? letter;
      at += letter.length;
      const last = runs.at(-1);
      if (last?.face === face && last.level === level) last.text += shown;
      else runs.push({ text: shown, face, level });
    }
  }
  return runs;
}

/**
 * The runs of one line from left to right.
 * @param direction that of the line; `auto` takes it from the first letter that has one.
 */
export function runsOf(text: string, direction: 'ltr' | 'rtl' | 'auto' = 'auto'): Run[] {
  // Composed beforehand as `cutByFace` would, so that levels and letters stay in step. What has no ink goes, but for the
  // joiners, by which Arabic and Devanagari are shaped.
  const line = text.normalize('NFC').replace(/(?![\u200c\u200d])\p{Default_Ignorable_Code_Point}/gu, '');
  const embedding = bidi.getEmbeddingLevels(line, direction);
  const runs = cutByLevel(line, embedding.levels, bidi.getMirroredCharactersMap(line, embedding.levels));
  const levels = runs.map(({ level }) => level);
  // L2: from the deepest level to the lowest odd one, turn every stretch that is at least so deep.
  for (let level = Math.max(0, ...levels); level > 0; level--) {
    for (let start = 0; start < runs.length; start++) {
      let end = start;
      while (end < runs.length && runs[end]!.level >= level) end++;
      if (end > start) runs.splice(start, end - start, ...runs.slice(start, end).reverse());
      start = end;
    }
  }
  return runs;
}
