// ecdsa-sd-2023: a holder shows part of a badge. The issuer signs what must always be shown, and each other statement on
// its own with a key made for this one proof; nodes without an id are named by an HMAC, so that what is hidden cannot be
// guessed from the names. Verified, never made: the base proof that the issuer gives, whose secret is for the holder
// alone, and the proof that the holder derives from it.
//
// Data Integrity ECDSA Cryptosuites 1.0 (W3C Recommendation, 15 May 2025) §3.4, §3.6.4 Base Proof Hashing, §3.6.8 Verify
// Derived Proof.

import { createHmac } from 'node:crypto';
import { OpenBadgesError } from '../errors.ts';
import { decodeMultikey } from '../keys.ts';
import { encodeBase58btc } from '../multibase.ts';
import { canonicalizeDataset } from '../rdf/canonicalize.ts';
import { sortLines, writeQuad } from '../rdf/quads.ts';
import { canonicalizeQuads } from '../rdf/rdfc-1.0.ts';
import { selectStatements } from '../rdf/selection.ts';
import { digest, type Cryptosuite } from './cryptosuite.ts';
import { verifyEcdsa } from './ecdsa-2019.ts';
import { nodeName, parseSdProof, type BaseProof, type DerivedProof } from './ecdsa-sd-2023-values.ts';
import { proofConfiguration } from './proof-options.ts';

/** The statements as they were signed: those that must be shown, and the others, each group in order. */
interface Groups {
  mandatory: string[];
  others: string[];
}

async function derivedGroups(document: object, { labels, mandatoryIndexes }: DerivedProof): Promise<Groups> {
  const dataset = await canonicalizeDataset(document);
  const nameOf = (node: string): string => {
    const name = labels.get(dataset.labels.get(node) ?? '');
    if (name !== undefined) return name;
    const what = 'The labels of the proof do not name every node of the document.';
    throw new OpenBadgesError('ERR_OB_PROOF_MALFORMED', what, { pointer: '/proofValue' });
  };
  const lines = sortLines(dataset.quads.map((quad) => writeQuad(quad, nameOf)));
  if ([...mandatoryIndexes].some((index) => index >= lines.length)) {
    const what = 'The proof calls statements mandatory that the document does not have.';
    throw new OpenBadgesError('ERR_OB_PROOF_MALFORMED', what, { pointer: '/proofValue' });
  }
  return {
    mandatory: lines.filter((_, index) => mandatoryIndexes.has(index)),
    others: lines.filter((_, index) => !mandatoryIndexes.has(index)),
  };
}

async function baseGroups(document: Record<string, unknown>, proof: BaseProof): Promise<Groups> {
  const { all, selected } = await selectStatements(document, proof.mandatoryPointers);
  const { labels, quads } = canonicalizeQuads(all);
  const nameOf = (node: string): string =>
    nodeName(
      createHmac('sha256', proof.hmacKey)
        .update(labels.get(node) ?? '')
        .digest(),
    );
  const isMandatory = new Set(selected.map((quad) => writeQuad(quad, nameOf)));
  const lines = sortLines(quads.map((quad) => writeQuad(quad, nameOf)));
  return {
    mandatory: lines.filter((line) => isMandatory.has(line)),
    others: lines.filter((line) => !isMandatory.has(line)),
  };
}

export const ecdsaSd2023: Cryptosuite = {
  name: 'ecdsa-sd-2023',
  keyKinds: ['P-256'],
  async verify({ document, proof, publicKey, hashCanonical }) {
    const value = parseSdProof(proof.proofValue);
    const proofKey = decodeMultikey(encodeBase58btc(value.publicKey));
    const { mandatory, others } = await (value.kind === 'base'
      ? baseGroups(document, value)
      : derivedGroups(document, value));
    if (others.length !== value.signatures.length) return false;
    const configuration = { ...proofConfiguration(proof), '@context': document['@context'] };
    const proofHash = await hashCanonical(configuration);
    const signed = Buffer.concat([proofHash, value.publicKey, digest(mandatory.join(''))]);
    if (!verifyEcdsa(publicKey, signed, value.baseSignature)) return false;
    return value.signatures.every((signature, index) =>
      verifyEcdsa(proofKey, Buffer.from(others[index] ?? '', 'utf8'), signature),
    );
  },
};
