// The JSON itself is signed: every member counts, and contexts may only be added behind those that were signed.
import t from 'tap';
import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { jcsText, signEddsaJcs2022, withProofContext } from '../../../src/openbadges/proofs/eddsa-jcs-2022.ts';
import { verifyProofs } from '../../../src/openbadges/proofs/proof.ts';
import { alumniSeedHex, alumniUnsigned, signedAlumni } from '../vectors/data-integrity.ts';

type Json = Record<string, unknown>;

const der = Buffer.from(`302e020100300506032b657004220420${alumniSeedHex}`, 'hex');
const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
const check = {
  now: new Date('2026-11-20T00:00:00Z'),
  purpose: 'assertionMethod',
  resolveMethod: async () => ({ controller: 'x', publicKey: createPublicKey(privateKey) }),
};
const vector = signedAlumni['eddsa-jcs-2022'] as Json & { proof: Json };
const options = {
  privateKey,
  verificationMethod: String(vector.proof.verificationMethod),
  created: new Date(String(vector.proof.created)),
};
const codes = async (document: object) => (await verifyProofs(document, check)).map(({ code }) => code);

void t.test("W3C's own credential is signed as W3C prints it", async (t) => {
  t.strictSame(((await signEddsaJcs2022(alumniUnsigned, options)) as unknown as Json).proof, [vector.proof]);
});

void t.test('a context may be added behind, none swapped, dropped or put before', async (t) => {
  const [first, second] = vector['@context'] as string[];
  const added = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json';
  t.strictSame(await codes({ ...vector, '@context': [first, second, added] }), ['OK']);
  for (const contexts of [[second, first], [first], [added, first, second], first, [], undefined, [first, added]]) {
    t.strictSame(await codes({ ...vector, '@context': contexts }), ['ERR_OB_PROOF_CONTEXT'], JSON.stringify(contexts));
  }
  t.equal(withProofContext({ a: 1 }, undefined).a, 1, 'a proof without contexts asks for none');
});

void t.test('every member counts, defined or not, and nothing but the members', async (t) => {
  const document = { a: 1, b: { c: [1, 2.5, 'ü', null, true] } };
  const signed = await signEddsaJcs2022(document, options);
  t.strictSame(await codes(signed), ['OK']);
  t.strictSame(await codes({ ...signed, extra: true }), ['ERR_OB_PROOF_SIGNATURE']);
  t.strictSame(await codes({ ...signed, b: { c: [1, 2.5, 'ü', null] } }), ['ERR_OB_PROOF_SIGNATURE']);
  const turned = Object.fromEntries(Object.entries(signed).reverse());
  t.strictSame(await codes(turned), ['OK'], 'their order does not');
});

void t.test('a chain signs the proofs before it', async (t) => {
  const first = await signEddsaJcs2022({ a: 1 }, { ...options, id: 'urn:uuid:1' });
  const second = await signEddsaJcs2022(first, { ...options, previousProof: 'urn:uuid:1' });
  t.strictSame(await codes(second), ['OK', 'OK']);
  const changed = second.proof.map((proof, index) => (index === 0 ? { ...proof, nonce: 'x' } : proof));
  t.strictSame(await codes({ ...second, proof: changed }), ['ERR_OB_PROOF_SIGNATURE', 'ERR_OB_PROOF_SIGNATURE']);
});

void t.test('texts that two programs read differently are refused', async (t) => {
  t.throws(() => jcsText({ a: '\ud800' }), { code: 'ERR_OB_JSONLD' });
  t.throws(() => jcsText(JSON.parse('{"__proto__": 1}')), { code: 'ERR_OB_JSONLD' });
  t.equal(
    jcsText({ b: 1e21, a: '€\u20ac\r', '\u{1F600}': 0, '\ufb33': 1 }),
    '{"a":"€€\\r","b":1e+21,"😀":0,"\ufb33":1}',
  );
  const polluted = JSON.parse(`{"__proto__": {"x": 1}, ${JSON.stringify(vector).slice(1)}`) as object;
  t.strictSame(await codes(polluted), ['ERR_OB_JSONLD']);
});

void t.test('only Ed25519 signs', async (t) => {
  const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  await t.rejects(signEddsaJcs2022({ a: 1 }, { ...options, privateKey: other }), { code: 'ERR_OB_KEY_UNSUPPORTED' });
});
