// Fonts for the pictures that hold people's names. The renderer draws an empty box for a letter that no font has and
// says nothing, so the scripts of a text are told first, and only the files for them are read: each costs a rendering
// some milliseconds. TrueType from npm; nothing of the system, which differs from machine to machine.
import { fileURLToPath } from 'node:url';

function fontFile(family: string, file: string): string {
  return fileURLToPath(import.meta.resolve(`@expo-google-fonts/${family}/${file}`));
}

const ALWAYS = [
  fontFile('figtree', '600SemiBold/Figtree_600SemiBold.ttf'),
  fontFile('figtree', '800ExtraBold/Figtree_800ExtraBold.ttf'),
];

// What Figtree has: ASCII, Latin-1, Latin Extended-A, and the marks of print.
const PLAIN = /^[\u0020-\u017f\u2010-\u2027\u2030-\u203a]*$/;

const SCRIPTS: [RegExp, string][] = [
  [
    /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]/u,
    fontFile('noto-sans', '600SemiBold/NotoSans_600SemiBold.ttf'),
  ],
  [/\p{Script=Arabic}/u, fontFile('noto-sans-arabic', '600SemiBold/NotoSansArabic_600SemiBold.ttf')],
  [/\p{Script=Hebrew}/u, fontFile('noto-sans-hebrew', '600SemiBold/NotoSansHebrew_600SemiBold.ttf')],
  [/\p{Script=Devanagari}/u, fontFile('noto-sans-devanagari', '600SemiBold/NotoSansDevanagari_600SemiBold.ttf')],
];
const DRAWABLE =
  /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Devanagari}\p{Script=Common}\p{Script=Inherited}]*$/u;
const PICTOGRAPH = /\p{Extended_Pictographic}/u;

/** The families in the order in which letters are looked for. */
export const FONT_FAMILIES = 'Figtree, Noto Sans, Noto Sans Arabic, Noto Sans Hebrew, Noto Sans Devanagari';

/** Whether every letter of a text can be drawn. */
export function isDrawable(text: string): boolean {
  return PLAIN.test(text) || (DRAWABLE.test(text) && !PICTOGRAPH.test(text));
}

/** The files that a text needs, those of our own words included. */
export function fontFilesFor(text: string): string[] {
  if (PLAIN.test(text)) return ALWAYS;
  return [...ALWAYS, ...SCRIPTS.filter(([script]) => script.test(text)).map(([, file]) => file)];
}
