// ecdsa-rdfc-2019 and ecdsa-jcs-2019: the same two ways of hashing, signed with P-256 and SHA-256 or P-384 and SHA-384;
// the key decides which hash, for naming blank nodes too. Verified, never made.
//
// Data Integrity ECDSA Cryptosuites 1.0 (W3C Recommendation, 15 May 2025) §3.2, §3.3; FIPS 186-5 (February 2023).

import { verify, type KeyObject } from 'node:crypto';
import { OpenBadgesError } from '../errors.ts';
import { keyKind } from '../keys.ts';
import { decodeBase58btc } from '../multibase.ts';
import type { HashName } from '../rdf/rdfc-1.0.ts';
import { digest, type Cryptosuite, type ProofInput } from './cryptosuite.ts';
import { jcsText, withProofContext } from './eddsa-jcs-2022.ts';
import { proofConfiguration } from './proof-options.ts';

function decodeSignature(proofValue: string, sizeBytes: number): Uint8Array {
  try {
    const bytes = decodeBase58btc(proofValue);
    if (bytes.length === sizeBytes) return bytes;
  } catch {
    // Answered below: not base58btc, and not a signature either.
  }
  const what = `The proofValue of this suite is a base58btc signature of ${sizeBytes} bytes for this key.`;
  throw new OpenBadgesError('ERR_OB_PROOF_MALFORMED', what, { pointer: '/proofValue' });
}

/** Verifies r‖s over bytes with the hash that belongs to the curve. */
export function verifyEcdsa(publicKey: KeyObject, bytes: Uint8Array, signature: Uint8Array): boolean {
  const hashName = keyKind(publicKey) === 'P-384' ? 'sha384' : 'sha256';
  return verify(hashName, bytes, { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature);
}

type Hashing = (input: ProofInput, hashName: HashName) => Promise<Buffer>;

function suite(name: string, hashing: Hashing): Cryptosuite {
  return {
    name,
    keyKinds: ['P-256', 'P-384'],
    async verify(input) {
      const isLong = keyKind(input.publicKey) === 'P-384';
      const signature = decodeSignature(input.proof.proofValue, isLong ? 96 : 64);
      return verifyEcdsa(input.publicKey, await hashing(input, isLong ? 'sha384' : 'sha256'), signature);
    },
  };
}

export const ecdsaRdfc2019 = suite('ecdsa-rdfc-2019', async ({ document, proof, hashCanonical }, hashName) => {
  const configuration = { ...proofConfiguration(proof), '@context': document['@context'] };
  const documentHash = await hashCanonical(document, hashName);
  return Buffer.concat([await hashCanonical(configuration, hashName), documentHash]);
});

export const ecdsaJcs2019 = suite('ecdsa-jcs-2019', async ({ document, proof }, hashName) => {
  const signed = withProofContext(document, proof['@context']);
  return Buffer.concat([digest(jcsText(proofConfiguration(proof)), hashName), digest(jcsText(signed), hashName)]);
});
