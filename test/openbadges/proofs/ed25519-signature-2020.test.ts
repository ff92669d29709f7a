// Badges of the years before: signed by code that is not ours, still good, and as easily broken.
import t from 'tap';
import { decodeMultikey } from '../../../src/openbadges/keys.ts';
import { ed25519Signature2020 } from '../../../src/openbadges/proofs/ed25519-signature-2020.ts';
import { verifyProofs } from '../../../src/openbadges/proofs/proof.ts';
import { ed25519Signature2020Badge, eddsa2022Badge } from '../vectors/older-proofs.ts';

const check = {
  now: new Date('2026-11-20T00:00:00Z'),
  purpose: 'assertionMethod',
  resolveMethod: async (url: string) => ({ controller: 'x', publicKey: decodeMultikey(url.split('#')[1] ?? '') }),
};

void t.test('a VCDM 1.1 badge with an older proof is good until a word is changed', async (t) => {
  t.equal(ed25519Signature2020.name, 'Ed25519Signature2020');
  for (const badge of [ed25519Signature2020Badge, eddsa2022Badge]) {
    t.match(await verifyProofs(badge, check), [{ status: 'good', created: '2022-07-02T10:00:00Z' }]);
    const changed = { ...badge, issuanceDate: '2022-07-01T00:00:01Z' };
    t.match(await verifyProofs(changed, check), [{ status: 'bad', code: 'ERR_OB_PROOF_SIGNATURE' }]);
  }
});

void t.test('the document must name the context that defines the proof', async (t) => {
  for (const badge of [ed25519Signature2020Badge, eddsa2022Badge]) {
    const document = { ...badge, '@context': badge['@context'].slice(0, 2) };
    t.match(await verifyProofs(document, check), [{ status: 'bad', code: 'ERR_OB_JSONLD' }]);
  }
});

void t.test('one name cannot pass for another', async (t) => {
  const proof = { ...eddsa2022Badge.proof, cryptosuite: 'eddsa-rdfc-2022' };
  t.match(await verifyProofs({ ...eddsa2022Badge, proof }, check), [{ code: 'ERR_OB_PROOF_SIGNATURE' }]);
});
