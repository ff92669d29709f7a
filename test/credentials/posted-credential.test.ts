// What the data model suites of the W3C post, good and bad, each fault with the place where it lies.
import t from 'tap';
import { VC_V1, VC_V2 } from '../../src/openbadges/contexts.ts';
import { OpenBadgesError } from '../../src/openbadges/errors.ts';
import { asProblem, parsePosted } from '../../src/credentials/posted-credential.ts';
import { Problem } from '../../src/platform/problem.ts';
import { plain } from './vc-api-caller.ts';

const E = 'https://example.org/#';
const EXAMPLES = 'https://www.w3.org/ns/credentials/examples/v2';
const defining = (...terms: string[]) => ({
  '@context': [VC_V2, Object.fromEntries(terms.map((term) => [term, E + term]))],
});
const without = (member: string): Record<string, unknown> => {
  const { [member]: _, ...rest } = plain();
  return rest;
};
const text = (value: string, more: object = {}) => ({ '@value': value, '@language': 'en', ...more });

const GOOD: [string, object][] = [
  ['contexts by URL', plain({ '@context': [VC_V2, EXAMPLES] })],
  ['a context as an object', plain(defining('Example'))],
  ['an id', plain({ id: 'urn:uuid:86294362-4254-4f36-854f-3952fe42555d' })],
  ['a DID as its id', plain({ id: 'did:example:credential' })],
  ['a type that is a URL', plain({ type: ['VerifiableCredential', `${E}Example`] })],
  ['a type that a context defines', plain({ ...defining('Example'), type: ['VerifiableCredential', 'Example'] })],
  ['VerifiableCredential last', plain({ type: [`${E}Example`, `${E}Other`, 'VerifiableCredential'] })],
  ['a name', plain({ name: 'A name', description: 'A description' })],
  ['a name in a language', plain({ name: text('A name') })],
  ['a name with a direction', plain({ name: text('HTML', { '@direction': 'ltr' }) })],
  ['a name in several languages', plain({ name: [text('Dog'), { '@value': 'Chien', '@language': 'fr' }] })],
  ['an issuer with a name', plain({ issuer: { id: 'did:example:issuer', name: [text('Us')], description: 'We' } })],
  ['several subjects', plain({ credentialSubject: [{ id: 'did:example:a' }, { id: 'did:example:b' }] })],
  ['a subject without an id', plain({ credentialSubject: { name: 'Alice' } })],
  ['a start in the future', plain({ validFrom: '2099-01-01T00:00:00Z' })],
  ['fractions of seconds', plain({ validFrom: '2020-01-01T00:00:00.123Z', validUntil: '2099-01-01T00:00:00.5Z' })],
  ['other time zones', plain({ validFrom: '2023-02-25T19:10:39-06:00' })],
  [
    'a status of another type',
    plain({ ...defining('Status'), credentialStatus: { id: 'did:example:s', type: 'Status' } }),
  ],
  ['a status without an id', plain({ ...defining('Status'), credentialStatus: { type: 'Status' } })],
  ['schemas', plain({ credentialSchema: [1, 2].map((n) => ({ id: `did:example:s/${n}`, type: `${E}Schema` })) })],
  ['refresh services', plain({ refreshService: [{ id: 'did:example:r', type: `${E}Refresh` }] })],
  [
    'terms of use',
    plain({ ...defining('Policy'), termsOfUse: [{ type: 'Policy' }, { type: 'Policy', id: 'urn:x:1' }] }),
  ],
  ['evidence', plain({ ...defining('Checked'), evidence: [{ type: 'Checked' }, { type: 'Checked' }] })],
  [
    'related resources',
    plain({
      relatedResource: [
        { id: 'https://example.org/a', digestMultibase: 'uEiAjCHMnK5-ayOIZLWo_TBoKYVvSAprlkYEjRlm19Cj0uw' },
        { id: 'https://example.org/b', digestSRI: 'sha256-MIwhzJyufmsjiGS1qP0waCmFb0gKa5ZGBI0ZZtfQo9Ls=' },
      ],
    }),
  ],
  ['a renderer of its own, by the examples context', plain({ '@context': [VC_V2, EXAMPLES], renderHow: 'somehow' })],
  ['the older data model', { ...plain({ '@context': [VC_V1], issuanceDate: '2020-03-16T22:37:26.544Z' }) }],
];

