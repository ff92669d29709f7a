// A statement of an RDF dataset, and its one canonical line of N-Quads: what the signature is really about.
//
// RDF Dataset Canonicalization 1.0 (W3C Recommendation, 21 May 2024) §5 and Appendix A: what must be escaped is, in upper
// case hexadecimal, and everything else is written as it is.

/** A resource, a blank node or a literal, as RDF/JS names them. */
export interface Term {
  termType: 'NamedNode' | 'BlankNode' | 'Literal' | 'DefaultGraph';
  value: string;
  datatype?: { value: string };
  language?: string;
}

export interface Quad {
  subject: Term;
  predicate: Term;
  object: Term;
  graph: Term;
}

const XSD_STRING = 'http://www.w3.org/2001/XMLSchema#string';
const RDF_LANG_STRING = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#langString';

// The control characters, the two signs that end or open an escape, and what XML 1.1 does not count as a character.
const ESCAPED = /[\u0000-\u001f"\\\u007f\ufffe\uffff]/;
const TO_ESCAPE = new RegExp(ESCAPED, 'g');
const NOT_AS_JSON = /[\u0000-\u0007\u000b\u000e-\u001f\u007f\ud800-\udfff\ufffe\uffff]/;
const SHORT_ESCAPES: Record<string, string> = {
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
  '"': '\\"',
  '\\': '\\\\',
};

function escape(character: string): string {
  return SHORT_ESCAPES[character] ?? `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** A text as it stands between the quotation marks of a literal. */
export function escapeLiteral(text: string): string {
  if (!ESCAPED.test(text)) return text;
  // JSON escapes the same, but for these, and does it natively.
  return NOT_AS_JSON.test(text) ? text.replace(TO_ESCAPE, escape) : JSON.stringify(text).slice(1, -1);
}

function writeTerm(term: Term, label: (blankNode: string) => string): string {
  if (term.termType === 'NamedNode') return `<${term.value}>`;
  if (term.termType === 'BlankNode') return `_:${label(term.value)}`;
  const text = `"${escapeLiteral(term.value)}"`;
  const datatype = term.datatype?.value ?? XSD_STRING;
  if (datatype === RDF_LANG_STRING) return `${text}@${term.language ?? ''}`;
  return datatype === XSD_STRING ? text : `${text}^^<${datatype}>`;
}

/** Takes a statement and the names of blank nodes, gives its canonical line, line feed included. */
export function writeQuad({ subject, predicate, object, graph }: Quad, label: (blankNode: string) => string): string {
  const triple = `${writeTerm(subject, label)} ${writeTerm(predicate, label)} ${writeTerm(object, label)}`;
  return graph.termType === 'DefaultGraph' ? `${triple} .\n` : `${triple} ${writeTerm(graph, label)} .\n`;
}

const SURROGATE = /[\ud800-\udfff]/;

/** Compares two texts by Unicode code point. JavaScript's own order is by UTF-16 unit: 𝒜 before ﬁ, where RDF has ﬁ before 𝒜. */
export function compareCodePoints(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const left = a.charCodeAt(index);
    const right = b.charCodeAt(index);
    if (left !== right) {
      const isLeftAstral = left >= 0xd800 && left <= 0xdfff;
      const isRightAstral = right >= 0xd800 && right <= 0xdfff;
      return isLeftAstral === isRightAstral ? left - right : isLeftAstral ? 1 : -1;
    }
  }
  return a.length - b.length;
}

/** Sorts lines by code point, in place. Without surrogates the two orders agree, and the engine's own is faster. */
export function sortLines(lines: string[]): string[] {
  return lines.some((line) => SURROGATE.test(line)) ? lines.sort(compareCodePoints) : lines.sort();
}

/** Lines as one text in UTF-8: line by line, since few hold letters beyond Latin-1, which are ten times as slow. */
export function inUtf8(lines: readonly string[]): Buffer {
  let mostBytes = 0;
  for (const line of lines) mostBytes += 3 * line.length;
  const bytes = Buffer.allocUnsafe(mostBytes);
  let size = 0;
  for (const line of lines) size += bytes.write(line, size);
  return bytes.subarray(0, size);
}
