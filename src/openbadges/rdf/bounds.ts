// What is looked at before a JSON-LD processor may touch a document that a stranger sent: that it is plain JSON of an
// honest size, and that nothing in it would pass unsigned or be read in two ways.
//
// Four things the processor itself lets through: a member named `__proto__` (lost when it clones), lone surrogates (two
// texts with one UTF-8 form), and keywords that move a statement away from where people and programs read it:
// `@included`, `@reverse`, `@nest`, `@graph` … The signature would be good, the badge's own `validUntil` gone.
//
// VC Data Model 2.0 (W3C Recommendation, 15 May 2025) §1.3 (a conforming document is a compact one), §6.1;
// VC Data Integrity 1.0 (15 May 2025) §5.12 on what canonicalization leaves out.

import { OpenBadgesError } from '../errors.ts';

// Honest badges hold some 200 values at a depth of 10. The processor compares the values of a property each with each
// (19,000 of them take 20 s, 6,000 take 0.7 s), and reads every context anew (10 ms for the two of a badge).
const DEEPEST = 64;
const MOST_VALUES = 6_000;
const MOST_LETTERS = 4 * 1024 * 1024;
const MOST_CONTEXTS = 64;

const VALUE_KEYWORDS = new Set(['@value', '@type', '@language', '@direction']);

interface Tally {
  values: number;
  letters: number;
  contexts: number;
}

const TO_ESCAPE = /[~/]/;

function step(pointer: string, key: string | number): string {
  // Most names need no escape, and each value of a document has a place, whether or not anything is wrong with it.
  if (typeof key === 'number' || !TO_ESCAPE.test(key)) return `${pointer}/${key}`;
  return `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

function tooMuch(what: string, pointer: string): OpenBadgesError {
  return new OpenBadgesError('ERR_OB_TOO_COMPLEX', what, { pointer });
}

function unsafe(what: string, pointer: string): OpenBadgesError {
  return new OpenBadgesError('ERR_OB_JSONLD', what, { pointer });
}

function checkText(text: string, pointer: string, tally: Tally): void {
  tally.letters += text.length;
  if (tally.letters > MOST_LETTERS) throw tooMuch(`A document holds at most ${MOST_LETTERS} letters.`, pointer);
  if (!text.isWellFormed()) throw unsafe('This text holds half a character (a lone surrogate).', pointer);
}

function checkKeyword(key: string, isValueObject: boolean, pointer: string): void {
  if (isValueObject ? VALUE_KEYWORDS.has(key) : key === '@context') return;
  const remedy = key === '@id' || key === '@type' ? `write "${key.slice(1)}"` : 'leave it out';
  throw unsafe(`The keyword ${JSON.stringify(key.slice(0, 40))} does not belong in a credential: ${remedy}.`, pointer);
}

// `isPlain`: keywords mean nothing here, because this is plain JSON or the inside of a context.
function walk(value: unknown, pointer: string, depth: number, isPlain: boolean, tally: Tally): void {
  tally.values += 1;
  if (tally.values > MOST_VALUES) throw tooMuch(`A document holds at most ${MOST_VALUES} values.`, pointer);
  if (depth > DEEPEST) throw tooMuch(`A document is nested at most ${DEEPEST} deep.`, pointer);
  if (typeof value === 'string') return checkText(value, pointer, tally);
  if (typeof value === 'number' && !Number.isFinite(value)) throw unsafe('This number is not a JSON number.', pointer);
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return;
  if (typeof value !== 'object') throw unsafe(`A ${typeof value} is not a JSON value.`, pointer);
  if (Array.isArray(value)) {
    value.forEach((member, index) => walk(member, step(pointer, index), depth + 1, isPlain, tally));
    return;
  }
  const isValueObject = Object.hasOwn(value, '@value');
  for (const [key, member] of Object.entries(value)) {
    const place = step(pointer, key);
    checkText(key, place, tally);
    if (key === '__proto__') throw unsafe('A member must not be named "__proto__".', place);
    if (key.startsWith('@') && !isPlain) checkKeyword(key, isValueObject, place);
    if (key === '@context') {
      tally.contexts += Array.isArray(member) ? member.length : 1;
      if (tally.contexts > MOST_CONTEXTS) throw tooMuch(`A document names at most ${MOST_CONTEXTS} contexts.`, place);
    }
    walk(member, place, depth + 1, isPlain || key === '@context', tally);
  }
}

/** Takes a document, throws ERR_OB_TOO_COMPLEX or ERR_OB_JSONLD with the place unless it is fit to be expanded. */
export function checkBounds(document: unknown): void {
  if (document === null || typeof document !== 'object' || Array.isArray(document)) {
    throw unsafe('A document to be signed or verified is one JSON object.', '');
  }
  walk(document, '', 0, false, { values: 0, letters: 0, contexts: 0 });
}

/** Takes plain JSON, throws ERR_OB_TOO_COMPLEX or ERR_OB_JSONLD (half characters, `__proto__`) with the place. */
export function checkJson(document: unknown): void {
  walk(document, '', 0, true, { values: 0, letters: 0, contexts: 0 });
}