const BAD: [string, object, string][] = [
  ['no context', without('@context'), '/@context'],
  ['a context that is a number', plain({ '@context': 4 }), '/@context/0'],
  ['a context that is no list', plain({ '@context': VC_V2 }), '/@context'],
  ['another context first', plain({ '@context': [EXAMPLES, VC_V2] }), '/@context/0'],
  ['no context of the data model', plain({ '@context': [EXAMPLES] }), '/@context/0'],
  ['a context that is no URL', plain({ '@context': [VC_V2, 'https ://not-a-url/v1'] }), '/@context/1'],
  ['a number among the contexts', plain({ '@context': [VC_V2, 192875] }), '/@context/1'],
  ['a null among the contexts', plain({ '@context': [VC_V2, null] }), '/@context/1'],
  ['a context that is not bundled', plain({ '@context': [VC_V2, 'https://example.com/unknown/v1'] }), ''],
  ['an id that is null', plain({ id: null }), '/id'],
  ['an id that is no URL', plain({ id: 'not-a-url' }), '/id'],
  ['several ids', plain({ id: ['did:example:a', 'did:example:b'] }), '/id'],
  ['several ids of a subject', plain({ credentialSubject: { id: ['did:a:1', 'did:a:2'] } }), '/credentialSubject/id'],
  ['no type', without('type'), '/type'],
  ['a type that is a number', plain({ type: 4 }), '/type'],
  ['types that are no texts', plain({ type: [2, null, { foo: true }, false] }), '/type'],
  ['VerifiableCredential missing', plain({ type: [`${E}Example`] }), '/type'],
  ['a type that nothing defines', plain({ type: ['VerifiableCredential', 'Unmapped'] }), ''],
  [
    'a type that is defined as no URL',
    plain({ '@context': [VC_V2, { Bad: 'https ://not-a-url#Bad' }], type: ['VerifiableCredential', 'Bad'] }),
    '',
  ],
  ['a member that nothing defines', plain({ favourite: 'blue' }), ''],
  ['a name with more members', plain({ name: text('A', { url: 'https://a.example' }) }), '/name'],
  ['a description with more members', plain({ description: text('A', { extra: 1 }) }), '/description'],
  [
    'an issuer’s name with more members',
    plain({ issuer: { id: 'did:a:1', name: text('A', { x: 1 }) } }),
    '/issuer/name',
  ],
  ['no issuer', without('issuer'), '/issuer'],
  ['an issuer that is null', plain({ issuer: null }), '/issuer'],
  ['an issuer that is a number', plain({ issuer: 4 }), '/issuer'],
  ['an issuer that is no URL', plain({ issuer: 'not-a-url' }), '/issuer'],
  ['an issuer whose id is null', plain({ issuer: { id: null } }), '/issuer/id'],
  ['an issuer whose id is no URL', plain({ issuer: { id: 'not-a-url' } }), '/issuer/id'],
  ['no subject', without('credentialSubject'), '/credentialSubject'],
  ['a subject of nothing', plain({ credentialSubject: {} }), '/credentialSubject'],
  ['one empty subject of two', plain({ credentialSubject: [{ id: 'did:a:1' }, {}] }), '/credentialSubject/1'],
  ['subjects that are no objects', plain({ credentialSubject: [null, true, 4] }), '/credentialSubject/0'],
  ['a subject that is a text', plain({ credentialSubject: 'did:example:a' }), '/credentialSubject'],
  ['a date that is none', plain({ validFrom: 'soon' }), '/validFrom'],
  ['a date without a time', plain({ validUntil: '2030-01-01' }), '/validUntil'],
  [
    'an end before the start',
    plain({ validFrom: '2030-01-01T00:00:00Z', validUntil: '2020-01-01T00:00:00Z' }),
    '/validUntil',
  ],
  ['a status without a type', plain({ credentialStatus: { id: 'did:a:1' } }), '/credentialStatus/type'],
  [
    'a status whose type is a number',
    plain({ credentialStatus: { id: 'did:a:1', type: 2 } }),
    '/credentialStatus/type',
  ],
  [
    'a status whose id is no URL',
    plain({ ...defining('Status'), credentialStatus: { id: 'not-a-url', type: 'Status' } }),
    '/credentialStatus/id',
  ],
  ['a schema without a type', plain({ credentialSchema: { id: 'did:a:1' } }), '/credentialSchema/type'],
  ['a schema without an id', plain({ credentialSchema: { type: `${E}S` } }), '/credentialSchema/id'],
  ['a schema whose id is a number', plain({ credentialSchema: { id: 5, type: `${E}S` } }), '/credentialSchema/id'],
  ['a refresh service without a type', plain({ refreshService: { id: 'did:a:1' } }), '/refreshService/type'],
  ['terms of use without a type', plain({ termsOfUse: { id: 'did:a:1' } }), '/termsOfUse/type'],
  ['evidence without a type', plain({ evidence: { id: 'did:a:1' } }), '/evidence/type'],
  ['a related resource without a digest', plain({ relatedResource: { id: 'https://a.example/' } }), '/relatedResource'],
  ['related resources that are texts', plain({ relatedResource: ['https://a.example/'] }), '/relatedResource/0'],
  ['a protected term defined anew', plain({ '@context': [VC_V2, { VerifiableCredential: `${E}Bad` }] }), ''],
  [
    'a term that another context protects, defined anew',
    plain({ '@context': [VC_V2, { '@protected': true, Mine: `${E}Mine` }, { Mine: `${E}Other` }] }),
    '',
  ],
  [
    'what says that it is a status entry and is none, wherever it stands',
    plain({ statusEntry: { type: 'BitstringStatusListEntry', statusListIndex: true } }),
    '/statusEntry/statusListIndex',
  ],
  ['a null that would be read and not signed', plain({ credentialSubject: { name: null } }), '/credentialSubject/name'],
  ['a proof that is none', plain({ proof: { type: 'DataIntegrityProof' } }), '/proof/proofPurpose'],
  ['a proof that is a text', plain({ proof: ['a text'] }), '/proof/0'],
  ['the older data model without its date', plain({ '@context': [VC_V1] }), '/issuanceDate'],
];

