// The canonical N-Quads of a shape as a program: constant pieces and slots, filled by an interpreter. Compiled (in
// compile-template.ts) from what the full path makes of a document of that shape, so that nothing of JSON-LD is known here.
//
// What was written last is kept, as bytes: the next badge of a module differs from the last in a sixth of its text, and
// turning 10 KB of text into UTF-8 takes longer than hashing them.
//
// RDF Dataset Canonicalization 1.0 (W3C Recommendation, 21 May 2024) §4.4: a lone blank node is `c14n0`; several are
// named in the order of their first-degree hashes (§4.6), and where two cannot be told apart by those the full path is
// taken.

import { hash } from 'node:crypto';
import { escapeLiteral, sortLines } from './quads.ts';

/** Text with gaps: the n-th gap stands behind the n-th piece and is filled with a word of that number. */
export interface Line {
  pieces: string[];
  gaps: number[];
}

export interface Subject {
  /** What sorts it among the subjects, the space after it included. */
  name: Line;
  /** Its lines in the order of their predicates; where one predicate has several, their order depends on the values. */
  parts: (Line | Line[])[];
  gaps: number[];
  /** Where its lines stand in the bytes of last time. */
  begin: number;
  end: number;
  written: string;
}

export interface Node {
  /** The lines it stands in, with itself as `_:a` and others as `_:z`; as one where their order is constant. */
  lines: Line[];
  /** For each line the other blank node in it, or nothing. */
  others: string[];
  gaps: number[];
  hash: string;
}

/**
 * A program and what it made last. Its words are the values as they are, then the same escaped for literals, then the
 * names of blank nodes.
 */
export interface Template {
  slots: number;
  isLiteral: boolean[];
  subjects: Subject[];
  nodes: Node[];
  words: string[];
  isNew: boolean[];
  /** The bytes of last time, and the room for the next ones. */
  last: Buffer;
  next: Buffer;
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
  const filled = setWords(template, values) ? write(template) : undefined;
  if (filled === undefined || filled.length > KEPT_BYTES) forget(template);
  return filled;
}

function forget(template: Template): void {
  template.words = [];
  template.last = template.next = Buffer.alloc(0);
  for (const subject of template.subjects) subject.written = '';
}

/** Notes which words differ from last time. False when blank nodes cannot be told apart. */
function setWords(template: Template, values: readonly string[]): boolean {
  const { slots, isLiteral, nodes, words, isNew } = template;
  for (let slot = 0; slot < slots; slot += 1) {
    const value = values[slot] ?? '';
    const differs = value !== words[slot];
    isNew[slot] = isNew[slots + slot] = differs;
    if (!differs) continue;
    // Half a character would become another one in UTF-8: the full path says so.
    if (!value.isWellFormed()) return false;
    words[slot] = value;
    if (isLiteral[slot]) words[slots + slot] = escapeLiteral(value);
  }
  if (nodes.length < 2) {
    isNew[2 * slots] = words[2 * slots] === undefined;
    words[2 * slots] = '_:c14n0';
    return true;
  }
  return hashNodes(template) && labelNodes(template);
}

function hasNew(gaps: readonly number[], isNew: readonly boolean[]): boolean {
  for (const gap of gaps) if (isNew[gap]) return true;
  return false;
}

function hashNodes({ nodes, words, isNew }: Template): boolean {
  for (const node of nodes) {
    if (node.hash !== '' && !hasNew(node.gaps, isNew)) continue;
    node.hash = '';
    const lines = inOrder(node.lines, words);
    // Equal lines about the same nodes are one statement in the dataset: the full path is for that.
    if (lines.some((line, n) => line === lines[n - 1]) && hasEqualStatements(node, words)) return false;
    node.hash = hash('sha256', lines.join(''));
  }
  return true;
}

function hasEqualStatements({ lines, others }: Node, words: readonly string[]): boolean {
  return new Set(lines.map((line, n) => `${others[n]} ${fillLine(line, words)}`)).size < lines.length;
}

function labelNodes({ slots, nodes, words, isNew }: Template): boolean {
  const hashes = nodes.map((node) => node.hash).sort();
  const places = new Map(hashes.map((one, place) => [one, place]));
  if (places.size < nodes.length) return false;
  nodes.forEach((node, n) => {
    const label = `_:c14n${places.get(node.hash)}`;
    isNew[2 * slots + n] = label !== words[2 * slots + n];
    words[2 * slots + n] = label;
  });
  return true;
}

/** Puts the subjects in order. False when two have become one. */
function sortSubjects({ subjects, words, isNew }: Template): boolean {
  let isSorted = true;
  let before = '';
  for (const subject of subjects) {
    if (subject.written === '' || hasNew(subject.name.gaps, isNew)) subject.written = fillLine(subject.name, words);
    isSorted &&= before < subject.written;
    before = subject.written;
  }
  if (isSorted) return true;
  subjects.sort((a, b) => (a.written < b.written ? -1 : 1));
  return subjects.every((subject, n) => subject.written !== subjects[n - 1]?.written);
}

function write(template: Template): Buffer | undefined {
  if (!sortSubjects(template)) return undefined;
  const { subjects, words, isNew, last } = template;
  let into = template.next;
  let at = 0;
  for (const subject of subjects) {
    const isKept = last.length > 0 && !hasNew(subject.gaps, isNew);
    const lines = isKept ? '' : fillSubject(subject, words);
    const most = isKept ? subject.end - subject.begin : lines.length * 3;
    if (at + most > into.length) into = Buffer.concat([into.subarray(0, at)], 2 * (at + most));
    const sizeBytes = isKept ? last.copy(into, at, subject.begin, subject.end) : into.write(lines, at);
    subject.begin = at;
    at += sizeBytes;
    subject.end = at;
  }
  template.next = last;
  template.last = into;
  return into.subarray(0, at);
}

function fillSubject({ parts }: Subject, words: readonly string[]): string {
  let lines = '';
  for (const part of parts) {
    if (!Array.isArray(part)) lines += fillLine(part, words);
    else {
      let before = '';
      for (const line of inOrder(part, words)) {
        // Equal values of one property are one statement.
        if (line !== before) lines += line;
        before = line;
      }
    }
  }
  return lines;
}

function inOrder(lines: readonly Line[], words: readonly string[]): string[] {
  const [only] = lines;
  if (lines.length === 1 && only) return [fillLine(only, words)];
  return sortLines(lines.map((line) => fillLine(line, words)));
}

function fillLine({ pieces, gaps }: Line, words: readonly string[]): string {
  let line = pieces[0] ?? '';
  for (let n = 0; n < gaps.length; n += 1) line += (words[gaps[n] ?? 0] ?? '') + (pieces[n + 1] ?? '');
  return line;
}
