// A proof is put on a document and takes nothing from it.
import t from 'tap';
import { generateKeyPairSync } from 'node:crypto';
import {
  addProof,
  buildProof,
  documentToSign,
  previousProofs,
  proofsOf,
  signEd25519,
  signEd25519InPool,
} from '../../../src/openbadges/proofs/signing.ts';

const { privateKey } = generateKeyPairSync('ed25519');
const options = { privateKey, verificationMethod: 'did:key:z6Mk#z6Mk', created: new Date('2026-03-04T10:11:12.999Z') };
const proof = (id: string) => ({
  id,
  type: 'DataIntegrityProof',
  cryptosuite: 'eddsa-rdfc-2022',
  verificationMethod: 'did:key:z6Mk#z6Mk',
  proofPurpose: 'assertionMethod',
  proofValue: 'z1',
});

void t.test('a proof has whole seconds, a purpose, and only what it was given', async (t) => {
  t.strictSame(buildProof('eddsa-rdfc-2022', options), {
    type: 'DataIntegrityProof',
    cryptosuite: 'eddsa-rdfc-2022',
    created: '2026-03-04T10:11:12Z',
    verificationMethod: 'did:key:z6Mk#z6Mk',
    proofPurpose: 'assertionMethod',
  });
  t.match(
    buildProof('eddsa-rdfc-2022', {
      ...options,
      id: 'urn:uuid:1',
      proofPurpose: 'authentication',
      challenge: 'c',
      domain: ['a', 'b'],
      expires: new Date('2027-01-01T00:00:00Z'),
      previousProof: 'urn:uuid:0',
    }),
    {
      id: 'urn:uuid:1',
      proofPurpose: 'authentication',
      challenge: 'c',
      domain: ['a', 'b'],
      expires: '2027-01-01T00:00:00Z',
    },
  );
});

void t.test('proofs that are there stay in their order, in a list', async (t) => {
  const one = addProof({ a: 1 }, buildProof('eddsa-rdfc-2022', options), 'z1') as unknown as { proof: unknown[] };
  t.match(one, { a: 1, proof: [{ proofValue: 'z1' }] });
  const two = addProof({ a: 1, proof: proof('urn:uuid:1') }, buildProof('eddsa-rdfc-2022', options), 'z2');
  t.match(two, { proof: [{ id: 'urn:uuid:1' }, { proofValue: 'z2' }] });
  t.throws(() => addProof({ proof: null }, buildProof('x', options), 'z1'), { code: 'ERR_OB_PROOF_MALFORMED' });
  t.throws(() => addProof({}, buildProof('x', { ...options, verificationMethod: 'key-1' }), 'z1'), {
    code: 'ERR_OB_PROOF_MALFORMED',
    pointer: '/verificationMethod',
  });
});

void t.test('a document is signed without its proofs, or with those that are named', async (t) => {
  const document = { a: 1, proof: [proof('urn:uuid:1'), proof('urn:uuid:2')] };
  t.strictSame(documentToSign(document), { a: 1 });
  t.strictSame(documentToSign(document, 'urn:uuid:2'), { a: 1, proof: [proof('urn:uuid:2')] });
  t.strictSame(document.proof.length, 2, 'and is itself not touched');
  t.throws(() => documentToSign(document, ['urn:uuid:1', 'urn:uuid:3']), { code: 'ERR_OB_PROOF_CHAIN' });
  t.throws(() => previousProofs([proof('urn:uuid:1'), proof('urn:uuid:1')], 'urn:uuid:1'), {
    code: 'ERR_OB_PROOF_CHAIN',
  });
  t.strictSame(previousProofs(proofsOf(document)), []);
});

void t.test('no other key than Ed25519 makes an Ed25519 signature', async (t) => {
  t.equal(signEd25519(Buffer.alloc(64), privateKey).length, 64);
  const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  t.throws(() => signEd25519(Buffer.alloc(64), other), { code: 'ERR_OB_KEY_UNSUPPORTED' });
  await t.rejects(signEd25519InPool(Buffer.alloc(64), other), { code: 'ERR_OB_KEY_UNSUPPORTED' });
  const bytes = Buffer.from('the same wherever it is calculated');
  t.same(await signEd25519InPool(bytes, privateKey), signEd25519(bytes, privateKey));
});
