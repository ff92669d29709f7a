// A known statement under an unknown name. Canonicalization sees what is said and not how it is written: whoever
// renames `validUntil` to an alias that a context of his own defines, or to its full IRI, or moves it to another object
// with the credential's id, changes not one signed line; and a program that reads the JSON finds a badge that never
// expires or is never revoked. So what the standard's contexts name must stand under that name and in its place.
//
// VC Data Integrity 1.0 (W3C Recommendation, 15 May 2025) §2.4.1 Validating Contexts, §4.6; VC Data Model 2.0
// (15 May 2025) §1.3 and Appendix B: the terms of the base context are used as they are.

import { CONTEXTS } from '../contexts.ts';
import { OpenBadgesError } from '../errors.ts';
import { expandLoosely, type ExpandedNode } from './expand.ts';

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** The IRIs of every property and type that a bundled context of the standard names, at any depth. */
function namedIris(): Set<string> {
  const iris = new Set<string>();
  const collect = (context: unknown): void => {
    if (Array.isArray(context)) return context.forEach(collect);
    if (!isObject(context)) return;
    for (const definition of Object.values(context)) {
      const iri = isObject(definition) ? definition['@id'] : definition;
      if (typeof iri === 'string' && iri.includes('://')) iris.add(iri);
      if (isObject(definition)) collect(definition['@context']);
    }
  };
  for (const [url, document] of CONTEXTS) {
    if (/credentials\/(v1|v2|status)|2018\/credentials\/v1|\/ob\/v3p0|status-list|data-integrity/.test(url)) {
      collect((document as Json)['@context']);
    }
  }
  return iris;
}

const NAMED = namedIris();

/** Whether every name in a document must come from a bundled context: then no alias can have been made. */
function hasOwnNames(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasOwnNames);
  if (!isObject(value)) return false;
  return Object.entries(value).some(([key, member]) => {
    if (key === '@context') return (Array.isArray(member) ? member : [member]).some((one) => typeof one !== 'string');
    return key.includes(':') || hasOwnNames(member);
  });
}

function withoutOwnNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutOwnNames);
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([key]) => !key.includes(':'));
  return Object.fromEntries(
    kept.map(([key, member]) => {
      if (key !== '@context') return [key, withoutOwnNames(member)];
      return [key, (Array.isArray(member) ? member : [member]).filter((one) => !isObject(one))];
    }),
  );
}

/** How often each known property, known type and id is stated, looking only where known properties lead. */
function count(value: unknown, tally: Map<string, number>): Map<string, number> {
  if (Array.isArray(value)) value.forEach((member) => count(member, tally));
  if (!isObject(value) || Object.hasOwn(value, '@value')) return tally;
  const types = Array.isArray(value['@type']) ? (value['@type'] as unknown[]) : [];
  const facts = types.filter((type) => NAMED.has(String(type))).map(String);
  if (Object.hasOwn(value, '@id')) facts.push('id');
  for (const fact of facts) tally.set(fact, (tally.get(fact) ?? 0) + 1);
  for (const [iri, member] of Object.entries(value)) {
    if (iri === '@graph' || iri === '@list' || iri === '@set') count(member, tally);
    if (!NAMED.has(iri)) continue;
    tally.set(iri, (tally.get(iri) ?? 0) + (Array.isArray(member) ? member.length : 1));
    count(member, tally);
  }
  return tally;
}

// What decides whether a credential holds. Two objects with one id are one node: each of these must stand on the
// object that is the credential. (A credential inside another one is judged by its own proof, as a document.)
const DECISIVE = ['validFrom', 'validUntil', 'issuanceDate', 'expirationDate', 'credentialStatus', 'refreshService'];

function refuseElsewhere(document: Json): void {
  const id = document.id;
  const search = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(search);
    if (!isObject(value)) return;
    const found = DECISIVE.find((name) => Object.hasOwn(value, name));
    if (value.id === id && found !== undefined) {
      throw new OpenBadgesError('ERR_OB_JSONLD', `"${found}" of this credential stands inside another member of it.`);
    }
    for (const [key, member] of Object.entries(value)) if (key !== '@context') search(member);
  };
  if (typeof id !== 'string') return;
  for (const [key, member] of Object.entries(document)) if (key !== '@context') search(member);
}

/**
 * Takes a document and its expanded form. Throws ERR_OB_JSONLD when a term of the standard is stated under another name
 * than its own, or away from the object it belongs to.
 */
export async function refuseAliases(document: object, expanded: readonly ExpandedNode[]): Promise<void> {
  refuseElsewhere(document as Json);
  if (!hasOwnNames(document)) return;
  const plain = count(await expandLoosely(withoutOwnNames(document) as object), new Map());
  for (const [fact, times] of count(expanded, new Map())) {
    if (times <= (plain.get(fact) ?? 0)) continue;
    const what = `"${fact}" is stated under another name than the one the standard's contexts give it.`;
    throw new OpenBadgesError('ERR_OB_JSONLD', what);
  }
}
