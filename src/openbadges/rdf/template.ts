// The canonical N-Quads of a shape as a program: constant pieces and slots, filled by an interpreter. Compiled from what
// the full path makes of a document of that shape, so that nothing of JSON-LD is known here.
//
// RDF Dataset Canonicalization 1.0 (W3C Recommendation, 21 May 2024) §4.4: a lone blank node is `c14n0`; several are
// named in the order of their first-degree hashes (§4.6), and where two cannot be told apart by those the full path is
// taken.

import { hash } from 'node:crypto';
import { escapeLiteral, sortLines, writeQuad, type Quad, type Term } from './quads.ts';

/** A piece of a line: constant text, a slot as IRI, a slot within a literal, or a blank node. */
type Piece = string | { iri: number } | { text: number } | { blank: number };

/** Lines of one subject and one predicate, after the subject. Where there are several their order depends on the values. */
type Lines = Piece[][];

interface Subject {
  /** What sorts it among the subjects, the space after it included. */
  name: Piece[];
  /** In the order of their predicates. */
  predicates: Lines[];
}

export interface Template {
  /** The slots that stand in literals. */
  textSlots: number[];
  subjects: Subject[];
  /** For each blank node, the lines it stands in, with itself as `_:a` and others as `_:z`. */
  firstDegree: Piece[][][];
}

/** Finds the slot whose mark a term is; nothing for constants. */
export type SlotFinder = (term: Term) => number | undefined;

/** Takes statements in which slots can be found, gives the program; nothing when the statements cannot be one. */
export function compileTemplate(quads: readonly Quad[], slotIn: SlotFinder): Template | undefined {
  if (quads.some((quad) => quad.graph.termType !== 'DefaultGraph')) return undefined;
  const nodes = new Map<string, number>();
  const blank = (name: string): number => {
    if (!nodes.has(name)) nodes.set(name, nodes.size);
    return nodes.get(name) ?? 0;
  };
  const groups = new Map<string, { name: Piece[]; lines: Map<string, Lines> }>();
  for (const quad of quads) {
    const subject = merge([...termPieces(quad.subject, slotIn, blank), ' ']);
    const name = JSON.stringify(subject);
    const group = groups.get(name) ?? { name: subject, lines: new Map<string, Lines>() };
    groups.set(name, group);
    const predicate = `<${quad.predicate.value}>`;
    const line = merge([`${predicate} `, ...termPieces(quad.object, slotIn, blank), ' .\n']);
    group.lines.set(predicate, [...(group.lines.get(predicate) ?? []), line]);
  }
  const subjects = [...groups.values()].map(({ name, lines }) => ({
    name,
    predicates: sortLines([...lines.keys()]).map((predicate) => lines.get(predicate) ?? []),
  }));
  const textSlots = slotsOf(quads, slotIn);
  return {
    textSlots,
    subjects,
    firstDegree: nodes.size < 2 ? [...nodes].map(() => []) : firstDegrees(quads, slotIn, nodes),
  };
}

function slotsOf(quads: readonly Quad[], slotIn: SlotFinder): number[] {
  const slots = quads.flatMap(({ object }) => (object.termType === 'Literal' ? (slotIn(object) ?? []) : []));
  return [...new Set(slots)];
}

function firstDegrees(quads: readonly Quad[], slotIn: SlotFinder, nodes: ReadonlyMap<string, number>): Piece[][][] {
  return [...nodes.keys()].map((node) =>
    quads
      .filter((quad) =>
        [quad.subject, quad.object].some((term) => term.termType === 'BlankNode' && term.value === node),
      )
      .map((quad) => {
        const as = (term: Term): Piece[] =>
          term.termType === 'BlankNode'
            ? [term.value === node ? '_:a' : '_:z']
            : termPieces(term, slotIn, () => {
                throw new Error('no blank node is left here');
              });
        return merge([...as(quad.subject), ` <${quad.predicate.value}> `, ...as(quad.object), ' .\n']);
      }),
  );
}

