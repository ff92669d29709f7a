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

/** A walk under way: what was counted, and the names that lead to where it is. */
interface Walk {
  values: number;
  letters: number;
  contexts: number;
  path: (string | number)[];
}

/** The place as a JSON pointer (RFC 6901, April 2013); written for what is wrong, and not for each value that is right. */
function pointerOf({ path }: Walk): string {
  return path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

function tooMuch(what: string, walk: Walk): OpenBadgesError {
  return new OpenBadgesError('ERR_OB_TOO_COMPLEX', what, { pointer: pointerOf(walk) });
}

function unsafe(what: string, walk: Walk): OpenBadgesError {
  return new OpenBadgesError('ERR_OB_JSONLD', what, { pointer: pointerOf(walk) });
}

function checkText(text: string, walk: Walk): void {
  walk.letters += text.length;
  if (walk.letters > MOST_LETTERS) throw tooMuch(`A document holds at most ${MOST_LETTERS} letters.`, walk);
  if (!text.isWellFormed()) throw unsafe('This text holds half a character (a lone surrogate).', walk);
}

function checkKeyword(key: string, isValueObject: boolean, walk: Walk): void {
  if (isValueObject ? VALUE_KEYWORDS.has(key) : key === '@context') return;
  const remedy = key === '@id' || key === '@type' ? `write "${key.slice(1)}"` : 'leave it out';
  throw unsafe(`The keyword ${JSON.stringify(key.slice(0, 40))} does not belong in a credential: ${remedy}.`, walk);
}

// `isPlain`: keywords mean nothing here, because this is plain JSON or the inside of a context.
function check(value: unknown, isPlain: boolean, walk: Walk): void {
  walk.values += 1;
  if (walk.values > MOST_VALUES) throw tooMuch(`A document holds at most ${MOST_VALUES} values.`, walk);
  if (walk.path.length > DEEPEST) throw tooMuch(`A document is nested at most ${DEEPEST} deep.`, walk);
  if (typeof value === 'string') return checkText(value, walk);
  if (typeof value === 'number' && !Number.isFinite(value)) throw unsafe('This number is not a JSON number.', walk);
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return;
  if (typeof value !== 'object') throw unsafe(`A ${typeof value} is not a JSON value.`, walk);
  if (Array.isArray(value)) {
    value.forEach((member, index) => {
      walk.path.push(index);
      check(member, isPlain, walk);
      walk.path.pop();
    });
    return;
  }
  const isValueObject = Object.hasOwn(value, '@value');
  for (const key of Object.keys(value)) {
    walk.path.push(key);
    checkMember(key, (value as Record<string, unknown>)[key], isValueObject, isPlain, walk);
    walk.path.pop();
  }
}

function checkMember(key: string, member: unknown, isValueObject: boolean, isPlain: boolean, walk: Walk): void {
  checkText(key, walk);
  if (key === '__proto__') throw unsafe('A member must not be named "__proto__".', walk);
  if (key.startsWith('@') && !isPlain) checkKeyword(key, isValueObject, walk);
  if (key === '@context') {
    walk.contexts += Array.isArray(member) ? member.length : 1;
    if (walk.contexts > MOST_CONTEXTS) throw tooMuch(`A document names at most ${MOST_CONTEXTS} contexts.`, walk);
  }
  check(member, isPlain || key === '@context', walk);
}

const begin = (): Walk => ({ values: 0, letters: 0, contexts: 0, path: [] });

/** Takes a document, throws ERR_OB_TOO_COMPLEX or ERR_OB_JSONLD with the place unless it is fit to be expanded. */
export function checkBounds(document: unknown): void {
  if (document === null || typeof document !== 'object' || Array.isArray(document)) {
    throw unsafe('A document to be signed or verified is one JSON object.', begin());
  }
  check(document, false, begin());
}

/** Takes plain JSON, throws ERR_OB_TOO_COMPLEX or ERR_OB_JSONLD (half characters, `__proto__`) with the place. */
export function checkJson(document: unknown): void {
  check(document, true, begin());
}
