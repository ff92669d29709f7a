// Reads the tags of an XML document one after the other, knowing namespaces and nothing else.
//
// A badge's SVG is hostile until shown otherwise. This scanner expands no entity but the five of XML itself, skips the
// document type without reading it, fetches nothing, goes over the text once, and stops at a depth that no drawing has.
//
// XML 1.0 Fifth Edition (W3C, 26 November 2008) §2, §4.6; Namespaces in XML 1.0 Third Edition (8 December 2009).

import { refuseImage } from './baked-text.ts';

// No drawing of a badge comes near these; together they bound the work of looking namespaces up.
const MOST_DEPTH = 100;
const MOST_TAGS = 200_000;
const MOST_ATTRIBUTES = 512;

export interface StartTag {
  /** Position of `<` and the position after `>`. */
  start: number;
  end: number;
  name: string;
  selfClosing: boolean;
  /** Values as written, entities not decoded. */
  attributes: ReadonlyMap<string, string>;
  namespace: string;
  localName: string;
  depth: number;
  /** The namespace bound to a prefix here. */
  lookUp(prefix: string): string | undefined;
}

/** Namespaces declared on one element, and those around it. */
interface Scope {
  declared: ReadonlyMap<string, string>;
  outer: Scope | undefined;
}

interface OpenTag {
  name: string;
  scope: Scope | undefined;
}

function lookUpIn(scope: Scope | undefined, prefix: string): string | undefined {
  for (let one = scope; one; one = one.outer) {
    const namespace = one.declared.get(prefix);
    if (namespace !== undefined) return namespace;
  }
  return undefined;
}

const PREDEFINED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function decodeReference(name: string): string {
  if (Object.hasOwn(PREDEFINED, name)) return PREDEFINED[name]!;
  const number = /^#x[0-9a-fA-F]{1,6}$/.test(name)
    ? Number.parseInt(name.slice(2), 16)
    : /^#[0-9]{1,7}$/.test(name)
      ? Number(name.slice(1))
      : -1;
  if (number < 1 || number > 0x10ffff || (number >= 0xd800 && number <= 0xdfff))
    refuseImage('The SVG uses an entity that is none of the five of XML; entities are not expanded.');
  return String.fromCodePoint(number);
}

/** Decodes the five entities of XML and character references; throws ERR_OB_IMAGE_MALFORMED for any other. */
export function decodeEntities(text: string): string {
  return text.replace(/&([^;&]{0,12})(;?)/g, (_whole, name: string, semicolon: string) => {
    if (semicolon === '') refuseImage('The SVG holds an ampersand that begins no entity.');
    return decodeReference(name);
  });
}

function skipTo(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at < 0 ? refuseImage('The SVG ends too early.') : at + mark.length;
}

/** Skips `<!DOCTYPE …>` with its internal subset, in which quotes and comments may hold any bracket. */
function skipDoctype(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === '"' || sign === "'") at = skipTo(text, sign, at + 1) - 1;
    else if (text.startsWith('<!--', at)) at = skipTo(text, '-->', at + 4) - 1;
    else if (text.startsWith('<?', at)) at = skipTo(text, '?>', at + 2) - 1;
    else if (sign === '[') depth += 1;
    else if (sign === ']') depth -= 1;
    else if (sign === '>' && depth <= 0) return at + 1;
  }
  return refuseImage('The SVG ends inside its document type.');
}

const isBlank = (sign: string | undefined): boolean => sign === ' ' || sign === '\n' || sign === '\t' || sign === '\r';

function nameEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && !isBlank(text[at]) && !'/>=<"\''.includes(text[at]!)) at += 1;
  return at === from ? refuseImage('The SVG holds a tag without a name.') : at;
}

function readAttributes(text: string, from: number): { attributes: Map<string, string>; at: number } {
  const attributes = new Map<string, string>();
  let at = from;
  for (;;) {
    while (isBlank(text[at])) at += 1;
    if (at >= text.length) refuseImage('The SVG ends inside a tag.');
    if (text[at] === '>' || text[at] === '/') return { attributes, at };
    const end = nameEnd(text, at);
    const name = text.slice(at, end);
    at = end;
    while (isBlank(text[at])) at += 1;
    if (text[at] !== '=') refuseImage('The SVG holds an attribute without a value.');
    at += 1;
    while (isBlank(text[at])) at += 1;
    const quote = text[at];
    if (quote !== '"' && quote !== "'") refuseImage('The SVG holds an attribute without quotes.');
    const close = skipTo(text, quote, at + 1);
    if (attributes.has(name) || attributes.size >= MOST_ATTRIBUTES)
      refuseImage('The SVG holds a tag with repeated or too many attributes.');
    attributes.set(name, text.slice(at + 1, close - 1));
    at = close;
  }
}