function termPieces(term: Term, slotIn: SlotFinder, blank: (name: string) => number): Piece[] {
  if (term.termType === 'BlankNode') return [{ blank: blank(term.value) }];
  const slot = slotIn(term);
  if (slot === undefined) return [constantTerm(term)];
  if (term.termType === 'NamedNode') return ['<', { iri: slot }, '>'];
  return ['"', { text: slot }, constantTerm({ ...term, value: '' }).slice(1)];
}

function constantTerm(term: Term): string {
  const nothing: Term = { termType: 'NamedNode', value: '' };
  const line = writeQuad(
    { subject: nothing, predicate: nothing, object: term, graph: { termType: 'DefaultGraph', value: '' } },
    String,
  );
  return line.slice('<> <> '.length, -' .\n'.length);
}

function merge(pieces: Piece[]): Piece[] {
  const merged: Piece[] = [];
  for (const piece of pieces) {
    const last = merged.at(-1);
    if (typeof piece === 'string' && typeof last === 'string') merged[merged.length - 1] = last + piece;
    else merged.push(piece);
  }
  return merged;
}

/**
 * Fills a program with values.
 * @param iris the values as they are; `texts` the same, escaped for a literal.
 * @returns the canonical N-Quads; nothing when blank nodes cannot be told apart by their own statements.
 */
export function fillTemplate(template: Template, iris: readonly string[], hasSurrogates: boolean): string | undefined {
  const texts: string[] = [];
  for (const slot of template.textSlots) texts[slot] = escapeLiteral(iris[slot] ?? '');
  const labels = labelNodes(template, iris, texts, hasSurrogates);
  if (labels === undefined) return undefined;
  const groups = template.subjects.map((subject) => ({ name: write(subject.name, iris, texts, labels), subject }));
  if (hasSurrogates) return fillSorted(template, iris, texts, labels);
  groups.sort((a, b) => (a.name < b.name ? -1 : 1));
  let text = '';
  let before = '';
  for (const { name, subject } of groups) {
    if (name === before) return undefined;
    before = name;
    for (const lines of subject.predicates) {
      const [only] = lines;
      if (lines.length === 1 && only) text += name + write(only, iris, texts, labels);
      else {
        const written = lines.map((line) => write(line, iris, texts, labels)).sort();
        // Equal values of one property are one statement.
        for (let n = 0; n < written.length; n += 1) if (written[n] !== written[n - 1]) text += name + written[n];
      }
    }
  }
  return text;
}

/** The same where letters beyond the Basic Multilingual Plane ask for another order than JavaScript's. */
function fillSorted(
  template: Template,
  iris: readonly string[],
  texts: readonly string[],
  labels: readonly string[],
): string {
  const lines = template.subjects.flatMap((subject) => {
    const name = write(subject.name, iris, texts, labels);
    return subject.predicates.flat().map((line) => name + write(line, iris, texts, labels));
  });
  return sortLines([...new Set(lines)]).join('');
}

function labelNodes(
  template: Template,
  iris: readonly string[],
  texts: readonly string[],
  hasSurrogates: boolean,
): string[] | undefined {
  const nodes = template.firstDegree;
  if (nodes.length < 2) return ['_:c14n0'];
  const hashes = nodes.map((lines) => {
    const written = lines.map((line) => write(line, iris, texts, []));
    // Equal lines are one statement or two: the full path can tell.
    if (new Set(written).size < written.length) return '';
    return hash('sha256', (hasSurrogates ? sortLines(written) : written.sort()).join(''));
  });
  if (hashes.includes('') || new Set(hashes).size < hashes.length) return undefined;
  const order = hashes.toSorted();
  return hashes.map((one) => `_:c14n${order.indexOf(one)}`);
}

function write(
  pieces: readonly Piece[],
  iris: readonly string[],
  texts: readonly string[],
  labels: readonly string[],
): string {
  let text = '';
  for (const piece of pieces) {
    if (typeof piece === 'string') text += piece;
    else if ('text' in piece) text += texts[piece.text];
    else if ('iri' in piece) text += iris[piece.iri];
    else text += labels[piece.blank];
  }
  return text;
}
