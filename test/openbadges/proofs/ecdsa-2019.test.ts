// P-256 and P-384, over statements and over JSON. W3C's documents stand in proof.test.ts; here is what must not pass.
import t from 'tap';
import { generateKeyPairSync, sign } from 'node:crypto';
import { verifyEcdsa } from '../../../src/openbadges/proofs/ecdsa-2019.ts';
import { decodeMultikey } from '../../../src/openbadges/keys.ts';
import { encodeBase58btc } from '../../../src/openbadges/multibase.ts';
import { verifyProofs } from '../../../src/openbadges/proofs/proof.ts';
import { signedAlumni } from '../vectors/data-integrity.ts';

const check = {
  now: new Date('2026-11-20T00:00:00Z'),
  purpose: 'assertionMethod',
  resolveMethod: async (url: string) => ({ controller: 'x', publicKey: decodeMultikey(url.split('#')[1] ?? '') }),
};

void t.test('the curve decides the hash', async (t) => {
  for (const [namedCurve, hash, size] of [
    ['P-256', 'sha256', 64],
    ['P-384', 'sha384', 96],
  ] as const) {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve });
    const bytes = Buffer.from('a badge');
    const signature = sign(hash, bytes, { key: privateKey, dsaEncoding: 'ieee-p1363' });
    t.equal(signature.length, size);
    t.ok(verifyEcdsa(publicKey, bytes, signature));
    t.notOk(verifyEcdsa(publicKey, Buffer.from('a budge'), signature));
    const other = hash === 'sha256' ? 'sha384' : 'sha256';
    t.notOk(verifyEcdsa(publicKey, bytes, sign(other, bytes, { key: privateKey, dsaEncoding: 'ieee-p1363' })));
    t.notOk(verifyEcdsa(publicKey, bytes, Buffer.alloc(size)), 'r and s of zero');
  }
});

void t.test('a signature of another length or alphabet is malformed', async (t) => {
  for (const name of ['ecdsa-rdfc-2019 P-256', 'ecdsa-rdfc-2019 P-384', 'ecdsa-jcs-2019 P-256']) {
    const document = signedAlumni[name] as { proof: object };
    for (const proofValue of [
      encodeBase58btc(Buffer.alloc(65, 1)),
      encodeBase58btc(Buffer.alloc(70, 0x30)),
      'zl',
      'uAQ',
      'z',
    ]) {
      const results = await verifyProofs({ ...document, proof: { ...document.proof, proofValue } }, check);
      t.match(results, [{ status: 'bad', code: 'ERR_OB_PROOF_MALFORMED' }], `${name} ${proofValue.slice(0, 9)}`);
    }
  }
});
