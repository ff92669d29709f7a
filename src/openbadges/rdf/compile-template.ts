// What turns statements into a program for template.ts. Whatever can be decided once is decided here: the order of
// predicates, the order of lines that differ in constant text.
//
// RDF Dataset Canonicalization 1.0 (W3C Recommendation, 21 May 2024) §4.4, §4.6.

import { compareCodePoints, sortLines, writeQuad, type Quad, type Term } from './quads.ts';
import { PrefixDigest } from './prefix-digest.ts';
import type { Alternatives, Node, Subject, Template } from './template.ts';
import { unwritten, type Line } from './written-line.ts';

/** Finds the slot whose mark a term is; nothing for constants. */
export type SlotFinder = (term: Term) => number | undefined;

const SURROGATE = /[\ud800-\udfff]/;
const NOWHERE: Term = { termType: 'DefaultGraph', value: '' };
const NOTHING: Term = { termType: 'NamedNode', value: '' };

class Compilation {
  readonly slots: number;
  readonly slotIn: SlotFinder;
  readonly nodes = new Map<string, number>();
  readonly isLiteral: boolean[] = [];
  weight = 0;

  constructor(slots: number, slotIn: SlotFinder) {
    this.slots = slots;
    this.slotIn = slotIn;
  }

  /** @param label how a blank node is written instead of by its name. */
  term(term: Term, label?: (node: string) => string): Line {
    if (term.termType === 'BlankNode') {
      if (label) return text(label(term.value));
      if (!this.nodes.has(term.value)) this.nodes.set(term.value, this.nodes.size);
      return { pieces: ['', ''], gaps: [2 * this.slots + (this.nodes.get(term.value) ?? 0)] };
    }
    const slot = this.slotIn(term);
    if (slot === undefined) return text(constant(term));
    if (term.termType === 'NamedNode') return { pieces: ['<', '>'], gaps: [slot] };
    this.isLiteral[slot] = true;
    return { pieces: ['"', constant({ ...term, value: '' }).slice(1)], gaps: [this.slots + slot] };
  }

  line(quad: Quad, label?: (node: string) => string): Line {
    const predicate = text(` <${quad.predicate.value}> `);
    const line = joined([this.term(quad.subject, label), predicate, this.term(quad.object, label), text(' .\n')]);
    this.weight += line.pieces.join('').length + 64;
    return line;
  }

  subject(quads: readonly Quad[]): Subject {
    const lines = grouped(quads, (quad) => `<${quad.predicate.value}>`);
    const parts: (Line | Alternatives)[] = [];
    for (const predicate of sortLines([...lines.keys()])) {
      const several = lines.get(predicate) ?? [];
      const inOrder = constantOrder(several.map((quad) => this.line(quad)));
      const last = parts.at(-1);
      if (inOrder === undefined) parts.push(this.alternatives(several));
      else if (last === undefined || 'lines' in last) parts.push(joined(inOrder));
      else parts[parts.length - 1] = joined([last, ...inOrder]);
    }
    const name = joined([this.term(quads[0]?.subject ?? NOTHING), text(' ')]);
    return { name, text: '', parts: parts.map((part) => ('lines' in part ? part : unwritten(part))) };
  }

  alternatives(quads: readonly Quad[]): Alternatives {
    const lines = quads.map((quad) => ({
      written: unwritten(this.line(quad)),
      object: joined([this.term(quad.object), text(' .\n')]),
      text: '',
    }));
    return { lines, gaps: distinctGaps(lines.map(({ object }) => object)) };
  }

  node(name: string, quads: readonly Quad[]): Node {
    const label = (node: string): string => (node === name ? '_:a' : '_:z');
    const lines = quads.map((quad) => this.line(quad, label));
    const others = quads.map(({ subject, object }) =>
      [subject, object].flatMap((term) => (term.termType === 'BlankNode' ? term.value : [])).join(' '),
    );
    const inOrder = constantOrder(lines);
    const written = (inOrder ? [joined(inOrder)] : lines).map(unwritten);
    return { lines: written, others, gaps: distinctGaps(lines), hash: '' };
  }
}

