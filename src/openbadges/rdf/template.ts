// The canonical N-Quads of a shape as a program: constant pieces and slots, filled by an interpreter. Compiled (in
// compile-template.ts) from what the full path makes of a document of that shape, so that nothing of JSON-LD is known here.
//
// What was written last is kept, as bytes, line by line and as a whole: what did not change is neither written nor
// copied nor (at the beginning) hashed again.
//
// RDF Dataset Canonicalization 1.0 (W3C Recommendation, 21 May 2024) §4.4: a lone blank node is `c14n0`; several are
// named in the order of their first-degree hashes (§4.6), and where two cannot be told apart by those the full path is
// taken.

import { hash } from 'node:crypto';
import type { PrefixDigest } from './prefix-digest.ts';
import { compareCodePoints, escapeLiteral, sortLines } from './quads.ts';
import { fillLine, hasNew, rewrite, unwrite, type Line, type Words, type WrittenLine } from './written-line.ts';

/** Lines of one subject and one predicate, whose order depends on the values. */
export interface Alternatives {
  lines: {
    written: WrittenLine;
    /** What sorts it among the others: its object. */
    object: Line;
    text: string;
  }[];
  gaps: number[];
}

export interface Subject {
  /** What sorts it among the subjects, the space after it included. */
  name: Line;
  text: string;
  /** Its lines in the order of their predicates. */
  parts: (WrittenLine | Alternatives)[];
}

export interface Node {
  /** The lines it stands in, with itself as `_:a` and others as `_:z`; as one where their order is constant. */
  lines: WrittenLine[];
  /** For each line the other blank node in it, or nothing. */
  others: string[];
  gaps: number[];
  hash: string;
}

/** A program and what it made last. */
export interface Template {
  slots: number;
  isLiteral: boolean[];
  subjects: Subject[];
  nodes: Node[];
  /** The values as they are, then the same escaped for literals, then the names of blank nodes. */
  words: Words;
  /** Whether anything is kept from last time. */
  isWritten: boolean;
  /** What was made last, with room behind it, and how many of its first bytes are those that were hashed last. */
  bytes: Buffer;
  sameBytes: number;
  hashing: PrefixDigest;
  /** How much memory it takes, in letters. */
  weight: number;
}

/** More than this is not kept from one time to the next, so that the programs of large documents stay small. */
const KEPT_BYTES = 65_536;

/**
 * Fills a program with values.
 * @returns the canonical N-Quads in UTF-8, good until the next call; nothing when blank nodes cannot be told apart by
 * their own statements, or two subjects are one.
 */
export function fillTemplate(template: Template, values: readonly string[]): Buffer | undefined {
  const filled = setWords(template, values) && sortSubjects(template) ? write(template) : undefined;
  template.isWritten = filled !== undefined && filled.length <= KEPT_BYTES;
  if (!template.isWritten) forget(template);
  return filled;
}

/** Takes a program and what it was filled with a moment ago, gives the SHA-256. */
export function hashFilled(template: Template, filled: Buffer): Buffer {
  const digest = template.hashing.digest(filled, template.sameBytes);
  template.sameBytes = template.isWritten ? filled.length : 0;
  return digest;
}

function forget(template: Template): void {
  const { words, subjects, nodes } = template;
  words.texts.fill('');
  template.bytes = Buffer.alloc(0);
  template.sameBytes = 0;
  for (const subject of subjects) {
    subject.text = '';
    for (const part of subject.parts) {
      if (!('lines' in part)) unwrite(part);
      else for (const line of part.lines) forgetLine(line);
    }
  }
  for (const node of nodes) {
    node.hash = '';
    node.lines.forEach(unwrite);
  }
}

function forgetLine(line: Alternatives['lines'][number]): void {
  line.text = '';
  unwrite(line.written);
}

/** Notes which words differ from last time. False when blank nodes cannot be told apart. */
function setWords(template: Template, values: readonly string[]): boolean {
  const { slots, isLiteral, nodes, words, isWritten } = template;
  words.isNew.fill(isWritten ? 0 : 1);
  for (let slot = 0; slot < slots; slot += 1) {
    const value = values[slot] ?? '';
    if (isWritten && value === words.texts[slot]) continue;
    // Half a character would become another one in UTF-8: the full path says so.
    if (!value.isWellFormed()) return false;
    setWord(words, slot, value);
    if (isLiteral[slot]) setWord(words, slots + slot, escapeLiteral(value));
  }
  if (nodes.length > 1) return hashNodes(template) && labelNodes(template);
  if (!isWritten && nodes.length === 1) setWord(words, 2 * slots, '_:c14n0');
  return true;
}

