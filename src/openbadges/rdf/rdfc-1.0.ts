// Names for blank nodes that depend on nothing but the statements, so that two documents saying the same are signed
// alike. Written from the Recommendation, its steps numbered as there, for two reasons: the usual library orders by
// UTF-16 unit where the text says code point (labels differ for names such as 𝒜), and it needs a clock to stop at a
// poisoned dataset, where here the work itself is counted.
//
// RDF Dataset Canonicalization 1.0 (W3C Recommendation, 21 May 2024) §4.4 to §4.8, §7.1 (dataset poisoning).

import { hash } from 'node:crypto';
import { OpenBadgesError } from '../errors.ts';
import { compareCodePoints, sortLines, writeQuad, type Quad, type Term } from './quads.ts';

/**
 * How many orders may be tried and hashes made before a dataset counts as poisoned. An honest badge needs some hundred;
 * this many take a third of a second, and a poisoned graph of 30 nodes would take years.
 */
const MOST_STEPS = 60_000;

export type HashName = 'sha256' | 'sha384';

/** Gives names in order of first asking: c14n0, c14n1 … */
class Issuer {
  readonly issued: Map<string, string>;
  readonly prefix: string;

  constructor(prefix: string, issued = new Map<string, string>()) {
    this.prefix = prefix;
    this.issued = issued;
  }

  issue(node: string): string {
    const known = this.issued.get(node);
    if (known !== undefined) return known;
    const name = `${this.prefix}${this.issued.size}`;
    this.issued.set(node, name);
    return name;
  }

  copy(): Issuer {
    return new Issuer(this.prefix, new Map(this.issued));
  }
}

interface Hashed {
  hash: string;
  issuer: Issuer;
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

/** All orders of a list, the sorted one first (RDFC-1.0 asks for each; equal entries give equal orders once). */
function* orders(list: readonly string[]): Generator<readonly string[]> {
  const current = [...list].sort(compareCodePoints);
  for (;;) {
    yield current;
    let left = current.length - 2;
    while (left >= 0 && compareCodePoints(current[left] ?? '', current[left + 1] ?? '') >= 0) left -= 1;
    if (left < 0) return;
    let right = current.length - 1;
    while (compareCodePoints(current[right] ?? '', current[left] ?? '') <= 0) right -= 1;
    [current[left], current[right]] = [current[right] ?? '', current[left] ?? ''];
    current.push(...current.splice(left + 1).reverse());
  }
}

class Canonicalization {
  readonly canonical = new Issuer('c14n');
  readonly quadsOf = new Map<string, Quad[]>();
  readonly firstDegree = new Map<string, string>();
  readonly hashName: HashName;
  stepsLeft = MOST_STEPS;

  constructor(quads: readonly Quad[], hashName: HashName) {
    this.hashName = hashName;
    for (const quad of quads) {
      const nodes = [quad.subject, quad.object, quad.graph].filter(isBlank);
      for (const node of new Set(nodes.map((term) => term.value))) push(this.quadsOf, node, quad);
    }
  }

  // §4.4.3
  labels(): ReadonlyMap<string, string> {
    const nodesOf = new Map<string, string[]>();
    for (const node of this.quadsOf.keys()) push(nodesOf, this.hashFirstDegree(node), node);
    const byHash = [...nodesOf].sort(([a], [b]) => compareCodePoints(a, b));
    for (const [, nodes] of byHash) if (nodes.length === 1) this.canonical.issue(nodes[0] ?? '');
    for (const [, nodes] of byHash) if (nodes.length > 1) this.labelAlike(nodes);
    return this.canonical.issued;
  }

  // §4.4.3 step 5: nodes whose own statements are alike are told apart by their surroundings.
  private labelAlike(nodes: readonly string[]): void {
    const results: Hashed[] = [];
    for (const node of nodes) {
      if (this.canonical.issued.has(node)) continue;
      const issuer = new Issuer('b');
      issuer.issue(node);
      results.push(this.hashNDegree(node, issuer));
    }
    results.sort((a, b) => compareCodePoints(a.hash, b.hash));
    for (const { issuer } of results) for (const node of issuer.issued.keys()) this.canonical.issue(node);
  }

  private step(): void {
    this.stepsLeft -= 1;
    if (this.stepsLeft >= 0) return;
    const what = 'Too many nodes of this document are alike: give them ids, so that they can be told apart.';
    throw new OpenBadgesError('ERR_OB_TOO_COMPLEX', what);
  }

  private hash(text: string): string {
    this.step();
    return hash(this.hashName, text);
  }

