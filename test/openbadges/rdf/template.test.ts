// A program filled with values writes what RDFC-1.0 makes of the same statements, or declines: on any graph, whatever it
// wrote before.
import t from 'tap';
import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import fc from 'fast-check';
import { compileTemplate } from '../../../src/openbadges/rdf/compile-template.ts';
import type { Quad, Term } from '../../../src/openbadges/rdf/quads.ts';
import { canonicalizeQuads } from '../../../src/openbadges/rdf/rdfc-1.0.ts';
import { fillTemplate, hashFilled } from '../../../src/openbadges/rdf/template.ts';
import { text } from '../generated-badge.ts';

const RUNS = Number(process.env.FUZZ_DOCUMENTS ?? 1000);

const none: Term = { termType: 'DefaultGraph', value: '' };
const iri = (value: string): Term => ({ termType: 'NamedNode', value });
const xsd = 'http://www.w3.org/2001/XMLSchema#';
const literal = (value: string, kind: number): Term => {
  const term: Term = { termType: 'Literal', value, datatype: { value: `${xsd}${kind === 0 ? 'string' : 'date'}` } };
  if (kind < 2) return term;
  return { ...term, language: 'en', datatype: { value: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#langString' } };
};

// Slots 0 to 3 are IRIs, 4 to 7 texts.
const slotOf = (term: Term): number | undefined => {
  const mark = /^slot:(\d)$/.exec(term.value)?.[1];
  return mark === undefined || term.termType === 'BlankNode' ? undefined : Number(mark);
};
const node = fc.constantFrom('a', 'b', 'c', 'd').map((value): Term => ({ termType: 'BlankNode', value }));
const iriSlot = fc.integer({ min: 0, max: 3 }).map((slot) => iri(`slot:${slot}`));
const textSlot = fc.tuple(fc.integer({ min: 4, max: 7 }), fc.integer({ min: 0, max: 2 }));
const constant = fc.constantFrom('https://x.example/', 'https://x.example/𝒜', 'https://x.example/ﬁ', 'urn:x').map(iri);
const plain = fc.constantFrom('https://x.example/', 'urn:x').map(iri);
const object = fc.oneof(
  node,
  iriSlot,
  constant,
  textSlot.map(([slot, kind]) => literal(`slot:${slot}`, kind)),
  fc.constantFrom('𝒜', 'ﬁ', '"\n').map((value) => literal(value, 0)),
);
const quads = fc.array(
  fc
    .tuple(fc.oneof(node, iriSlot, plain), fc.constantFrom('urn:p', 'urn:pp', 'urn:𝒜', 'urn:ﬁ'), object)
    .map(([subject, predicate, what]): Quad => ({ subject, predicate: iri(predicate), object: what, graph: none })),
  { minLength: 1, maxLength: 14 },
);
const iris = fc.constantFrom('urn:x', 'urn:a', 'urn:b', 'urn:c', 'urn:d', 'https://x.example/', 'https://x.example/ﬁ');
const values = fc
  .tuple(fc.array(iris, { minLength: 4, maxLength: 4 }), fc.array(text, { minLength: 4, maxLength: 4 }))
  .map(([some, texts]) => [...some, ...texts]);

function filledIn(statements: readonly Quad[], words: readonly string[]): Quad[] {
  const fill = (term: Term): Term => ({ ...term, value: words[slotOf(term) ?? -1] ?? term.value });
  return statements.map((quad) => ({ ...quad, subject: fill(quad.subject), object: fill(quad.object) }));
}

void t.test('on any graph and one filling after another: the same text, or declined', async (t) => {
  let written = 0;
  fc.assert(
    fc.property(quads, fc.array(values, { minLength: 1, maxLength: 6 }), (statements, fillings) => {
      const template = compileTemplate(statements, 8, slotOf);
      if (!template) return;
      for (const words of fillings.flatMap((one, n) => [one, [...one.slice(0, 7), `${n}`]])) {
        const filled = fillTemplate(template, words);
        if (filled === undefined) continue;
        written += 1;
        const canonical = canonicalizeQuads(filledIn(statements, words)).lines.join('');
        assert.equal(filled.toString(), canonical);
        if (written % 3 > 0) assert.equal(hashFilled(template, filled).toString('hex'), hash('sha256', canonical));
      }
    }),
    { numRuns: RUNS },
  );
  t.ok(written > RUNS, 'not all were declined');
});

void t.test('a large document is written each time anew, and no less rightly', async (t) => {
  const statements: Quad[] = [4, 5].map((slot) => ({
    subject: iri('urn:x'),
    predicate: iri(`urn:${slot}`),
    object: literal(`slot:${slot}`, 0),
    graph: none,
  }));
  const template = compileTemplate(statements, 8, slotOf);
  if (!template) return t.fail('this is a program');
  for (const long of ['a'.repeat(100_000), '李'.repeat(100_000), 'short', '"'.repeat(70_000)]) {
    const words = ['', '', '', '', long, 'b', '', ''];
    t.equal(fillTemplate(template, words)?.toString(), canonicalizeQuads(filledIn(statements, words)).lines.join(''));
    t.ok(template.bytes.length < 200_000, 'and is not kept');
  }
});

void t.test('half a character is declined, before and after good ones', async (t) => {
  const term = literal('slot:4', 0);
  const template = compileTemplate(
    [{ subject: iri('urn:x'), predicate: iri('urn:p'), object: term, graph: none }],
    8,
    slotOf,
  );
  if (!template) return t.fail('this is a program');
  for (const [word, line] of [['\ud800'], ['\ufffd', '<urn:x> <urn:p> "\ufffd" .\n'], ['x\udc00']]) {
    t.equal(fillTemplate(template, ['', '', '', '', word ?? '', '', '', ''])?.toString(), line);
  }
});
