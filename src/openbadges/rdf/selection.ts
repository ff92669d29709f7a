// Which statements of a document stand behind a JSON Pointer. Nodes without an id are given one for the while, so that a
// part of the document still speaks of the same nodes as the whole.
//
// Data Integrity ECDSA Cryptosuites 1.0 (W3C Recommendation, 15 May 2025) §3.4.11 skolemizeExpandedJsonLd, §3.4.13
// selectJsonLd, §3.4.15 and §3.4.16; RFC 6901 JSON Pointer (April 2013).

import { OpenBadgesError } from '../errors.ts';
import { refuseAliases } from './aliases.ts';
import { compact, expand, toQuads, type ExpandedNode } from './expand.ts';
import type { Quad, Term } from './quads.ts';

type Json = Record<string, unknown>;

const SKOLEM = 'urn:bnid:';
const MOST_POINTERS = 1000;

const isObject = (value: unknown): value is Json =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

function skolemize(value: unknown, next: () => string): unknown {
  if (Array.isArray(value)) return value.map((member) => skolemize(member, next));
  if (!isObject(value) || Object.hasOwn(value, '@value')) return value;
  const named = Object.fromEntries(Object.entries(value).map(([key, member]) => [key, skolemize(member, next)]));
  if (['@list', '@set', '@graph'].some((keyword) => Object.hasOwn(value, keyword))) return named;
  const id = value['@id'];
  if (id === undefined) return { '@id': next(), ...named };
  return typeof id === 'string' && id.startsWith('_:') ? { ...named, '@id': `${SKOLEM}given-${id.slice(2)}` } : named;
}

function deskolemize(quads: readonly Quad[]): Quad[] {
  const turn = (term: Term): Term =>
    term.termType === 'NamedNode' && term.value.startsWith(SKOLEM)
      ? { termType: 'BlankNode', value: term.value.slice(SKOLEM.length) }
      : term;
  return quads.map((quad) => ({
    ...quad,
    subject: turn(quad.subject),
    object: turn(quad.object),
    graph: turn(quad.graph),
  }));
}

function parsePointer(pointer: unknown): string[] {
  if (typeof pointer !== 'string' || !/^(?:\/(?:[^~]|~[01])*)?$/.test(pointer)) {
    throw new OpenBadgesError('ERR_OB_PROOF_MALFORMED', 'A mandatory pointer is a JSON Pointer (RFC 6901).');
  }
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function nameOnly(source: Json): Json {
  const { id, type } = source;
  return { ...(id !== undefined && { id }), ...(type !== undefined && { type }) };
}

function child(value: unknown, part: string): unknown {
  if (typeof value === 'object' && value !== null && Object.hasOwn(value, part)) return (value as Json)[part];
  throw new OpenBadgesError('ERR_OB_PROOF_MALFORMED', 'A mandatory pointer leads to nothing in this document.');
}

function selectPath(path: readonly string[], document: Json, selection: Json): void {
  let value: unknown = document;
  let selected: Json = selection;
  for (const [depth, part] of path.entries()) {
    value = child(value, part);
    if (depth === path.length - 1) {
      const whole = structuredClone(value);
      selected[part] = isObject(whole) ? { ...(selected[part] as Json | undefined), ...whole } : whole;
      return;
    }
    const empty = (): unknown => (Array.isArray(value) ? [] : nameOnly(value as Json));
    if (!Object.hasOwn(selected, part)) selected[part] = empty();
    selected = selected[part] as Json;
  }
}

/** Lists in which only some places were taken lose the others. */
function withoutHoles(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((member) => member !== undefined).map(withoutHoles);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withoutHoles(member)]));
}

function select(pointers: readonly unknown[], document: Json): Json | undefined {
  if (pointers.length === 0) return undefined;
  const selection: Json = { '@context': document['@context'], ...nameOnly(document) };
  for (const pointer of pointers) {
    const path = parsePointer(pointer);
    if (path.length === 0) return document;
    selectPath(path, document, selection);
  }
  return withoutHoles(selection) as Json;
}

/** The statements of a document, and those of them that pointers select, over the same nodes. */
export interface SelectedStatements {
  all: Quad[];
  selected: Quad[];
}

/**
 * Takes a document and JSON Pointers into it, gives its statements and the selected ones. Throws ERR_OB_JSONLD as
 * canonicalize does, ERR_OB_PROOF_MALFORMED for a pointer that leads nowhere.
 */
export async function selectStatements(document: Json, pointers: readonly unknown[]): Promise<SelectedStatements> {
  if (pointers.length > MOST_POINTERS) {
    throw new OpenBadgesError('ERR_OB_TOO_COMPLEX', `A proof has at most ${MOST_POINTERS} mandatory pointers.`);
  }
  const expanded = await expand(document);
  await refuseAliases(document, expanded);
  if (JSON.stringify(expanded).includes(SKOLEM)) {
    throw new OpenBadgesError('ERR_OB_JSONLD', `Names that begin with ${SKOLEM} are kept for nodes without an id.`);
  }
  let given = 0;
  const skolemized = skolemize(expanded, () => `${SKOLEM}${(given += 1)}`) as ExpandedNode[];
  const part = select(pointers, await compact(skolemized, document['@context']));
  const selected = part === undefined ? [] : await toQuads(await expand(part));
  return { all: deskolemize(await toQuads(skolemized)), selected: deskolemize(selected) };
}