void t.test('what the data model allows is taken as it stands', async (t) => {
  for (const [name, credential] of GOOD) {
    const posted = await parsePosted(credential).catch((error: Problem) => error);
    if (posted instanceof Problem) t.fail(`${name}: ${JSON.stringify(posted.errors)}`);
    else t.equal(posted.document, credential, name);
  }
});

void t.test('what it forbids is refused with the place of the fault', async (t) => {
  for (const [name, credential, pointer] of BAD) {
    const refused = await parsePosted(credential).catch((error: unknown) => error);
    if (!(refused instanceof Problem)) t.fail(`${name}: ${String(refused)}`);
    else {
      t.match(refused, { code: 'malformed_credential', status: 400 }, name);
      const places = refused.errors.map((one) => one.pointer);
      t.ok(
        places.some((place) => place.startsWith(`/credential${pointer}`)),
        `${name}: ${places.join(' ')}`,
      );
    }
  }
});

void t.test('a term that no context defines is named', async (t) => {
  await t.rejects(parsePosted(plain({ favourite: 'blue' })), { errors: [{ code: 'jsonld', detail: /"favourite"/ }] });
});

void t.test('every fault of the shape is told at once', async (t) => {
  const refused = await parsePosted(plain({ id: 7, issuer: null, type: 4 })).catch((error: Problem) => error);
  t.ok(refused instanceof Problem && refused.errors.length >= 3);
});

void t.test('what was found out of it beside', async (t) => {
  t.match(await parsePosted(plain()), {
    issuer: 'did:web:badges.example.org',
    version: '2.0',
    isBadge: false,
    isProven: false,
  });
  t.match(await parsePosted(plain({ issuer: { id: 'did:a:1' } })), { issuer: 'did:a:1' });
});

void t.test('hostile documents are refused, not followed', async (t) => {
  let deep: object = {};
  for (let depth = 0; depth < 200; depth++) deep = { a: deep };
  await t.rejects(parsePosted(plain({ credentialSubject: deep })), { code: 'malformed_credential' });
  const wide = Array.from({ length: 60_000 }, (_, n) => ({ id: `urn:x:${n}` }));
  await t.rejects(parsePosted(plain({ credentialSubject: wide })), { code: 'malformed_credential' });
});

void t.test('only faults of the document become problems', async (t) => {
  const own = new Error('the disk is full');
  t.equal(asProblem(own), own);
  const fault = new OpenBadgesError('ERR_OB_PROOF_CHAIN', 'Not there.', { pointer: '/previousProof' });
  t.match(asProblem(fault), { status: 400, errors: [{ pointer: '/credential/previousProof', code: 'proof_chain' }] });
});