function setWord(words: Words, word: number, text: string): void {
  words.texts[word] = text;
  words.widths[word] = Buffer.byteLength(text);
  words.isNew[word] = 1;
}

function hashNodes({ nodes, words }: Template): boolean {
  for (const node of nodes) {
    if (node.hash !== '' && !hasNew(node.gaps, words)) continue;
    const [only] = node.lines;
    if (node.lines.length === 1 && only) {
      rewrite(only, words);
      node.hash = hash('sha256', only.bytes);
      continue;
    }
    const lines = sortLines(node.lines.map((line) => fillLine(line, words)));
    // Equal lines about the same nodes are one statement in the dataset: the full path is for that.
    if (lines.some((line, n) => line === lines[n - 1]) && hasEqualStatements(node, words)) return false;
    node.hash = hash('sha256', lines.join(''));
  }
  return true;
}

function hasEqualStatements({ lines, others }: Node, words: Words): boolean {
  return new Set(lines.map((line, n) => `${others[n]} ${fillLine(line, words)}`)).size < lines.length;
}

function labelNodes({ slots, nodes, words }: Template): boolean {
  const inOrder = nodes.map((_, n) => n).sort((a, b) => (nodes[a]!.hash < nodes[b]!.hash ? -1 : 1));
  for (let place = 0; place < inOrder.length; place += 1) {
    const n = inOrder[place]!;
    if (place > 0 && nodes[n]!.hash === nodes[inOrder[place - 1]!]!.hash) return false;
    const label = `_:c14n${place}`;
    if (label !== words.texts[2 * slots + n]) setWord(words, 2 * slots + n, label);
  }
  return true;
}

/** Puts the subjects in order. False when two have become one. */
function sortSubjects({ subjects, words }: Template): boolean {
  let isSorted = true;
  let before = '';
  let wasNew = false;
  for (const subject of subjects) {
    const isNew = hasNew(subject.name.gaps, words) || subject.text === '';
    if (isNew) subject.text = fillLine(subject.name, words);
    // Two that did not change are in order as they were.
    if (isNew || wasNew) isSorted &&= before < subject.text;
    before = subject.text;
    wasNew = isNew;
  }
  if (isSorted) return true;
  subjects.sort((a, b) => (a.text < b.text ? -1 : 1));
  return subjects.every((subject, n) => subject.text !== subjects[n - 1]?.text);
}

function sortAlternatives({ lines, gaps }: Alternatives, words: Words): void {
  if (lines[0]?.text !== '' && !hasNew(gaps, words)) return;
  for (const line of lines) line.text = fillLine(line.object, words);
  lines.sort((a, b) => compareCodePoints(a.text, b.text));
}

function write(template: Template): Buffer {
  const { subjects, words } = template;
  let at = 0;
  for (const { parts } of subjects) {
    for (const part of parts) {
      if (!('lines' in part)) {
        at = place(template, part, at);
        continue;
      }
      sortAlternatives(part, words);
      let before = '';
      for (const { written, text } of part.lines) {
        // Equal values of one property are one statement.
        if (text !== before) at = place(template, written, at);
        else unwrite(written);
        before = text;
      }
    }
  }
  template.sameBytes = Math.min(template.sameBytes, at);
  return template.bytes.subarray(0, at);
}

/** Writes a line where the lines before it end, unless it stands there; gives where it ends. */
function place(template: Template, line: WrittenLine, at: number): number {
  const isChanged = rewrite(line, template.words);
  const end = at + line.bytes.length;
  if (isChanged || line.at !== at) copyInto(template, line, at, end);
  return end;
}

function copyInto(template: Template, line: WrittenLine, at: number, end: number): void {
  if (end > template.bytes.length) {
    const wider = Buffer.alloc(2 * end);
    template.bytes.copy(wider, 0, 0, at);
    template.bytes = wider;
  }
  line.bytes.copy(template.bytes, at);
  line.at = at;
  if (at < template.sameBytes) template.sameBytes = at;
}
