// What is hostile is refused before anything works on it, with the place where it stands.
import t from 'tap';
import { checkBounds, checkJson } from '../../../src/openbadges/rdf/bounds.ts';

const nested = (depth: number): unknown => (depth === 0 ? 'x' : { a: nested(depth - 1) });

void t.test('a plain badge passes', async (t) => {
  t.doesNotThrow(() =>
    checkBounds({ '@context': ['https://a.example', { '@vocab': 'x', name: '@id' }], id: 'x', n: 1 }),
  );
  t.doesNotThrow(() =>
    checkBounds({ name: { '@value': 'x', '@language': 'en', '@direction': 'ltr' }, a: [null, true] }),
  );
});

void t.test('too deep, too many, too long, too many contexts: each is refused', async (t) => {
  const code = 'ERR_OB_TOO_COMPLEX';
  t.throws(() => checkBounds(nested(65)), { code });
  t.doesNotThrow(() => checkBounds(nested(64)));
  t.throws(() => checkBounds({ a: Array.from({ length: 6_001 }, () => 1) }), { code, pointer: /^\/a\/\d+$/ });
  t.throws(() => checkBounds({ a: 'x'.repeat(4 * 1024 * 1024 + 1) }), { code, pointer: '/a' });
  t.throws(() => checkBounds({ ['x'.repeat(4 * 1024 * 1024 + 1)]: 1 }), { code });
  const contexts = Array.from({ length: 40 }, () => 'https://www.w3.org/ns/credentials/v2');
  t.throws(() => checkBounds({ '@context': contexts, a: { '@context': contexts } }), { code, pointer: '/a/@context' });
});

void t.test('names that programs trip over and half characters are refused where they stand', async (t) => {
  const code = 'ERR_OB_JSONLD';
  t.throws(() => checkBounds(JSON.parse('{"a/b~": {"__proto__": {"x": 1}}}')), { code, pointer: '/a~1b~0/__proto__' });
  t.throws(() => checkBounds(JSON.parse('{"@context": [{"__proto__": "x"}]}')), { code });
  t.throws(() => checkBounds({ a: ['\ud800'] }), { code, pointer: '/a/0' });
  t.throws(() => checkBounds({ '\udc00': 1 }), { code });
  t.doesNotThrow(() => checkBounds({ constructor: 'x', toString: 'x', hasOwnProperty: 'x' }), 'these are only names');
});

void t.test('keywords that move statements elsewhere are refused, with the remedy', async (t) => {
  for (const key of [
    '@included',
    '@reverse',
    '@nest',
    '@graph',
    '@set',
    '@list',
    '@index',
    '@base',
    '@foo',
    '@value2',
  ]) {
    t.throws(() => checkBounds({ a: { [key]: 'x' } }), { code: 'ERR_OB_JSONLD', message: /leave it out/ }, key);
  }
  t.throws(() => checkBounds({ '@id': 'x' }), { message: /write "id"/ });
  t.throws(() => checkBounds({ '@type': 'x' }), { message: /write "type"/ });
  t.throws(() => checkBounds({ a: { '@value': 'x', '@id': 'y' } }), { code: 'ERR_OB_JSONLD' });
});

void t.test('only an object is a document, only JSON is JSON', async (t) => {
  for (const document of [null, undefined, 'x', 1, [], true])
    t.throws(() => checkBounds(document), { code: 'ERR_OB_JSONLD' });
  t.throws(() => checkBounds({ a: Number.NaN }), { code: 'ERR_OB_JSONLD' });
  t.throws(() => checkBounds({ a: undefined }), { code: 'ERR_OB_JSONLD' });
  t.throws(() => checkBounds({ a: 1n }), { code: 'ERR_OB_JSONLD' });
  t.doesNotThrow(() => checkJson({ '@anything': [{ '@graph': 1 }] }), 'keywords mean nothing in plain JSON');
  t.throws(() => checkJson(nested(65)), { code: 'ERR_OB_TOO_COMPLEX' });
});