  // §4.6
  private hashFirstDegree(node: string): string {
    const known = this.firstDegree.get(node);
    if (known !== undefined) return known;
    const lines = (this.quadsOf.get(node) ?? []).map((quad) =>
      writeQuad(quad, (other) => (other === node ? 'a' : 'z')),
    );
    const hash = this.hash(sortLines(lines).join(''));
    this.firstDegree.set(node, hash);
    return hash;
  }

  // §4.7
  private hashRelated(related: string, quad: Quad, issuer: Issuer, position: 's' | 'o' | 'g'): string {
    const name = this.canonical.issued.get(related) ?? issuer.issued.get(related);
    const identifier = name === undefined ? this.hashFirstDegree(related) : `_:${name}`;
    return this.hash(`${position}${position === 'g' ? '' : `<${quad.predicate.value}>`}${identifier}`);
  }

  // §4.8
  private hashNDegree(node: string, given: Issuer): Hashed {
    let issuer = given;
    const relatedOf = new Map<string, string[]>();
    for (const quad of this.quadsOf.get(node) ?? []) {
      const places: [Term, 's' | 'o' | 'g'][] = [
        [quad.subject, 's'],
        [quad.object, 'o'],
        [quad.graph, 'g'],
      ];
      for (const [term, position] of places) {
        if (term.termType !== 'BlankNode' || term.value === node) continue;
        push(relatedOf, this.hashRelated(term.value, quad, issuer, position), term.value);
      }
    }
    let text = '';
    for (const [hash, related] of [...relatedOf].sort(([a], [b]) => compareCodePoints(a, b))) {
      const chosen = this.shortestPath(related, issuer);
      text += hash + chosen.path;
      issuer = chosen.issuer;
    }
    return { hash: this.hash(text), issuer };
  }

  // §4.8.2 step 5.4
  private shortestPath(related: readonly string[], issuer: Issuer): { path: string; issuer: Issuer } {
    let best: { path: string; issuer: Issuer } | undefined;
    for (const order of orders(related)) {
      this.step();
      const tried = this.path(order, issuer, best?.path);
      if (tried !== undefined && (best === undefined || compareCodePoints(tried.path, best.path) < 0)) best = tried;
    }
    if (best === undefined) throw new Error('A list of related nodes has at least one order.');
    return best;
  }

  /** The path of one order, or nothing as soon as it is longer round than the best one so far. */
  private path(
    order: readonly string[],
    issuer: Issuer,
    best: string | undefined,
  ): { path: string; issuer: Issuer } | undefined {
    const isWorse = () => best !== undefined && path.length >= best.length && compareCodePoints(path, best) > 0;
    let copy = issuer.copy();
    let path = '';
    const unnamed: string[] = [];
    for (const related of order) {
      const canonical = this.canonical.issued.get(related);
      if (canonical === undefined && !copy.issued.has(related)) unnamed.push(related);
      path += `_:${canonical ?? copy.issue(related)}`;
      if (isWorse()) return undefined;
    }
    for (const related of unnamed) {
      const result = this.hashNDegree(related, copy);
      path += `_:${copy.issue(related)}<${result.hash}>`;
      copy = result.issuer;
      if (isWorse()) return undefined;
    }
    return { path, issuer: copy };
  }
}

const isBlank = ({ termType }: Term): boolean => termType === 'BlankNode';

/** A canonical dataset: its lines in order, and which canonical name each blank node was given. */
export interface CanonicalDataset {
  lines: string[];
  labels: ReadonlyMap<string, string>;
  /** The statements, each once, under the names they came with. */
  quads: readonly Quad[];
}

/**
 * Takes the statements of a dataset, gives its canonical lines and labels (RDFC-1.0 §4.4). Equal statements count once.
 * Throws ERR_OB_TOO_COMPLEX for a poisoned dataset (§7.1).
 */
export function canonicalizeQuads(quads: readonly Quad[], hashName: HashName = 'sha256'): CanonicalDataset {
  const about = quads.filter(({ subject, object, graph }) => isBlank(subject) || isBlank(object) || isBlank(graph));
  const labels = new Canonicalization(distinct(about), hashName).labels();
  const lines = sortLines(quads.map((quad) => writeQuad(quad, (node) => labels.get(node) ?? node)));
  // No two nodes have one label, so equal lines are equal statements.
  const once = lines.filter((line, n) => line !== lines[n - 1]);
  return { lines: once, labels, quads: once.length === quads.length ? quads : distinct(quads) };
}

function distinct(quads: readonly Quad[]): readonly Quad[] {
  return [...new Map(quads.map((quad) => [writeQuad(quad, (node) => node), quad])).values()];
}
