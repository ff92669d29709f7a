// What decides how a document is read is in its shape, and what is in no shape decides nothing.
import t from 'tap';
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { CONTEXTS } from '../../../src/openbadges/contexts.ts';
import { shapeOf, withValues } from '../../../src/openbadges/rdf/shape.ts';
import { badge } from '../generated-badge.ts';
import { badgeVector } from '../vectors/open-badges.ts';

const { unsigned } = badgeVector;
const keyOf = (document: object) => shapeOf(document)?.key;
const key = keyOf(unsigned);

void t.test('no bundled context defines the scheme of a slot as a term or a prefix', async (t) => {
  const names = new Set<string>();
  const collect = (value: unknown): void => {
    if (value === null || typeof value !== 'object') return;
    for (const [name, member] of Object.entries(value)) {
      names.add(name);
      collect(member);
    }
  };
  for (const document of CONTEXTS.values()) collect(document);
  t.ok(names.has('id') && names.size > 500);
  for (const scheme of ['urn', 'did', 'mailto', 'http', 'https']) t.notOk(names.has(scheme), scheme);
  for (const name of names) t.notMatch(name, /^(?:urn|did|mailto|https?):/);
});

void t.test('texts and unequal IRIs change no shape', async (t) => {
  t.type(key, 'string');
  for (const text of [
    '',
    'x',
    '𝒜ﬁ',
    'schema:x',
    '_:b',
    'relative',
    'https://x y',
    'https://x/\u2028',
    'urn:𝒜',
    '\u0000',
  ]) {
    t.equal(keyOf({ ...unsigned, name: text }), key, encodeURIComponent(text));
  }
  for (const id of ['urn:x', 'did:web:x', 'mailto:a@x', 'http://x', 'https://x/%41?ﬁ#']) {
    t.equal(keyOf({ ...unsigned, id }), key, id);
  }
});

void t.test('all else changes the shape', async (t) => {
  const [first] = unsigned['@context'];
  const others: [string, object][] = [
    ['an IRI that is none', { ...unsigned, id: 'relative' }],
    ['a text that is an IRI', { ...unsigned, name: 'urn:x' }],
    ['two IRIs that are equal', { ...unsigned, id: unsigned.issuer.id }],
    ['the order of members', Object.fromEntries(Object.entries(unsigned).reverse())],
    ['a type', { ...unsigned, type: ['VerifiableCredential', 'EndorsementCredential'] }],
    ['one type more', { ...unsigned, type: [...unsigned.type, 'urn:x'] }],
    ['a context', { ...unsigned, '@context': [first] }],
    ['a list of one', { ...unsigned, name: ['x'] }],
    ['a language', { ...unsigned, name: { '@value': 'x', '@language': 'en' } }],
    ['another language', { ...unsigned, name: { '@value': 'x', '@language': 'de' } }],
    ['a number', { ...unsigned, name: 1 }],
    ['minus nothing', { ...unsigned, name: -0 }],
    ['nothing', { ...unsigned, name: 0 }],
    ['null', { ...unsigned, name: null }],
    ['true', { ...unsigned, name: true }],
    [
      'a text under a vocabulary',
      { ...unsigned, credentialSubject: { ...unsigned.credentialSubject, status: 'Failed' } },
    ],
    ['an unknown member', { ...unsigned, unheard: 'x' }],
    ['another unknown member', { ...unsigned, '"': 'x' }],
  ];
  t.equal(
    keyOf({ ...unsigned, id: 'https://x.example/\u2028' }),
    keyOf({ ...unsigned, id: 'relative' }),
    'white space',
  );
  const keys = [key, ...others.map(([, document]) => keyOf(document))];
  for (const [n, [what]] of others.entries()) t.equal(keys.indexOf(keys[n + 1]), n + 1, what);
});

void t.test('no shape: inline and unknown contexts, what is no JSON, what is too much', async (t) => {
  let deep: unknown = 'x';
  for (let n = 0; n < 100_000; n += 1) deep = [deep];
  const documents: [string, object][] = [
    ['an inline context', { ...unsigned, '@context': [...unsigned['@context'], { x: 'urn:x' }] }],
    ['an unknown context', { ...unsigned, '@context': ['https://x.example/'] }],
    ['no context at all', { ...unsigned, '@context': null }],
    ['a date', { ...unsigned, name: new Date(0) }],
    ['nothing at all', { ...unsigned, name: undefined }],
    ['a depth that no badge has', { ...unsigned, name: deep }],
    ['a million letters', { ...unsigned, name: 'x'.repeat(1_000_001) }],
    ['a member of that length', { ...unsigned, ['x'.repeat(100_000)]: 'x' }],
    ['a hundred thousand members', { ...unsigned, tag: Array.from({ length: 100_000 }, String) }],
    ['as many numbers', { ...unsigned, tag: Array.from({ length: 100_000 }, (_, n) => n) }],
  ];
  for (const [what, document] of documents) t.equal(shapeOf(document), undefined, what);
});

void t.test('the values are those of the document, and with others it has the same shape', async (t) => {
  fc.assert(
    fc.property(badge, (document) => {
      const shape = shapeOf(document);
      assert.ok(shape);
      const same = withValues(document, (slot) => shape.values[slot] ?? '');
      assert.equal(JSON.stringify(same), JSON.stringify(document));
      const other = withValues(document, (slot, _leaf, isIri) => (isIri ? `urn:${slot}` : 'x'));
      assert.equal(keyOf(other), shape.key);
    }),
    { numRuns: 100 },
  );
  t.pass();
});
