// Signing a module badge with eddsa-rdfc-2022, against @digitalbazaar/vc and against Ed25519 alone.
import { generateKeyPairSync, sign } from 'node:crypto';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import * as vc from '@digitalbazaar/vc';
import { loadDocument } from '../src/openbadges/contexts.ts';
import { encodeMultikey } from '../src/openbadges/keys.ts';
import { signEddsaRdfc2022 } from '../src/openbadges/proofs/eddsa-rdfc-2022.ts';
import { moduleBadge } from './fixture.ts';
import { compare, threadMs } from './measure.ts';

/**
 * Rounds of all rivals calculate for about as long. In a short one, what a long one left behind to be collected weighs on
 * whoever comes next.
 */
const REPEATED = 6;
const DID = 'did:web:badges.example.org';

/** Ratios of signing. */
export async function measureSigning(rounds: number): Promise<Record<string, number>> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const multikey = encodeMultikey(publicKey);
  const verificationMethod = `${DID}#${multikey}`;
  const jwk = privateKey.export({ format: 'jwk' });
  const theirs = await Ed25519Multikey.fromJwk({ jwk: { ...jwk, alg: 'EdDSA' }, secretKey: true });
  theirs.id = verificationMethod;
  theirs.controller = DID;
  const badges = Array.from({ length: 500 }, (_, n) => moduleBadge(n));
  const created = new Date('2026-11-20T00:00:00Z');
  const bytes = Buffer.alloc(64, 7);
  const measured = await compare(
    [
      {
        name: 'cairn',
        async round() {
          for (let times = 0; times < REPEATED; times += 1)
            for (const badge of badges) await signEddsaRdfc2022(badge, { privateKey, verificationMethod, created });
          return REPEATED * badges.length;
        },
      },
      {
        name: '@digitalbazaar/vc',
        async round() {
          for (const credential of badges.slice(0, 50)) {
            const suite = new DataIntegrityProof({ signer: theirs.signer(), cryptosuite, date: created });
            await vc.issue({ credential: structuredClone(credential), suite, documentLoader: loadDocument });
          }
          return 50;
        },
      },
      {
        name: 'Ed25519',
        async round() {
          for (let n = 0; n < 5000; n += 1) sign(null, bytes, privateKey);
          return 5000;
        },
      },
    ],
    rounds,
    threadMs,
  );
  const [cairn, peer, raw] = measured.map((one) => one.perSecond);
  return { 'sign/digitalbazaar': cairn! / peer!, 'sign/raw-ed25519': cairn! / raw! };
}
