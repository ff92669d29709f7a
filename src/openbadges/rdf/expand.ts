// From a JSON document to RDF statements, such that nothing is lost on the way: whatever the contexts do not define, or
// define as something that is no IRI, is an error that names it. What is lost would be unsigned, and could be changed
// under a good signature.
//
// JSON-LD 1.1 Processing Algorithms and API (W3C Recommendation, 16 July 2020) §5.1, §8; VC Data Integrity 1.0 (W3C
// Recommendation, 15 May 2025) §5.12; `rdfDirection: i18n-datatype` keeps the base direction of a text, as the suites
// of others do.

import { loadDocument } from '../contexts.ts';
import { OpenBadgesError } from '../errors.ts';
import { checkBounds } from './bounds.ts';
import { jsonld as library } from './jsonld.ts';
import { plainQuads } from './plain-quads.ts';
import type { Quad } from './quads.ts';

interface Options {
  base: null;
  safe: boolean;
  rdfDirection: 'i18n-datatype';
  documentLoader: typeof loadDocument;
  skipExpansion?: boolean;
  compactToRelative?: boolean;
}

const jsonld = library as {
  expand(document: unknown, options: Options): Promise<ExpandedNode[]>;
  toRDF(expanded: unknown, options: Options): Promise<Quad[]>;
  compact(expanded: unknown, context: unknown, options: Options): Promise<Record<string, unknown>>;
};

/** A node in expanded form: keywords and absolute IRIs to lists of values. */
export interface ExpandedNode {
  [property: string]: unknown;
}

const OPTIONS: Options = { base: null, safe: true, rdfDirection: 'i18n-datatype', documentLoader: loadDocument };

/** What the library throws: a code of the JSON-LD specification, or the event that safe mode objects to. */
interface JsonLdFault {
  message?: string;
  details?: {
    code?: string;
    term?: string;
    cause?: unknown;
    event?: { code?: string; details?: Record<string, unknown> };
  };
}

const SENTENCES: Record<string, string> = {
  'invalid property': 'The member % is not defined by any of the contexts',
  'relative @type reference': 'The type % is not defined by any of the contexts',
  'relative @id reference': 'The id % is not an absolute IRI',
  'relative object reference': 'The value % stands where an absolute IRI belongs',
  'relative subject reference': 'The id % is not an absolute IRI',
  'relative predicate reference': 'The member % is not defined by any of the contexts',
  'relative graph reference': 'The id % is not an absolute IRI',
  'blank node predicate': 'The member % is defined as a blank node, which cannot be signed',
  'invalid @language value': 'The language % is not well formed (BCP 47)',
  'protected term redefinition': 'The term % is protected and is defined anew',
  'reserved term': 'The term % looks like a keyword',
  'reserved @id value': 'The id % looks like a keyword',
  'empty object': 'An object without members says nothing',
  'object with only @id': 'An object says nothing but its id %, where nothing refers to it',
  'free-floating scalar': 'The value % belongs to no member that is defined',
  'invalid @id value': 'An id must be one string',
  'invalid type value': 'A type must be a string or a list of strings',
  'invalid scoped context': 'The context within the term % cannot be used',
  'null @id value': 'An id must not be null',
  'null @value value': 'A @value must not be null',
};

function wordOf(fault: JsonLdFault): string {
  const details = fault.details?.event?.details ?? {};
  const { property, type, id, object, subject, predicate, graph, language, value, reserved } = details;
  const words = [fault.details?.term, property, type, id, object, subject, predicate, graph, language, value, reserved];
  const word = words.find((candidate) => typeof candidate === 'string' || typeof candidate === 'number');
  return word === undefined ? '' : JSON.stringify(String(word).slice(0, 200));
}

