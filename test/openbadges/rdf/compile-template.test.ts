// What is a program, what is none, and that a hostile graph is compiled in no more time than it takes to read.
import t from 'tap';
import { compileTemplate } from '../../../src/openbadges/rdf/compile-template.ts';
import type { Quad, Term } from '../../../src/openbadges/rdf/quads.ts';
import { canonicalizeQuads } from '../../../src/openbadges/rdf/rdfc-1.0.ts';
import { fillTemplate } from '../../../src/openbadges/rdf/template.ts';

const iri = (value: string): Term => ({ termType: 'NamedNode', value });
const node = (value: string): Term => ({ termType: 'BlankNode', value });
const literal = (value: string): Term => ({ termType: 'Literal', value });
const none: Term = { termType: 'DefaultGraph', value: '' };
const quad = (subject: Term, predicate: string, object: Term, graph = none): Quad => ({
  subject,
  predicate: iri(predicate),
  object,
  graph,
});
const noSlot = () => undefined;
const slotIn = (term: Term) => (term.value === 'urn:slot' ? 0 : undefined);

void t.test(
  'statements in named graphs, and subjects that sort otherwise than JavaScript does, are no program',
  async (t) => {
    t.equal(compileTemplate([quad(iri('urn:s'), 'urn:p', iri('urn:o'), iri('urn:g'))], 0, noSlot), undefined);
    t.equal(compileTemplate([quad(iri('urn:𝒜'), 'urn:p', iri('urn:o'))], 0, noSlot), undefined);
  },
);

void t.test('what can be ordered once is ordered once', async (t) => {
  const types = ['urn:𝒜', 'urn:ﬁ', 'urn:a'].map((type) => quad(iri('urn:slot'), 'urn:type', iri(type)));
  const names = ['x', 'y'].map((name) => quad(iri('urn:slot'), `urn:${name}`, literal(name)));
  const template = compileTemplate([...types, ...names], 1, slotIn);
  t.equal(template?.subjects[0]?.parts.length, 1, 'one piece of text with gaps');
  const filled = template && fillTemplate(template, ['urn:it'])?.toString();
  t.equal(
    filled
      ?.split('\n')
      .map((line) => line.split(' ')[2])
      .join(' '),
    '<urn:a> <urn:ﬁ> <urn:𝒜> "x" "y" ',
  );
});

void t.test('lines that begin alike are ordered by their values', async (t) => {
  const statements = [quad(iri('urn:s'), 'urn:p', iri('urn:slot')), quad(iri('urn:s'), 'urn:p', iri('urn:m'))];
  const template = compileTemplate(statements, 1, slotIn);
  if (!template) return t.fail('this is a program');
  t.match(fillTemplate(template, ['urn:a'])?.toString(), /urn:a.*\n.*urn:m/);
  t.match(fillTemplate(template, ['urn:z'])?.toString(), /urn:m.*\n.*urn:z/);
  t.equal(fillTemplate(template, ['urn:m'])?.toString().split('\n').length, 2, 'and equal ones are one');
});

void t.test('ten thousand nodes and ten thousand values of one member are compiled and filled', async (t) => {
  const many = Array.from({ length: 10_000 }, (_, n) => n);
  const nodes = many.flatMap((n) => [
    quad(iri('urn:s'), 'urn:p', node(`n${n}`)),
    quad(node(`n${n}`), 'urn:q', literal(String(n))),
  ]);
  const values = many.map((n) => quad(iri('urn:t'), 'urn:p', literal(String(n))));
  const template = compileTemplate([...nodes, ...values], 0, noSlot);
  if (!template) return t.fail('this is a program');
  const filled = fillTemplate(template, []);
  t.equal(filled?.toString(), canonicalizeQuads([...nodes, ...values]).lines.join(''));
  t.ok(template.weight > 1_000_000, 'and weighs what it takes');
});
