// Nothing is lost between the document and its statements, and what would be lost is named.
import t from 'tap';
import { expand, toQuads } from '../../../src/openbadges/rdf/expand.ts';
import { badgeVector } from '../vectors/open-badges.ts';

const { unsigned } = badgeVector;
const quadsOf = async (document: object) => toQuads(await expand(document));
const withContext = (context: unknown, more: object) => ({
  ...unsigned,
  '@context': [...unsigned['@context'], context],
  ...more,
});
const withSubject = (change: object) => ({
  ...unsigned,
  credentialSubject: { ...unsigned.credentialSubject, ...change },
});

void t.test('each way of saying nothing, or something else, is refused by name', async (t) => {
  const cases: [string, object, RegExp][] = [
    ['an undefined term', { ...unsigned, colour: 'red' }, /"colour" is not defined/],
    ['an undefined term within', withSubject({ colour: 'red' }), /"colour" is not defined/],
    ['a term that another type has', { ...unsigned, hashed: true }, /"hashed" is not defined/],
    ['an undefined type', { ...unsigned, type: [...unsigned.type, 'Medal'] }, /type "Medal" is not defined/],
    ['a type that is only a number', { ...unsigned, type: [...unsigned.type, '7'] }, /type "7"/],
    ['a relative id', { ...unsigned, id: 'badge-1' }, /"badge-1" is not an absolute IRI/],
    ['an empty id', { ...unsigned, id: '' }, /not an absolute IRI|empty/],
    ['a relative IRI as a value', { ...unsigned, credentialStatus: '/status/1' }, /"\/status\/1"/],
    ['a null id', { ...unsigned, id: null }, /id must be/],
    ['an id with a space', { ...unsigned, id: 'https://example.org/a b' }, /absolute IRI/],
    ['an id with an angle bracket', { ...unsigned, id: 'https://example.org/<b>' }, /no IRI may hold/],
    ['an id with a quotation mark', { ...unsigned, id: 'https://example.org/"b"' }, /no IRI may hold/],
    ['an id with half an escape', { ...unsigned, id: 'https://example.org/%zz' }, /no IRI may hold/],
    ['a language that is none', { ...unsigned, name: { '@value': 'x', '@language': 'not a language' } }, /BCP 47/],
    ['an id that is a list', { ...unsigned, id: ['https://a.example'] }, /id must be/],
    ['a type that is an object', { ...unsigned, type: [...unsigned.type, {}] }, /type must be|JSON-LD/],
    ['a term redefined', withContext({ name: 'https://evil.example/name' }, {}), /"name" is protected/],
    ['a term taken away', withContext({ name: null }, {}), /"name" is protected/],
    ['all contexts taken away', withContext(null, {}), /JSON-LD/],
    ['a term as a keyword', withContext({ name: '@id' }, {}), /JSON-LD|protected/],
    ['a relative @vocab', withContext({ '@vocab': 'words#' }, { colour: 'red' }), /JSON-LD|absolute|defined/],
    ['a term that leads nowhere', withContext({ colour: null }, { colour: 'red' }), /"colour" is not defined/],
    ['a term that is a blank node', withContext({ colour: '_:c' }, { colour: 'red' }), /blank node|JSON-LD/],
    [
      'an index',
      withContext({ c: { '@id': 'https://c.example', '@container': '@index' } }, { c: { a: 'x' } }),
      /index/,
    ],
    ['a context that is a number', withContext(7, {}), /JSON-LD/],
    ['a name that is a method', withContext({ hasOwnProperty: 'https://x.example' }, {}), /JSON-LD/],
  ];
  for (const [what, document, message] of cases) {
    await t.rejects(quadsOf(document), { code: 'ERR_OB_JSONLD', message }, what);
  }
});

void t.test('an unknown context is refused by name, at any depth', async (t) => {
  const code = 'ERR_OB_CONTEXT_UNKNOWN';
  await t.rejects(quadsOf(withContext('https://evil.example/c', {})), { code, message: /evil\.example/ });
  await t.rejects(quadsOf(withSubject({ '@context': 'https://evil.example/c' })), { code });
  const scoped = { colour: { '@id': 'https://c.example', '@context': 'https://evil.example/c' } };
  await t.rejects(quadsOf(withContext(scoped, { colour: { id: 'https://x.example' } })), {
    code: 'ERR_OB_JSONLD',
    message: /"colour" cannot be used/,
  });
  await t.rejects(quadsOf(withContext({ '@import': 'https://evil.example/c' }, {})), { code });
});

void t.test('what the contexts define is all there', async (t) => {
  const document = withContext(
    { colour: 'https://c.example' },
    { colour: ['red', 'red', { '@value': 'rot', '@language': 'DE' }] },
  );
  const colours = (await quadsOf(document)).filter(({ predicate }) => predicate.value === 'https://c.example');
  t.strictSame(colours.map(({ object }) => `${object.value} ${object.language ?? ''}`).sort(), ['red ', 'rot de']);
});

void t.test('the direction of a text is part of what is said', async (t) => {
  const name = (direction: string) => ({
    ...unsigned,
    name: { '@value': 'شارة', '@language': 'ar', '@direction': direction },
  });
  const datatypes = async (document: object) =>
    (await quadsOf(document)).map(({ object }) => object.datatype?.value ?? '').filter((one) => one.includes('i18n'));
  t.strictSame(await datatypes(name('rtl')), ['https://www.w3.org/ns/i18n#ar_rtl']);
  t.strictSame(await datatypes(name('ltr')), ['https://www.w3.org/ns/i18n#ar_ltr']);
});
