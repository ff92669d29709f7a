// The statements of an expanded document that holds nothing but nodes, texts, truths and whole numbers: nearly every
// badge. They are read off in one walk, where the library makes a map of nodes first and compares the values of each:
// half the time, for whoever verifies a badge of a shape that was never seen. Whatever else stands there is left to the
// library, which says what is wrong with it.
//
// JSON-LD 1.1 Processing Algorithms and API (W3C Recommendation, 16 July 2020) §7.2 Node Map Generation, §8.1 Deserialize
// JSON-LD to RDF, §8.2.2 Object to RDF Conversion.

import type { Quad, Term } from './quads.ts';

type Json = Record<string, unknown>;

const RDF_TYPE: Term = { termType: 'NamedNode', value: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type' };
const XSD = 'http://www.w3.org/2001/XMLSchema#';
const DEFAULT_GRAPH: Term = { termType: 'DefaultGraph', value: '' };

/** Neither relative nor a blank node, in fewer words than the library has: what is none of these is its to judge. */
const ABSOLUTE_IRI = /^[A-Za-z][A-Za-z0-9+.-]*:[^\s]*$/;

function iri(value: unknown): Term | undefined {
  return typeof value === 'string' && ABSOLUTE_IRI.test(value) ? { termType: 'NamedNode', value } : undefined;
}

/** The term of a value object, when it is a text, a truth or a whole number. */
function literal(members: Json): Term | undefined {
  for (const name in members) if (name !== '@value' && name !== '@type') return undefined;
  const { '@value': value, '@type': type } = members;
  const kind = Number.isSafeInteger(value) && !Object.is(value, -0) ? 'integer' : typeof value;
  if (kind !== 'string' && kind !== 'boolean' && kind !== 'integer') return undefined;
  const datatype = type ?? `${XSD}${kind}`;
  // What is read as a double is written as the library writes those.
  if (datatype === `${XSD}double` || iri(datatype) === undefined) return undefined;
  return { termType: 'Literal', value: String(value), datatype: { value: datatype as string } };
}

function isSame(one: Term, other: Term): boolean {
  return one.value === other.value && one.termType === other.termType && one.datatype?.value === other.datatype?.value;
}

class Reading {
  readonly quads: Quad[] = [];
  /** The statements about each IRI: one that stands in several places is one node, and says a thing once. */
  readonly about = new Map<string, Quad[]>();
  blankNodes = 0;

  /** Nothing for what is left to the library. */
  node(value: unknown): Term | undefined {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return undefined;
    const node = value as Json;
    const subject = '@id' in node ? iri(node['@id']) : this.blankNode();
    if (subject === undefined) return undefined;
    const own = this.about.get(subject.value) ?? [];
    if (subject.termType === 'NamedNode') this.about.set(subject.value, own);
    for (const name in node) {
      if (name === '@id') continue;
      const values = node[name];
      const predicate = name === '@type' ? RDF_TYPE : iri(name);
      if (predicate === undefined || !Array.isArray(values)) return undefined;
      for (const one of values as unknown[]) {
        const object = name === '@type' ? iri(one) : this.object(one);
        if (object === undefined) return undefined;
        if (own.some((quad) => quad.predicate.value === predicate.value && isSame(quad.object, object))) continue;
        const quad = { subject, predicate, object, graph: DEFAULT_GRAPH };
        own.push(quad);
        this.quads.push(quad);
      }
    }
    return subject;
  }

  private object(value: unknown): Term | undefined {
    const isValue = value !== null && typeof value === 'object' && '@value' in value;
    return isValue ? literal(value as Json) : this.node(value);
  }

  private blankNode(): Term {
    this.blankNodes += 1;
    return { termType: 'BlankNode', value: `b${this.blankNodes}` };
  }
}

/** Takes an expanded document, gives its statements, each once; nothing when some of it is left to the library. */
export function plainQuads(expanded: readonly unknown[]): Quad[] | undefined {
  const reading = new Reading();
  return expanded.every((node) => reading.node(node) !== undefined) ? reading.quads : undefined;
}
