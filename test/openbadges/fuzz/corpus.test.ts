// Inputs that once were, or in others' verifiers are, answered wrongly, slowly or not at all; each with its answer.
import { deflateSync, gzipSync } from 'node:zlib';
import t from 'tap';
import { decodeBitstring } from '../../../src/openbadges/status/bitstring.ts';
import { MOST_SUBMISSION_BYTES } from '../../../src/openbadges/submission.ts';
import { verifySubmission } from '../../../src/verification/verify-submission.ts';
import { serve } from '../documents.ts';
import { badge, issuerDocuments, now, sign } from '../signed-badges.ts';

const V2 = 'https://www.w3.org/ns/credentials/v2';
const answer = async (input: string | Uint8Array): Promise<string> => {
  const report = await verifySubmission(input, { resolve: serve(issuerDocuments), now });
  const first = report.checks.find((one) => one.status === 'fail' || one.status === 'unknown');
  return `${report.outcome} ${first?.id}/${first?.code}`;
};
const plain = (members: object): string =>
  JSON.stringify({
    '@context': [V2],
    type: ['VerifiableCredential'],
    issuer: 'did:example:i',
    credentialSubject: { id: 'did:example:s' },
    ...members,
  });
const jws = (header: object, payload: object): string =>
  [header, payload].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.') + '.AA';
const nodes = (count: number): object[] => Array.from({ length: count }, () => ({ name: 'x' }));

