// The shape of a document: everything about it but the values that may differ from badge to badge. Documents of one
// shape have canonical N-Quads that are the same but for those values.
//
// What decides how JSON-LD is read stays in the shape: contexts, members and their order, nesting, lengths of lists,
// types, vocabulary terms, numbers and booleans, which values are IRIs, and which IRIs are equal. What remains are
// slots: IRIs that stand for themselves under every bundled context, and texts.
//
// JSON-LD 1.1 Processing Algorithms and API (W3C Recommendation, 16 July 2020) §5.2 IRI Expansion, §5.3 Value Expansion.

import { CONTEXTS } from '../contexts.ts';

/** A document with its values taken out. */
export interface Shape {
  /** Equal for documents of one shape: bytes, one a letter. */
  key: string;
  /** The values of the slots: IRIs, each once, and texts, each as often as it stands. */
  values: string[];
}

type Json = Record<string, unknown>;

/** What a bundled context says of a word: its number in keys, and whether the values under it decide. */
interface Word {
  number: number;
  isConstant: boolean;
}

/**
 * Every word of the bundled contexts. Values of members that some context reads as types, languages or terms of a
 * vocabulary decide how a document is read, so they are no slots. Only these words have numbers, since a table that
 * grew with what strangers send would be theirs to fill.
 */
function bundledWords(): Map<string, Word> {
  const words = new Map<string, Word>();
  const learn = (text: string, isConstant = false): void => {
    const known = words.get(text);
    if (known) known.isConstant ||= isConstant;
    else words.set(text, { number: words.size, isConstant });
  };
  const read = (context: unknown): void => {
    if (Array.isArray(context)) return context.forEach(read);
    if (context === null || typeof context !== 'object') return;
    for (const [term, definition] of Object.entries(context)) {
      learn(term, definition === '@type' || definition === '@language');
      if (definition === null || typeof definition !== 'object') continue;
      const { '@type': type, '@id': id } = definition as Json;
      learn(term, type === '@vocab' || type === '@json' || id === '@type' || id === '@language');
      read((definition as Json)['@context']);
    }
  };
  for (const keyword of ['type', '@type', '@language', '@direction', '@context']) learn(keyword, true);
  for (const [url, document] of CONTEXTS) {
    learn(url);
    read((document as Json)['@context']);
  }
  return words;
}

const WORDS: ReadonlyMap<string, Word> = bundledWords();

