// The table: what can be judged, by its exact name, and nothing else.
import t from 'tap';
import { CRYPTOSUITES, cryptosuiteOf } from '../../../src/openbadges/proofs/cryptosuites.ts';
import type { Proof } from '../../../src/openbadges/proofs/proof-options.ts';

const proof = (type: string, cryptosuite?: string): Proof => ({
  type,
  ...(cryptosuite !== undefined && { cryptosuite }),
  verificationMethod: 'did:key:z6Mk',
  proofPurpose: 'assertionMethod',
  proofValue: 'z',
});

void t.test('each suite is found by its name', async (t) => {
  t.strictSame([...CRYPTOSUITES].sort(), [
    'Ed25519Signature2020',
    'ecdsa-jcs-2019',
    'ecdsa-rdfc-2019',
    'ecdsa-sd-2023',
    'eddsa-2022',
    'eddsa-jcs-2022',
    'eddsa-rdfc-2022',
  ]);
  for (const name of CRYPTOSUITES) {
    const found = name === 'Ed25519Signature2020' ? proof(name) : proof('DataIntegrityProof', name);
    t.equal(cryptosuiteOf(found).name, name);
  }
});

void t.test('a name in the wrong place, in other letters or of no suite is unsupported', async (t) => {
  for (const unknown of [
    proof('eddsa-rdfc-2022'),
    proof('DataIntegrityProof', 'Ed25519Signature2020'),
    proof('DataIntegrityProof', 'EdDSA-RDFC-2022'),
    proof('DataIntegrityProof', 'eddsa-rdf-2022'),
    proof('DataIntegrityProof', '__proto__'),
    proof('constructor'),
    proof('Ed25519Signature2018'),
  ]) {
    t.throws(() => cryptosuiteOf(unknown), { code: 'ERR_OB_PROOF_UNSUPPORTED' });
  }
});