const CASES: [what: string, input: string | Uint8Array, expected: RegExp][] = [
  ['brackets without end', '['.repeat(100_000), /^invalid format\/too_deep/],
  ['objects without end', '{"a":'.repeat(100_000), /^invalid format\/too_deep/],
  [
    'a member that would be a prototype',
    '{"__proto__":{"type":"VerifiableCredential"},"type":[]}',
    /^invalid format\//,
  ],
  ['two members of one name', `{"type":["VerifiableCredential"],"type":[]}`, /^invalid format\//],
  ['half of a surrogate pair', plain({ name: '\ud800' }).replace('\ud800', '\\ud800'), /^invalid format\//],
  ['a byte that is no UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]), /^invalid format\/not_utf8/],
  ['more than is read', Buffer.alloc(MOST_SUBMISSION_BYTES + 1, 0x20), /^invalid format\/too_large/],
  [
    'a context that is not bundled',
    plain({ '@context': [V2, 'https://evil.example/context'] }),
    /^invalid signature\//,
  ],
  [
    'a context that takes in another again',
    plain({ '@context': [V2, { '@import': V2 }] }),
    /^invalid signature\/proof_missing/,
  ],
  ['a term that is defined by itself', plain({ '@context': [V2, { a: 'b:a', b: 'a:b' }], a: 1 }), /^invalid schema\//],
  [
    'a term within its own term',
    plain({ '@context': [V2, { a: { '@id': 'urn:a', '@context': { a: 'urn:b' } } }], a: { a: 1 } }),
    /^invalid /,
  ],
  [
    'sixty nodes that cannot be told apart',
    plain({ '@context': [V2, { '@vocab': 'urn:x:' }], credentialSubject: { id: 'urn:x:1', knows: nodes(60) } }),
    /^invalid /,
  ],
  [
    'ten thousand identical nodes',
    plain({ '@context': [V2, { '@vocab': 'urn:x:' }], credentialSubject: { id: 'urn:x:1', knows: nodes(10_000) } }),
    /^invalid /,
  ],
  ['an instant beyond all instants', plain({ validFrom: '+275760-09-14T00:00:00Z' }), /^invalid schema\//],
  [
    'an exp beyond all instants',
    jws({ alg: 'ES256', kid: 'did:example:i#1' }, { ...(JSON.parse(plain({})) as object), exp: 1e300 }),
    /^invalid /,
  ],
  [
    'a key of ten thousand letters',
    plain({
      proof: {
        type: 'DataIntegrityProof',
        cryptosuite: 'eddsa-rdfc-2022',
        proofPurpose: 'assertionMethod',
        proofValue: `z${'2'.repeat(10_000)}`,
        verificationMethod: `did:key:z${'6'.repeat(10_000)}`,
      },
    }),
    /^invalid signature\//,
  ],
  [
    'thirty-three proofs',
    plain({ proof: Array.from({ length: 33 }, () => ({ type: 'DataIntegrityProof' })) }),
    /^invalid signature\/too_complex/,
  ],
  [
    'a ring of proofs',
    plain({
      proof: ['a', 'b'].map((one) => ({
        id: `urn:${one}`,
        previousProof: one === 'a' ? 'urn:b' : 'urn:a',
        type: 'DataIntegrityProof',
        cryptosuite: 'eddsa-rdfc-2022',
        proofPurpose: 'assertionMethod',
        proofValue: 'z1',
        verificationMethod: 'did:example:i#1',
      })),
    }),
    /^invalid /,
  ],
  ['alg none', jws({ alg: 'none' }, JSON.parse(plain({})) as object), /^invalid signature\/jwt_algorithm/],
  [
    'an envelope in an envelope in an envelope',
    JSON.stringify({
      '@context': V2,
      type: 'EnvelopedVerifiableCredential',
      id: `data:application/vc,${encodeURIComponent(JSON.stringify({ '@context': V2, type: 'EnvelopedVerifiableCredential', id: 'data:application/vc,%7B%7D' }))}`,
    }),
    /^invalid /,
  ],
  [
    'the billion laughs',
    '<!DOCTYPE svg [<!ENTITY a "&b;&b;"><!ENTITY b "&a;&a;">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
    /^invalid format\/picture_without_badge/,
  ],
  [
    'elements without end',
    '<svg xmlns="http://www.w3.org/2000/svg">' + '<g>'.repeat(50_000),
    /^invalid format\/picture_without_badge/,
  ],
  [
    'a chunk longer than its file',
    Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from('ffffffff69545874', 'hex')]),
    /^invalid format\/picture_without_badge/,
  ],
  [
    'a picture in an address in a picture',
    `data:image/svg+xml,${encodeURIComponent('data:image/svg+xml,x')}`,
    /^invalid format\//,
  ],
  ['an address that is only a scheme', 'https://', /^invalid format\//],
  ['white space', ' \n\t ', /^invalid format\/not_recognised/],
  ['nothing', '', /^invalid format\/not_recognised/],
];

for (const [what, input, expected] of CASES)
  void t.test(what, async (t) => {
    t.match(await answer(input), expected);
  });

void t.test('a gigabyte in a megabyte of gzip, in a list and in a picture', async (t) => {
  const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
  t.throws(() => decodeBitstring(`u${bomb.toString('base64url')}`), { code: 'ERR_OB_STATUS_MALFORMED' });
  t.throws(() => decodeBitstring(`u${deflateSync(Buffer.alloc(100)).toString('base64url')}`), {
    code: 'ERR_OB_STATUS_MALFORMED',
  });
  t.throws(() => decodeBitstring(`u${bomb.subarray(0, -9).toString('base64url')}`), {
    code: 'ERR_OB_STATUS_MALFORMED',
  });
});

void t.test('a badge with five hundred statuses asks for a few lists', async (t) => {
  const entry = (n: number) => ({
    id: `https://s.example/${n}#1`,
    type: 'BitstringStatusListEntry',
    statusPurpose: 'revocation',
    statusListIndex: '1',
    statusListCredential: `https://s.example/${n}`,
  });
  const resolve = serve(issuerDocuments);
  const signed = await sign(badge({ credentialStatus: Array.from({ length: 500 }, (_, n) => entry(n)) }));
  await verifySubmission(JSON.stringify(signed), { resolve, now });
  t.ok(resolve.asked.length < 40, `${resolve.asked.length} documents`);
});
