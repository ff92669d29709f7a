// One answer for each proof, good only when everything about it is.
import t from 'tap';
import { generateKeyPairSync } from 'node:crypto';
import { decodeMultikey } from '../../../src/openbadges/keys.ts';
import { verifyProofs, type ProofCheck } from '../../../src/openbadges/proofs/proof.ts';
import { signedAlumni, signedChain } from '../vectors/data-integrity.ts';
import { badgeVector } from '../vectors/open-badges.ts';

const check: ProofCheck = {
  now: new Date('2026-11-20T00:00:00Z'),
  purpose: 'assertionMethod',
  // These documents show their key in the method's URL; a verifier must find it in the issuer's document.
  resolveMethod: async (url) => {
    const [controller = '', multibase = ''] = url.split('#');
    return { controller, publicKey: decodeMultikey(multibase) };
  },
};

const signed = signedAlumni['eddsa-rdfc-2022'] as Record<string, unknown> & { proof: Record<string, unknown> };
const withProof = (change: object) => ({ ...signed, proof: { ...signed.proof, ...change } });

for (const [name, document] of Object.entries(signedAlumni)) {
  void t.test(`${name}: the document that W3C prints is good, and no other word is`, async (t) => {
    const [result, ...more] = await verifyProofs(document, check);
    t.match(result, { index: 0, status: 'good', code: 'OK', created: '2023-02-24T23:36:38Z' });
    t.equal(more.length, 0);
    const changed = { ...document, name: 'Alumnus Credential' };
    t.match(await verifyProofs(changed, check), [{ status: 'bad', code: 'ERR_OB_PROOF_SIGNATURE' }]);
    const proof = { ...(document.proof as object), created: '2023-02-24T23:36:39Z' };
    t.match(await verifyProofs({ ...document, proof }, check), [{ status: 'bad', code: 'ERR_OB_PROOF_SIGNATURE' }]);
  });
}

void t.test('the badge of the implementation guide is good, and its controller is told', async (t) => {
  const document = { ...badgeVector.unsigned, proof: [badgeVector.proof] };
  t.match(await verifyProofs(document, check), [{ status: 'good', controller: 'https://example.edu/issuers/565049' }]);
});

void t.test('a chain is good when every link is', async (t) => {
  t.strictSame(
    (await verifyProofs(signedChain, check)).map(({ status }) => status),
    ['good', 'good', 'good', 'good'],
  );
});

void t.test('a chain breaks at a missing, changed, repeated or circular link, and only behind it', async (t) => {
  const [first, second, third, fourth] = signedChain.proof;
  const codes = async (proof: unknown[]) =>
    (await verifyProofs({ ...signedChain, proof }, check)).map(({ status, code }) => `${status} ${code}`);
  t.strictSame(await codes([first, third]), ['good OK', 'bad ERR_OB_PROOF_CHAIN'], 'missing');
  const changed = { ...first, created: '2020-01-01T00:00:00Z' };
  t.strictSame(await codes([changed, second, third, fourth]), [
    'bad ERR_OB_PROOF_SIGNATURE',
    'good OK',
    'bad ERR_OB_PROOF_SIGNATURE',
    'bad ERR_OB_PROOF_CHAIN',
  ]);
  t.strictSame((await codes([first, first, second]))[0], 'bad ERR_OB_PROOF_MALFORMED', 'one id twice');
  const ring = { ...third, previousProof: (third as { id?: string }).id };
  t.match(await codes([ring]), [/^bad /], 'its own predecessor');
  const foreign = { ...third, cryptosuite: 'bbs-2023' };
  t.strictSame(
    (await codes([changed, second, foreign]))[2],
    'bad ERR_OB_PROOF_CHAIN',
    'a bad link outweighs not knowing',
  );
  const away = async (url: string) => {
    if (url.includes('56781')) throw Object.assign(new Error('no answer'), { unreachable: true });
    return check.resolveMethod(url, first as never);
  };
  const results = await verifyProofs(signedChain, { ...check, resolveMethod: away });
  t.strictSame(
    results.map(({ status }) => status),
    ['unknown', 'good', 'unknown', 'unknown'],
    'what cannot be looked up makes the rest unknown, never good',
  );
});

void t.test('proofs side by side are judged each for itself', async (t) => {
  const jcs = signedAlumni['eddsa-jcs-2022']?.proof;
  const proof = [signed.proof, { ...signed.proof, proofValue: 'z3' }, jcs];
  t.strictSame(
    (await verifyProofs({ ...signed, proof }, check)).map(({ index, status }) => `${index} ${status}`),
    ['0 good', '1 bad', '2 good'],
  );
});

void t.test('what is not a proof at all is one bad answer, never none and never an exception', async (t) => {
  const { proof: _, ...unsecured } = signed;
  for (const document of [unsecured, { ...unsecured, proof: [] }, null, [], 'z', 7]) {
    t.match(await verifyProofs(document, check), [{ status: 'bad', code: 'ERR_OB_PROOF_MISSING' }]);
  }
  for (const proof of [null, 'proof', 7, true, [null], [[]], ['z']]) {
    t.match(await verifyProofs({ ...unsecured, proof }, check), [{ status: 'bad', code: 'ERR_OB_PROOF_MALFORMED' }]);
  }
  const many = { ...unsecured, proof: Array.from({ length: 100 }, () => signed.proof) };
  t.match(await verifyProofs(many, check), [{ status: 'bad', code: 'ERR_OB_TOO_COMPLEX' }]);
});