// Schemes that no bundled context defines as a prefix (a test holds this), so that such an IRI is never expanded; `//`
// after the scheme is never a compact IRI (§5.2 step 6.2). Without the letters that N-Quads cannot hold, without white
// space of any script, which makes an IRI a relative one to the processor, and without letters beyond the Basic
// Multilingual Plane, which sort otherwise than in JavaScript.
const PLAIN_IRI =
  /^(?:https?:\/\/|urn:|did:|mailto:)(?:[^\s\u0000-\u0020<>"{}|^`\\\u007f-\u009f%\ud800-\udfff]|%[0-9A-Fa-f]{2})+$/;

// A shape is for badges: bounds far below those of the full path (bounds.ts), which says what is wrong beyond them.
export const MOST_LETTERS = 1_000_000;
const LONGEST_KEY = 32_768;
const DEEPEST = 64;

/** Whether the texts of a member decide how a document is read. */
export function isConstantWord(name: string): boolean {
  return WORDS.get(name)?.isConstant ?? false;
}

/** Whether a text is an IRI that stands for itself. The first letter tells most others at a tenth of the cost. */
export function isIri(text: string): boolean {
  const first = text.charCodeAt(0);
  return (first === 0x68 || first === 0x75 || first === 0x64 || first === 0x6d) && PLAIN_IRI.test(text);
}

/** Whether an object is as JSON.parse makes them. */
export function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function isNamedContexts(value: unknown): boolean {
  return Array.isArray(value) ? value.every(isNamedContexts) : typeof value === 'string' && CONTEXTS.has(value);
}

// A key is bytes, of which each says what follows, so that no two shapes have one key: the number of a word, a text as
// JSON, a text slot, the number of an IRI slot, a scalar, the beginning and end of an object and of a list.
const WORD = 1;
const WRITTEN = 2;
const TEXT_SLOT = 3;
const IRI_SLOT = 4;
const SCALAR = 5;
const OBJECT = 6;
const LIST = 7;
const END = 0;

// Of the one reading that is under way. Written in place, and functions instead of an object: a reading takes 7 µs, and
// took 13.
const bytes = Buffer.alloc(LONGEST_KEY + 16);
let size = 0;
let letters = 0;
let values: string[] = [];
let slotOf = new Map<string, number>();

/** False for what has no shape: inline contexts, what is no JSON, what is too much. */
function read(value: unknown, isConstant: boolean, depth: number): boolean {
  if (typeof value === 'string') return isConstant ? readWord(value, WORDS.get(value)) : readSlot(value);
  if (value === null || typeof value === 'number' || typeof value === 'boolean') {
    bytes[size++] = SCALAR;
    return writeText(Object.is(value, -0) ? '-0' : String(value));
  }
  if (typeof value !== 'object' || depth > DEEPEST) return false;
  if (!Array.isArray(value)) return readObject(value as Json, depth);
  bytes[size++] = LIST;
  for (const one of value) if (!read(one, isConstant, depth + 1)) return false;
  bytes[size++] = END;
  return true;
}

function readObject(value: Json, depth: number): boolean {
  if (!isPlain(value)) return false;
  bytes[size++] = OBJECT;
  for (const name in value) {
    const word = WORDS.get(name);
    const member = value[name];
    if (name === '@context' && !isNamedContexts(member)) return false;
    if (!readWord(name, word) || !read(member, word !== undefined && word.isConstant, depth + 1)) return false;
  }
  bytes[size++] = END;
  return true;
}

function readWord(text: string, word: Word | undefined): boolean {
  if (word === undefined) {
    bytes[size++] = WRITTEN;
    return writeText(JSON.stringify(text));
  }
  bytes[size++] = WORD;
  return writeNumber(word.number);
}

function readSlot(text: string): boolean {
  letters += text.length;
  if (letters > MOST_LETTERS) return false;
  if (!isIri(text)) {
    bytes[size++] = TEXT_SLOT;
    values.push(text);
    return size < LONGEST_KEY;
  }
  let slot = slotOf.get(text);
  if (slot === undefined) {
    slot = values.push(text) - 1;
    slotOf.set(text, slot);
  }
  bytes[size++] = IRI_SLOT;
  return writeNumber(slot);
}

function writeNumber(number: number): boolean {
  bytes[size++] = number >> 8;
  bytes[size++] = number & 0xff;
  return size < LONGEST_KEY;
}

/** A text of JSON, which holds no byte 0. */
function writeText(json: string): boolean {
  if (size + 3 * json.length > LONGEST_KEY) return false;
  size += bytes.write(json, size);
  bytes[size++] = END;
  return size < LONGEST_KEY;
}

/** Takes a document, gives its shape; nothing when it has none and must take the full path. */
export function shapeOf(document: object): Shape | undefined {
  size = letters = 0;
  values = [];
  slotOf = new Map();
  return read(document, false, 0) ? { key: bytes.toString('latin1', 0, size), values } : undefined;
}

/**
 * The document with other values in its slots, for compiling.
 * @param valueOf gives the value of a leaf by its slot, its number among all leaves, and whether it is an IRI.
 */
export function withValues(document: object, valueOf: (slot: number, leaf: number, isIri: boolean) => string): object {
  const slotOf = new Map<string, number>();
  let slots = 0;
  let leaves = 0;
  const fill = (value: unknown, isConstant: boolean): unknown => {
    if (typeof value === 'string') {
      if (isConstant) return value;
      if (!isIri(value)) return valueOf(slots++, leaves++, false);
      let slot = slotOf.get(value);
      if (slot === undefined) slotOf.set(value, (slot = slots++));
      return valueOf(slot, leaves++, true);
    }
    if (Array.isArray(value)) return value.map((one) => fill(one, isConstant));
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, fill(one, isConstantWord(name))]));
  };
  return fill(document, false) as object;
}