function text(constantText: string): Line {
  return { pieces: [constantText], gaps: [] };
}

function joined(lines: readonly Line[]): Line {
  const pieces = [''];
  for (const line of lines) {
    pieces[pieces.length - 1] += line.pieces[0] ?? '';
    pieces.push(...line.pieces.slice(1));
  }
  return { pieces, gaps: lines.flatMap((line) => line.gaps) };
}

function distinctGaps(lines: readonly Line[]): number[] {
  return [...new Set(lines.flatMap((line) => line.gaps))];
}

/** Below 0 when any filling puts one line before the other, above 0 the other way round, 0 when the values decide. */
function constantComparison(one: Line, other: Line): number {
  for (const [n, piece] of one.pieces.entries()) {
    const opposite = other.pieces[n] ?? '';
    if (piece !== opposite)
      return piece.startsWith(opposite) || opposite.startsWith(piece) ? 0 : compareCodePoints(piece, opposite);
    if (one.gaps[n] !== other.gaps[n]) return 0;
  }
  return 0;
}

/** Lines in the one order that they have whatever the values are; nothing when the values decide. */
function constantOrder(lines: readonly Line[]): Line[] | undefined {
  const inOrder = [...lines].sort(constantComparison);
  // Pieces in order one after another are in order altogether, since each pair is decided at its first difference.
  return inOrder.some((line, n) => n > 0 && constantComparison(inOrder[n - 1] ?? line, line) >= 0)
    ? undefined
    : inOrder;
}

function constant(object: Term): string {
  const line = writeQuad({ subject: NOTHING, predicate: NOTHING, object, graph: NOWHERE }, String);
  return line.slice('<> <> '.length, -' .\n'.length);
}

function grouped(quads: readonly Quad[], keyOf: (quad: Quad) => string): Map<string, Quad[]> {
  const groups = new Map<string, Quad[]>();
  for (const quad of quads) {
    const group = groups.get(keyOf(quad));
    if (group) group.push(quad);
    else groups.set(keyOf(quad), [quad]);
  }
  return groups;
}

/**
 * Takes the statements of a document in which slots can be found, gives the program; nothing when they cannot be one.
 * @param slots how many values there are.
 */
export function compileTemplate(quads: readonly Quad[], slots: number, slotIn: SlotFinder): Template | undefined {
  if (quads.some((quad) => quad.graph.termType !== 'DefaultGraph')) return undefined;
  // Subjects are sorted as JavaScript sorts, which is by code point but for these letters.
  if (quads.some((quad) => SURROGATE.test(quad.subject.value))) return undefined;
  const compilation = new Compilation(slots, slotIn);
  const bySubject = grouped(quads, ({ subject }) => `${subject.termType} ${subject.value}`);
  const subjects = [...bySubject.values()].map((group) => compilation.subject(group));
  const { nodes, isLiteral } = compilation;
  const mentioning = new Map<string, Quad[]>([...nodes.keys()].map((name) => [name, []]));
  for (const quad of quads) {
    const blank = [quad.subject, quad.object].filter(({ termType }) => termType === 'BlankNode');
    for (const name of new Set(blank.map(({ value }) => value))) mentioning.get(name)?.push(quad);
  }
  const texts = Array.from({ length: 2 * slots + nodes.size }, () => '');
  return {
    slots,
    isLiteral,
    subjects,
    nodes: [...mentioning].map(([name, about]) => compilation.node(name, nodes.size < 2 ? [] : about)),
    words: { texts, widths: texts.map(() => 0), isNew: new Uint8Array(texts.length) },
    isWritten: false,
    bytes: Buffer.alloc(0),
    sameBytes: 0,
    hashing: new PrefixDigest(),
    weight: compilation.weight,
  };
}