void t.test('each member of a proof that breaks its rule makes it bad', async (t) => {
  for (const change of [
    { type: undefined },
    { type: 'SomethingElse' as unknown, proofValue: undefined },
    { type: ['DataIntegrityProof'] },
    { cryptosuite: undefined },
    { cryptosuite: 7 },
    { created: '2023-02-24' },
    { created: '2023-02-30T23:36:38Z' },
    { created: 1677281798 },
    { expires: 'never' },
    { verificationMethod: undefined },
    { verificationMethod: 'not a url' },
    { verificationMethod: { id: 'https://vc.example/issuers/5678' } },
    { proofPurpose: undefined },
    { proofValue: undefined },
    { proofValue: 7 },
    { proofValue: 'u21EVs3eXERqTn4acNHT9viboqgzUaQ3kTmhPT3eA8qrVPE7CrQq78WkzctnMX5W4CrzcKnHw8V6dvy5pgWYCU5e9' },
    { proofValue: 'z2O0Il' },
    { id: 'proof-1' },
    { domain: 7 },
    { domain: [] },
    { challenge: 7 },
    { nonce: {} },
    { previousProof: 7 },
    { previousProof: [7] },
  ]) {
    const results = await verifyProofs(withProof(change), check);
    t.match(results, [{ status: 'bad', code: 'ERR_OB_PROOF_MALFORMED' }], JSON.stringify(change));
  }
});

void t.test('purpose, expiry, challenge and domain must be what is expected', async (t) => {
  const codeOf = async (document: object, more: Partial<ProofCheck>) =>
    (await verifyProofs(document, { ...check, ...more }))[0]?.code;
  t.equal(await codeOf(signed, { purpose: 'authentication' }), 'ERR_OB_PROOF_PURPOSE');
  t.equal(await codeOf(withProof({ proofPurpose: 'authentication' }), {}), 'ERR_OB_PROOF_PURPOSE');
  t.equal(await codeOf(withProof({ expires: '2026-11-20T00:00:00Z' }), {}), 'ERR_OB_PROOF_EXPIRED');
  t.equal(await codeOf(withProof({ expires: '2026-11-20T01:00:00+02:00' }), {}), 'ERR_OB_PROOF_EXPIRED');
  t.equal(await codeOf(withProof({ expires: '2026-11-20T00:00:01Z' }), {}), 'ERR_OB_PROOF_SIGNATURE');
  t.equal(await codeOf(signed, { challenge: 'a' }), 'ERR_OB_PROOF_CHALLENGE');
  t.equal(await codeOf(withProof({ challenge: 'b' }), { challenge: 'a' }), 'ERR_OB_PROOF_CHALLENGE');
  t.equal(await codeOf(signed, { domain: 'https://a.example' }), 'ERR_OB_PROOF_DOMAIN');
  t.equal(await codeOf(withProof({ domain: ['a', 'b'] }), { domain: 'a' }), 'ERR_OB_PROOF_DOMAIN');
  t.equal(await codeOf(withProof({ domain: ['b', 'a'] }), { domain: ['a', 'b'] }), 'ERR_OB_PROOF_SIGNATURE');
});

void t.test('what nobody here can judge is unknown, what the issuer denies is bad', async (t) => {
  for (const change of [
    { cryptosuite: 'bbs-2023' },
    { cryptosuite: 'eddsa-rdf-2022' },
    { type: 'BbsBlsSignature2020' },
  ]) {
    t.match(await verifyProofs(withProof(change), check), [{ status: 'unknown', code: 'ERR_OB_PROOF_UNSUPPORTED' }]);
  }
  const failing = (error: unknown) => ({ ...check, resolveMethod: () => Promise.reject(error as Error) });
  const away = Object.assign(new Error('timed out'), { unreachable: true });
  t.match(await verifyProofs(signed, failing(away)), [{ status: 'unknown', code: 'ERR_OB_METHOD_UNREACHABLE' }]);
  t.match(await verifyProofs(signed, failing(new Error('not listed'))), [
    { status: 'bad', code: 'ERR_OB_METHOD_REFUSED', message: 'not listed' },
  ]);
});

void t.test('a key of another kind cannot verify, whatever it says', async (t) => {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const resolveMethod = async () => ({ controller: 'x', publicKey });
  t.match(await verifyProofs(signed, { ...check, resolveMethod }), [
    { status: 'bad', code: 'ERR_OB_KEY_UNSUPPORTED', controller: 'x' },
  ]);
});

void t.test('terms that would be left unsigned make a proof bad, by name', async (t) => {
  const badge = { ...badgeVector.unsigned, proof: [badgeVector.proof] };
  const [result] = await verifyProofs({ ...badge, slipped: 'in' }, check);
  t.match(result, { status: 'bad', code: 'ERR_OB_JSONLD', message: /"slipped"/ });
  const polluted = JSON.parse(`{"__proto__": {"name": "x"}, ${JSON.stringify(badge).slice(1)}`) as object;
  t.match(await verifyProofs(polluted, check), [{ status: 'bad', code: 'ERR_OB_JSONLD', message: /__proto__/ }]);
});
