// A statement has one line, and lines one order.
import t from 'tap';
import fc from 'fast-check';
import { compareCodePoints, inUtf8, sortLines, writeQuad, type Term } from '../../../src/openbadges/rdf/quads.ts';

const subject: Term = { termType: 'NamedNode', value: 'https://example.org/s' };
const predicate: Term = { termType: 'NamedNode', value: 'https://example.org/p' };
const graph: Term = { termType: 'DefaultGraph', value: '' };
const write = (object: Term, name = graph) =>
  writeQuad({ subject, predicate, object, graph: name }, (one) => `x${one}`);
const literal = (value: string, more: Partial<Term> = {}): Term => ({ termType: 'Literal', value, ...more });

void t.test('exactly what must be escaped is escaped', async (t) => {
  // RDFC-1.0 Appendix A.
  const text = 'é李𝒜 \u0080\u2028"\\\b\t\n\f\r\u0000\u0007\u000b\u000e\u001f\u007f\ufffe\uffff\'<>';
  const line = write(literal(text));
  t.equal(
    line,
    '<https://example.org/s> <https://example.org/p> "é李𝒜 \u0080\u2028\\"\\\\\\b\\t\\n\\f\\r\\u0000\\u0007\\u000B\\u000E\\u001F\\u007F\\uFFFE\\uFFFF\'<>" .\n',
  );
});

void t.test('datatype, language, blank node and graph are written as the grammar has them', async (t) => {
  const start = '<https://example.org/s> <https://example.org/p> ';
  const xsd = 'http://www.w3.org/2001/XMLSchema#';
  t.equal(write(literal('a', { datatype: { value: `${xsd}string` } })), `${start}"a" .\n`);
  t.equal(write(literal('1', { datatype: { value: `${xsd}integer` } })), `${start}"1"^^<${xsd}integer> .\n`);
  const langString = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#langString';
  t.equal(write(literal('a', { language: 'pt-br', datatype: { value: langString } })), `${start}"a"@pt-br .\n`);
  t.equal(write({ termType: 'BlankNode', value: '1' }), `${start}_:x1 .\n`);
  t.equal(write(subject, { termType: 'BlankNode', value: 'g' }), `${start}<https://example.org/s> _:xg .\n`);
});

void t.test('the order is that of UTF-8 bytes, for any texts', async (t) => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
      const bytes = Buffer.compare(Buffer.from(a), Buffer.from(b));
      return Math.sign(compareCodePoints(a, b)) === bytes;
    }),
  );
  t.equal(Math.sign(compareCodePoints('ﬁ', '𝒜')), -1);
  t.equal(compareCodePoints('a', 'a'), 0);
  t.strictSame(sortLines(['𝒜', 'ﬁ', 'z', 'a']), ['a', 'z', 'ﬁ', '𝒜']);
  t.strictSame(sortLines(['ab', 'b', 'a']), ['a', 'ab', 'b']);
});

void t.test('lines in UTF-8 are the bytes of their text', async (t) => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' })), (lines) => {
      const wellFormed = lines.map((line) => line.toWellFormed());
      return inUtf8(wellFormed).equals(Buffer.from(wellFormed.join('')));
    }),
  );
  t.equal(inUtf8(['é', '', '李', '𝒜', '\uffff']).toString(), 'é李𝒜\uffff');
});
