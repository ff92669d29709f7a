// The names of blank nodes follow from the statements alone, as the Recommendation has it and others have built it.
import t from 'tap';
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { RDFC10 } from 'rdfjs-c14n';
import type { Quad, Term } from '../../../src/openbadges/rdf/quads.ts';
import { canonicalizeQuads } from '../../../src/openbadges/rdf/rdfc-1.0.ts';

const rdfCanonize = createRequire(import.meta.url)('rdf-canonize') as {
  canonize(quads: readonly Quad[], options: object): Promise<string>;
};

const iri = (value: string): Term => ({ termType: 'NamedNode', value });
const node = (value: string): Term => ({ termType: 'BlankNode', value });
const literal = (value: string): Term => ({
  termType: 'Literal',
  value,
  datatype: { termType: 'NamedNode', value: 'http://www.w3.org/2001/XMLSchema#string' } as { value: string },
});
const none: Term = { termType: 'DefaultGraph', value: '' };
const quad = (subject: Term, predicate: string, object: Term, graph = none): Quad => ({
  subject,
  predicate: iri(`http://example.com/#${predicate}`),
  object,
  graph,
});

const nodes = fc.constantFrom('e0', 'e1', 'e2', 'e3', 'e4', 'e5').map(node);
const quads = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.tuple(nodes, fc.constantFrom('p', 'q'), nodes) },
    {
      weight: 1,
      arbitrary: fc.tuple(nodes, fc.constantFrom('p', 'q'), fc.constantFrom('a', 'é', '"\\\n').map(literal)),
    },
    { weight: 1, arbitrary: fc.tuple(fc.constant(iri('http://example.com/s')), fc.constant('r'), nodes) },
  ),
  { minLength: 1, maxLength: 12 },
);
const distinct = (list: Quad[]) => [...new Map(list.map((one) => [JSON.stringify(one), one])).values()];

void t.test('on any graph the lines are those of two independent canonicalizers', async (t) => {
  await fc.assert(
    fc.asyncProperty(quads, fc.constantFrom(none, iri('http://example.com/g'), node('e0')), async (list, graph) => {
      const dataset = distinct(list.map(([subject, predicate, object]) => quad(subject, predicate, object, graph)));
      const ours = canonicalizeQuads(dataset).lines.join('');
      assert.equal(ours, await rdfCanonize.canonize(dataset, { algorithm: 'RDFC-1.0', maxWorkFactor: 3 }));
      // rdfjs-c14n 3.1.4 counts a statement about itself twice, where the Recommendation says "for each blank node".
      const isLoop = ({ subject, object, graph: name }: Quad) =>
        [subject, object, name].some((one, at, all) =>
          all.some((other, place) => place > at && one.termType === 'BlankNode' && one.value === other.value),
        );
      if (dataset.some(isLoop)) return;
      assert.equal(ours, await new RDFC10().canonicalize(ours.replaceAll('c14n', 'x')));
    }),
    { numRuns: 300 },
  );
  t.pass();
});

void t.test('the names that statements come with, and their order, say nothing', async (t) => {
  fc.assert(
    fc.property(quads, fc.integer({ min: 0, max: 5 }), (list, turn) => {
      const rename = (term: Term): Term =>
        term.termType === 'BlankNode' ? node(`z${(Number(term.value.slice(1)) * 5 + turn) % 6}`) : term;
      const plain = list.map(([subject, predicate, object]) => quad(subject, predicate, object));
      const renamed = list.map(([subject, predicate, object]) => quad(rename(subject), predicate, rename(object)));
      assert.deepEqual(canonicalizeQuads(renamed.reverse()).lines, canonicalizeQuads(plain).lines);
    }),
    { numRuns: 100 },
  );
  t.pass();
});

void t.test('labels and lines follow code points: ﬁ before 𝒜, where UTF-16 has them the other way', async (t) => {
  // A node's own statements are hashed in order, and the hashes decide who is c14n0: §4.6 step 4, §4.4.3 step 5.
  const p = '<http://example.com/#p>';
  const hash = (...lines: string[]) => createHash('sha256').update(lines.join('')).digest('hex');
  const words = Array.from({ length: 8 }, (_, index) => `ﬁ${index}`);
  const dataset = words.flatMap((word) => [quad(node(word), 'p', literal('𝒜')), quad(node(word), 'p', literal(word))]);
  const inOrder = words
    .map((word) => ({ word, hash: hash(`_:a ${p} "${word}" .\n`, `_:a ${p} "𝒜" .\n`) }))
    .sort((one, other) => (one.hash < other.hash ? -1 : 1));
  const { lines } = canonicalizeQuads(dataset);
  t.strictSame(
    lines,
    inOrder.flatMap(({ word }, index) => [`_:c14n${index} ${p} "${word}" .\n`, `_:c14n${index} ${p} "𝒜" .\n`]),
  );
  const library = await rdfCanonize.canonize(dataset, { algorithm: 'RDFC-1.0' });
  t.not(library, lines.join(''), 'the usual library has them by UTF-16 unit');
});

void t.test('a statement made twice counts once', async (t) => {
  const one = quad(node('a'), 'p', literal('x'));
  t.strictSame(canonicalizeQuads([one, { ...one }]), canonicalizeQuads([one]));
});

void t.test('the hash is the one asked for', async (t) => {
  const dataset = Array.from({ length: 6 }, (_, index) => quad(node(`n${index}`), 'p', literal(String(index))));
  t.notSame(canonicalizeQuads(dataset, 'sha384').lines, canonicalizeQuads(dataset).lines);
  const theirs = await rdfCanonize.canonize(dataset, { algorithm: 'RDFC-1.0', messageDigestAlgorithm: 'sha384' });
  t.equal(canonicalizeQuads(dataset, 'sha384').lines.join(''), theirs);
});

void t.test('identical nodes under one parent are no poison, a graph made to exhaust us is', async (t) => {
  const alike = Array.from({ length: 40 }, (_, index) => [
    quad(node('parent'), 'p', node(`n${index}`)),
    quad(node(`n${index}`), 'q', literal('same')),
  ]).flat();
  t.equal(canonicalizeQuads(alike).lines.length, 80);
  const clique = Array.from({ length: 12 }, (_, from) =>
    Array.from({ length: 12 }, (_, to) => quad(node(`n${from}`), 'p', node(`n${to}`))).filter(
      ({ subject, object }) => subject.value !== object.value,
    ),
  ).flat();
  t.throws(() => canonicalizeQuads(clique), { code: 'ERR_OB_TOO_COMPLEX' });
});
