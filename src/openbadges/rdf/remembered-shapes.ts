// Shapes that were seen before, with their programs: expansion is 99 % of the cost of a signature (6 to 8 ms in all
// JavaScript libraries, where Ed25519 takes 0.03), and for the hundredth badge of a module it finds what it found for
// the first. A shape is compiled when it comes the second time; what cannot be compiled is remembered too.

import { Recent } from '../recent.ts';
import type { Quad, Term } from './quads.ts';
import { withValues, type Shape } from './shape.ts';
import { compileTemplate } from './compile-template.ts';
import { patternOf, valuesBy, type Pattern } from './pattern.ts';
import { fillTemplate, type Template } from './template.ts';

/** The statements of a document by the full path; throws for what cannot be signed. */
export type FullPath = (document: object) => Promise<readonly Quad[]>;

// In letters of keys and programs, so that nobody fills the memory with shapes made for it. An honest key has 500
// letters, an honest program 20,000; with what a program keeps of the last document it may take four times the least.
const SEEN_LETTERS = 1_000_000;
const KEPT_LETTERS = 16_000_000;
const LEAST_WEIGHT = 64_000;
const OWN_LETTERS = 100;
/** What a pattern takes for each letter of a key, where a place has four letters or more. */
const PLACE_LETTERS = 16;

/** What no document holds by chance; one that holds it by malice takes the full path. */
const MARK = 'cairn-slot-mark:';
const IRI_MARK = `urn:${MARK}`;
/** Not an IRI, so that a text where an IRI belongs is refused and no slot. */
const TEXT_MARK = `a ${MARK}`;

function mark(n: number, isIri: boolean): string {
  return `${isIri ? IRI_MARK : TEXT_MARK}${n}`;
}

/** The number in a mark that is a whole term of its kind. */
function markIn(term: Term): number | undefined {
  const prefix = term.termType === 'Literal' && term.value.startsWith(TEXT_MARK) ? TEXT_MARK : IRI_MARK;
  if (!term.value.startsWith(prefix) || term.termType === 'BlankNode') return undefined;
  const number = term.value.slice(prefix.length);
  return /^\d+$/.test(number) ? Number(number) : undefined;
}

/** What is known of a shape. */
interface Program {
  key: string;
  pattern: Pattern;
  template: Template;
}

/** A program and what it made of a document: canonical N-Quads in UTF-8, good until the next call. */
export interface Filled {
  template: Template;
  canonical: Buffer;
}

const seen = new Recent<true>(SEEN_LETTERS);
const kept = new Recent<Program | 'none'>(KEPT_LETTERS);

/** Those that were used last, those in use first: a badge and its proof take turns, and so do the modules of a track. */
const latest: Program[] = [];
const LATEST_MOST = 4;

function filled({ template }: Program, values: readonly string[]): Filled | undefined {
  const canonical = fillTemplate(template, values);
  return canonical && { template, canonical };
}

/** The canonical form of a document, when its shape is one of those that were used last. */
export function fromLatest(document: object): Filled | undefined {
  for (let n = 0; n < latest.length; n += 1) {
    const program = latest[n]!;
    const { words, isWritten } = program.template;
    const values = valuesBy(program.pattern, document, isWritten ? words.texts : []);
    if (values === undefined) continue;
    // One that had to go is used no more.
    if (kept.get(program.key) !== program) {
      latest.splice(n, 1);
      return undefined;
    }
    // Whoever is asked for comes one place nearer.
    if (n > 0) [latest[n - 1], latest[n]] = [program, latest[n - 1]!];
    return filled(program, values);
  }
  return undefined;
}

/** The canonical form of a document by the program of its shape; nothing when there is none. */
export function fromRemembered({ key, values }: Shape): Filled | undefined {
  const program = kept.get(key);
  if (program === undefined || program === 'none') return undefined;
  if (!latest.includes(program)) latest.unshift(program);
  if (latest.length > LATEST_MOST) latest.pop();
  return filled(program, values);
}

/**
 * Notes that a document took the full path, and compiles its shape when it is the second of its kind: at three times
 * the cost of the full path, once.
 * @param canonical what the full path made of the document: a program that says otherwise is thrown away.
 */
export async function remember(document: object, shape: Shape, canonical: Buffer, fullPath: FullPath): Promise<void> {
  const { key } = shape;
  if (kept.get(key) !== undefined) return;
  if (seen.get(key) === undefined) return seen.set(key, true, OWN_LETTERS);
  // What holds a mark could not be told from one, and its shape is left for another document to compile.
  if (key.includes(MARK) || canonical.includes(MARK)) return;
  // At once, so that a crowd of one shape compiles it once.
  kept.set(key, 'none', OWN_LETTERS);
  const template = await compile(document, shape, fullPath);
  if (template === undefined) return;
  const canonicalAnew = fillTemplate(template, shape.values);
  // Declined: the nodes of this one document are alike. It must not spoil the shape for all others.
  if (canonicalAnew === undefined) return kept.delete(key);
  if (!canonicalAnew.equals(canonical)) return;
  const weight = template.weight + PLACE_LETTERS * key.length;
  kept.set(key, { key, pattern: patternOf(document), template }, Math.max(weight, LEAST_WEIGHT));
}

async function compile(document: object, shape: Shape, fullPath: FullPath): Promise<Template | undefined> {
  try {
    if (!(await everyLeafIsWhole(document, fullPath))) return undefined;
    // Equal IRIs are one slot, so nodes that are one in the document are one here.
    const marked = withValues(document, (slot, _leaf, isIri) => mark(slot, isIri));
    return compileTemplate(await fullPath(marked), shape.values.length, markIn);
  } catch {
    // A text where a term belongs, a relative IRI: the full path says what is wrong with such a document.
    return undefined;
  }
}

/**
 * Whether each value comes out of the full path unchanged, as a whole term. A number that is read from a text, a text
 * within a JSON literal, a value that is dropped: all these are no slots.
 */
async function everyLeafIsWhole(document: object, fullPath: FullPath): Promise<boolean> {
  let leaves = 0;
  const marked = withValues(document, (_slot, leaf, isIri) => {
    leaves = leaf + 1;
    return mark(leaf, isIri);
  });
  const found = new Set<number>();
  for (const quad of await fullPath(marked)) {
    for (const term of [quad.subject, quad.predicate, quad.object, quad.graph]) {
      const leaf = markIn(term);
      if (leaf !== undefined) found.add(leaf);
      else if (term.value.includes(MARK)) return false;
    }
    if (quad.predicate.value.includes(MARK)) return false;
    if (quad.object.datatype?.value.includes(MARK) || quad.object.language?.includes(MARK)) return false;
  }
  return found.size === leaves;
}