function declaredIn(attributes: ReadonlyMap<string, string>): Map<string, string> {
  const declared = new Map<string, string>();
  for (const [name, value] of attributes) {
    if (name === 'xmlns') declared.set('', value);
    else if (name.startsWith('xmlns:')) declared.set(name.slice(6), value);
  }
  return declared;
}

function readStartTag(text: string, start: number, open: OpenTag[]): StartTag {
  const nameAt = nameEnd(text, start + 1);
  const name = text.slice(start + 1, nameAt);
  const { attributes, at } = readAttributes(text, nameAt);
  const selfClosing = text[at] === '/';
  if (selfClosing && text[at + 1] !== '>') refuseImage('The SVG holds a broken tag.');
  if (open.length >= MOST_DEPTH) refuseImage(`The SVG is nested more than ${MOST_DEPTH} levels deep.`);
  const declared = declaredIn(attributes);
  const outer = open.at(-1)?.scope;
  const scope = declared.size > 0 ? { declared, outer } : outer;
  open.push({ name, scope });
  const colon = name.indexOf(':');
  return {
    start,
    end: at + (selfClosing ? 2 : 1),
    name,
    selfClosing,
    attributes,
    namespace: lookUpIn(scope, colon < 0 ? '' : name.slice(0, colon)) ?? '',
    localName: name.slice(colon + 1),
    depth: open.length,
    lookUp: (prefix) => lookUpIn(scope, prefix),
  };
}

/**
 * Walks the start tags of a document in order.
 * Takes the text; gives each start tag with its namespace. Throws ERR_OB_IMAGE_MALFORMED where it is not well formed.
 */
export function* startTagsOf(text: string): Generator<StartTag> {
  const open: OpenTag[] = [];
  let tags = 0;
  let at = text.indexOf('<');
  while (at >= 0) {
    if (text.startsWith('<!--', at)) at = skipTo(text, '-->', at + 4);
    else if (text.startsWith('<![CDATA[', at)) at = skipTo(text, ']]>', at + 9);
    else if (text.startsWith('<?', at)) at = skipTo(text, '?>', at + 2);
    else if (text.startsWith('<!DOCTYPE', at)) at = skipDoctype(text, at + 9);
    else if (text.startsWith('</', at)) {
      const end = skipTo(text, '>', at + 2);
      if (open.pop()?.name !== text.slice(at + 2, end - 1).trim())
        refuseImage('The SVG closes a tag that is not open.');
      at = end;
    } else {
      const tag = readStartTag(text, at, open);
      tags += 1;
      if (tags > MOST_TAGS) refuseImage(`The SVG holds more than ${MOST_TAGS} tags.`);
      yield tag;
      if (tag.selfClosing) open.pop();
      at = tag.end;
    }
    at = text.indexOf('<', at);
  }
  if (open.length > 0) refuseImage('The SVG ends with open tags.');
}

/**
 * The character content of an element: its text with entities decoded, and its CDATA as it is. Takes the document and
 * the start tag; throws ERR_OB_IMAGE_MALFORMED when the element holds other elements or never ends.
 */
export function contentOf(text: string, tag: StartTag): string {
  if (tag.selfClosing) return '';
  const parts: string[] = [];
  let at = tag.end;
  for (;;) {
    const next = text.indexOf('<', at);
    if (next < 0) refuseImage('The SVG ends inside its badge.');
    parts.push(decodeEntities(text.slice(at, next)));
    if (text.startsWith('</', next)) return parts.join('');
    if (text.startsWith('<![CDATA[', next)) {
      at = skipTo(text, ']]>', next + 9);
      parts.push(text.slice(next + 9, at - 3));
    } else if (text.startsWith('<!--', next)) at = skipTo(text, '-->', next + 4);
    else if (text.startsWith('<?', next)) at = skipTo(text, '?>', next + 2);
    else refuseImage('The badge element of the SVG holds other elements; it must hold text only.');
  }
}
