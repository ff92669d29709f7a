// Fonts for what is drawn with people's names in it: preview pictures and certificates. Renderers draw an empty box for
// a letter that no font has and say nothing, and where they look for letters in several fonts they shape across the
// seam wrongly (Devanagari lost its blanks and its marks). So a text is cut by script first, each piece is drawn by the
// one font that has it, and what cannot be drawn is known beforehand. TrueType from npm; nothing of the system, which
// differs from machine to machine.
import { fileURLToPath } from 'node:url';
import { openSync, type Font } from 'fontkit';

export type Weight = 'regular' | 'semibold' | 'extrabold';

/** A family of one look. Where only one weight is there, it stands in the place of all. */
export interface Face {
  family: string;
  files: Record<Weight, string>;
  /** Bolder weights have to be drawn with a thicker outline. */
  oneWeight: boolean;
}

const FOLDERS: Record<Weight, string> = { regular: '400Regular', semibold: '600SemiBold', extrabold: '800ExtraBold' };

function makeFace(family: string, name: string, only?: Weight): Face {
  const file = (weight: Weight): string => {
    const folder = FOLDERS[only ?? weight];
    const path = `@expo-google-fonts/${name}/${folder}/${family.replaceAll(' ', '')}_${folder}.ttf`;
    return fileURLToPath(import.meta.resolve(path));
  };
  const files = { regular: file('regular'), semibold: file('semibold'), extrabold: file('extrabold') };
  return { family, files, oneWeight: only !== undefined };
}

const FIGTREE = makeFace('Figtree', 'figtree');
const NOTO = makeFace('Noto Sans', 'noto-sans');

const SCRIPTS: [RegExp, Face][] = [
  [/[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]/u, NOTO],
  [/\p{Script=Arabic}/u, makeFace('Noto Sans Arabic', 'noto-sans-arabic')],
  [/\p{Script=Hebrew}/u, makeFace('Noto Sans Hebrew', 'noto-sans-hebrew')],
  [/\p{Script=Devanagari}/u, makeFace('Noto Sans Devanagari', 'noto-sans-devanagari')],
  [
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}]/u,
    makeFace('Chocolate Classical Sans', 'chocolate-classical-sans', 'regular'),
  ],
  [/\p{Script=Hangul}/u, makeFace('Gowun Dodum', 'gowun-dodum', 'regular')],
];

const ALL = SCRIPTS.map(([, face]) => face);

// What Figtree has: ASCII, Latin-1, Latin Extended-A, and the marks of print.
const PLAIN = /^[\u0020-\u017f\u2010-\u2027\u2030-\u203a]*$/;
// The files of our own words.
export const FIGTREE_FILES = Object.values(FIGTREE.files);

// Joiners and the like leave no ink.
const INVISIBLE = /^\p{Default_Ignorable_Code_Point}$/u;
const PICTOGRAPHS = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\u20e3\ufe0f]\u200d?/gu;

const opened = new Map<string, Font>();

/** The font of a face; files are read when they are first needed, those of the Han script take 12 MB. */
export function openFont(face: Face, weight: Weight): Font {
  const file = face.files[weight];
  const known = opened.get(file);
  if (known) return known;
  const font = openSync(file) as Font;
  opened.set(file, font);
  return font;
}

const has = (face: Face, letter: string): boolean =>
  openFont(face, 'regular').hasGlyphForCodePoint(letter.codePointAt(0)!);

/** A piece of a text that one face draws. */
export interface Piece {
  text: string;
  face: Face;
}

/**
 * Cuts a text into pieces of one face each, in the order in which it is read. Blanks, digits and marks go with the
 * piece before them. A word of Latin letters is never of two faces: one that Figtree lacks moves all to Noto Sans.
 */
export function cutByFace(text: string): Piece[] {
  // The dot between foreign names in Japanese is in none of the fonts; the middle dot looks the same.
  const letters = [...text.normalize('NFC').replace(/[\u30fb\uff65]/g, '·')];
  const faceOf = (letter: string): Face | undefined => SCRIPTS.find(([script]) => script.test(letter))?.[1];
  const own = letters.map(faceOf);
  const latin = letters.every((letter, n) => (own[n] ?? NOTO) !== NOTO || PLAIN.test(letter)) ? FIGTREE : NOTO;
  const faces = own.map((face) => (face === NOTO ? latin : face));
  let current = faces.find((face) => face) ?? latin;
  const pieces: Piece[] = [];
  for (const [n, letter] of letters.entries()) {
    const wanted = faces[n] ?? current;
    const settled = faces[n] || INVISIBLE.test(letter) || has(wanted, letter);
    current = settled ? wanted : ([latin, ...ALL].find((face) => has(face, letter)) ?? latin);
    const last = pieces.at(-1);
    if (last?.face === current) last.text += letter;
    else pieces.push({ text: letter, face: current });
  }
  return pieces;
}

/** Whether every letter of a text can be drawn. */
export function isDrawable(text: string): boolean {
  if (PLAIN.test(text)) return true;
  return cutByFace(text).every(({ text: piece, face }) =>
    [...piece].every((letter) => INVISIBLE.test(letter) || has(face, letter)),
  );
}

/**
 * A name as it can be drawn: pictographs are left out.
 * @returns undefined where letters are left for which there is no font; a name of empty boxes would be worse than none.
 */
export function drawableName(name: string | undefined): string | undefined {
  const plain = name?.replace(PICTOGRAPHS, '').replace(/\s+/g, ' ').trim();
  return plain && isDrawable(plain) ? plain : undefined;
}
