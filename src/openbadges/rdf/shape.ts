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
  /** Equal for documents of one shape. */
  key: string;
  /** The values of the slots: IRIs, each once, and texts, each as often as it stands. */
  values: string[];
  /** Whether a value has letters beyond the Basic Multilingual Plane, which sort otherwise than JavaScript does. */
  hasSurrogates: boolean;
}

type Json = Record<string, unknown>;

const ALWAYS_CONSTANT = ['type', '@type', '@language', '@direction', '@context'];

/** Members whose values some bundled context reads as terms of a vocabulary: they decide, so they are no slots. */
function constantMembers(): Set<string> {
  const members = new Set(ALWAYS_CONSTANT);
  const collect = (context: unknown): void => {
    if (Array.isArray(context)) return context.forEach(collect);
    if (context === null || typeof context !== 'object') return;
    for (const [term, definition] of Object.entries(context)) {
      if (definition === '@type' || definition === '@language') members.add(term);
      if (definition === null || typeof definition !== 'object') continue;
      const { '@type': type, '@id': id } = definition as Json;
      if (type === '@vocab' || type === '@json' || id === '@type' || id === '@language') members.add(term);
      collect((definition as Json)['@context']);
    }
  };
  for (const document of CONTEXTS.values()) collect((document as Json)['@context']);
  return members;
}

const CONSTANT = constantMembers();

// Schemes that no bundled context defines as a prefix (a test holds this), so that such an IRI is never expanded, and
// none of the letters that N-Quads cannot hold. `//` after the scheme is never a compact IRI (§5.2 step 6.2).
const PLAIN_IRI = /^(?:https?:\/\/|urn:|did:|mailto:)(?:[^\u0000-\u0020<>"{}|^`\\\u007f-\u009f%]|%[0-9A-Fa-f]{2})+$/;
const SURROGATE = /[\ud800-\udfff]/;

/** The letters of one document; more is for the full path to refuse. */
const MOST_LETTERS = 1_000_000;

const tokens = new Map<string, string>();
const TOKENS_MOST = 8192;

/**
 * A short name for a text that recurs, so that keys are short: a hash of the key is made for each document.
 * Once the table is full, the text itself, which begins with a quotation mark as no short name does.
 */
function token(text: string): string {
  let short = tokens.get(text);
  if (short === undefined) {
    if (tokens.size >= TOKENS_MOST) return JSON.stringify(text);
    tokens.set(text, (short = `$${tokens.size.toString(36)}`));
  }
  return short;
}

class Reading {
  key = '';
  readonly values: string[] = [];
  readonly slotOf = new Map<string, number>();
  hasSurrogates = false;
  letters = 0;

  /** False for what has no shape: inline contexts, texts that are no texts. */
  value(value: unknown, isConstant: boolean): boolean {
    if (typeof value === 'string') return isConstant ? this.constant(value) : this.slot(value);
    if (value === null || typeof value === 'number' || typeof value === 'boolean') {
      this.key += String(value) + (Object.is(value, -0) ? '-' : '');
      return true;
    }
    if (typeof value !== 'object') return false;
    if (Array.isArray(value)) {
      this.key += '[';
      for (const one of value) {
        if (!this.value(one, isConstant)) return false;
        this.key += ',';
      }
      this.key += ']';
      return true;
    }
    return this.object(value as Json);
  }

  private object(value: Json): boolean {
    this.key += '{';
    for (const name in value) {
      this.key += `${token(name)}:`;
      const member = value[name];
      if (name === '@context' && !isNamedContexts(member)) return false;
      if (!this.value(member, CONSTANT.has(name))) return false;
      this.key += ',';
    }
    this.key += '}';
    return true;
  }

  private constant(text: string): boolean {
    this.key += token(text);
    return true;
  }

  private slot(text: string): boolean {
    this.letters += text.length;
    if (this.letters > MOST_LETTERS) return false;
    if (SURROGATE.test(text)) {
      if (!text.isWellFormed()) return false;
      this.hasSurrogates = true;
    }
    if (!PLAIN_IRI.test(text)) {
      this.key += 't';
      this.values.push(text);
      return true;
    }
    let slot = this.slotOf.get(text);
    if (slot === undefined) {
      slot = this.values.push(text) - 1;
      this.slotOf.set(text, slot);
    }
    this.key += `i${slot}`;
    return true;
  }
}

function isNamedContexts(value: unknown): boolean {
  const contexts = Array.isArray(value) ? value : [value];
  return contexts.every((one) => typeof one === 'string' && CONTEXTS.has(one));
}

/** Takes a document, gives its shape; nothing when it has none and must take the full path. */
export function shapeOf(document: object): Shape | undefined {
  const reading = new Reading();
  if (!reading.value(document, false)) return undefined;
  return reading;
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
      if (!PLAIN_IRI.test(value)) return valueOf(slots++, leaves++, false);
      let slot = slotOf.get(value);
      if (slot === undefined) slotOf.set(value, (slot = slots++));
      return valueOf(slot, leaves++, true);
    }
    if (Array.isArray(value)) return value.map((one) => fill(one, isConstant));
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, fill(one, CONSTANT.has(name))]));
  };
  return fill(document, false) as object;
}
