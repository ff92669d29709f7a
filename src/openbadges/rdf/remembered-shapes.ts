// Shapes that were seen before, with their programs: expansion is 99 % of the cost of a signature (6 to 8 ms in all
// JavaScript libraries, where Ed25519 takes 0.03), and for the hundredth badge of a module it finds what it found for
// the first. A shape is compiled when it comes the second time; what cannot be compiled is remembered too.

import type { Quad, Term } from './quads.ts';
import { withValues, type Shape } from './shape.ts';
import { compileTemplate, fillTemplate, type Template } from './template.ts';

/** The statements of a document by the full path; throws for what cannot be signed. */
export type FullPath = (document: object) => Promise<readonly Quad[]>;

const SEEN_MOST = 2048;
const KEPT_MOST = 256;

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

/** A bounded map that forgets what was not asked for longest. */
class Recent<V> {
  readonly most: number;
  readonly entries = new Map<string, V>();

  constructor(most: number) {
    this.most = most;
  }

  get(key: string): V | undefined {
    const value = this.entries.get(key);
    if (value !== undefined) {
      this.entries.delete(key);
      this.entries.set(key, value);
    }
    return value;
  }

  set(key: string, value: V): void {
    this.entries.set(key, value);
    if (this.entries.size > this.most) this.entries.delete(this.entries.keys().next().value ?? '');
  }
}

const seen = new Recent<true>(SEEN_MOST);
const kept = new Recent<Template | 'none'>(KEPT_MOST);

/** Canonical N-Quads by the program of a shape that was compiled before; nothing when there is none. */
export function fromRemembered(shape: Shape): string | undefined {
  const template = kept.get(shape.key);
  return template === undefined || template === 'none'
    ? undefined
    : fillTemplate(template, shape.values, shape.hasSurrogates);
}

/**
 * Notes that a document took the full path, and compiles its shape when it is the second of its kind.
 * @param canonical what the full path made of the document: a program that says otherwise is thrown away.
 */
export async function remember(document: object, shape: Shape, canonical: string, fullPath: FullPath): Promise<void> {
  const { key } = shape;
  if (kept.get(key) !== undefined) return;
  if (seen.get(key) === undefined) return seen.set(key, true);
  const template = await compile(document, shape, fullPath);
  const agrees = template !== undefined && fillTemplate(template, shape.values, shape.hasSurrogates) === canonical;
  kept.set(key, agrees ? template : 'none');
}

async function compile(document: object, shape: Shape, fullPath: FullPath): Promise<Template | undefined> {
  if (shape.key.includes(MARK) || shape.values.some((value) => value.includes(MARK))) return undefined;
  try {
    if (!(await everyLeafIsWhole(document, fullPath))) return undefined;
    // Equal IRIs are one slot, so nodes that are one in the document are one here.
    const marked = withValues(document, (slot, _leaf, isIri) => mark(slot, isIri));
    return compileTemplate(await fullPath(marked), markIn);
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