function explain(fault: unknown): OpenBadgesError {
  if (fault instanceof OpenBadgesError) return fault;
  const known = fault as JsonLdFault;
  if (known.details?.cause instanceof OpenBadgesError) return known.details.cause;
  const code = known.details?.event?.code ?? known.details?.code ?? '';
  const sentence = SENTENCES[code]?.replace('%', wordOf(known)).replace(/ {2,}/g, ' ');
  const text =
    sentence ?? `This is not valid JSON-LD (${[code || 'malformed', wordOf(known)].filter(Boolean).join(': ')})`;
  return new OpenBadgesError('ERR_OB_JSONLD', `${text}.`, { cause: fault });
}

// RDF drops an `@index`: it would be readable and unsigned.
function refuseIndexes(value: unknown): void {
  if (value === null || typeof value !== 'object') return;
  if (Array.isArray(value)) return value.forEach(refuseIndexes);
  if (Object.hasOwn(value, '@index')) {
    throw new OpenBadgesError('ERR_OB_JSONLD', 'A context sorts members by an index, which would be left unsigned.');
  }
  if (Object.hasOwn(value, '@value')) return;
  Object.values(value).forEach(refuseIndexes);
}

/**
 * Takes a document, gives its expanded form. Throws ERR_OB_JSONLD with the term, ERR_OB_CONTEXT_UNKNOWN or
 * ERR_OB_TOO_COMPLEX.
 */
export async function expand(document: object): Promise<ExpandedNode[]> {
  checkBounds(document);
  try {
    const expanded = await jsonld.expand(document, OPTIONS);
    refuseIndexes(expanded);
    return expanded;
  } catch (fault) {
    throw explain(fault);
  }
}

/** Like {@link expand}, but what is undefined is left out: only for comparing, never for signing or verifying. */
export async function expandLoosely(document: object): Promise<ExpandedNode[]> {
  try {
    return await jsonld.expand(document, { ...OPTIONS, safe: false });
  } catch (fault) {
    throw explain(fault);
  }
}

/** Takes an expanded document and contexts, gives the document in their words. Throws ERR_OB_JSONLD. */
export async function compact(expanded: readonly ExpandedNode[], context: unknown): Promise<Record<string, unknown>> {
  try {
    return await jsonld.compact(expanded, context, { ...OPTIONS, compactToRelative: false });
  } catch (fault) {
    throw explain(fault);
  }
}

// What IRIREF of N-Quads cannot hold; JSON-LD itself only looks for a colon.

const NOT_IN_IRI = /[\u0000-\u0020<>"{}|^`\\\u007f-\u009f]|%(?![0-9A-Fa-f]{2})/;

function checkIri(iri: string): void {
  if (!NOT_IN_IRI.test(iri)) return;
  throw new OpenBadgesError(
    'ERR_OB_JSONLD',
    `The IRI ${JSON.stringify(iri.slice(0, 200))} holds what no IRI may hold.`,
  );
}

/** The statements of a document of any kind. Throws ERR_OB_JSONLD with the term that is not sound. */
export async function quadsByLibrary(expanded: readonly ExpandedNode[]): Promise<Quad[]> {
  try {
    return await jsonld.toRDF(expanded, { ...OPTIONS, skipExpansion: true });
  } catch (fault) {
    throw explain(fault);
  }
}

/** Takes an expanded document, gives its statements. Throws ERR_OB_JSONLD with the term or IRI that is not sound. */
export async function toQuads(expanded: readonly ExpandedNode[]): Promise<Quad[]> {
  const quads = plainQuads(expanded) ?? (await quadsByLibrary(expanded));
  const iris = new Set<string>();
  for (const { subject, predicate, object, graph } of quads) {
    if (subject.termType === 'NamedNode') iris.add(subject.value);
    if (predicate.termType === 'NamedNode') iris.add(predicate.value);
    if (object.termType === 'NamedNode') iris.add(object.value);
    if (object.datatype !== undefined) iris.add(object.datatype.value);
    if (graph.termType === 'NamedNode') iris.add(graph.value);
  }
  for (const iri of iris) checkIri(iri);
  return quads;
}
