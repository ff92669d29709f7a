// The proofs that stand in the credential: which are good, and whose keys made them.
//
// Mathematics and trust are judged apart for every proof. One good proof of the issuer is enough and the others warn; a
// proof of somebody else beside it, whose key its own controller publishes, is a witness and no fault. Without a good one
// the best of them decides: what might still turn out good leaves the matter open.
//
// Open Badges 3.0 (1EdTech, April 2025) §8.3, §9.1 step 2; VC Data Integrity 1.0 (W3C Recommendation, 15 May 2025) §4.4,
// §4.5.

import { resolveMethod, type MethodAnswer } from '../controllers/verification-method.ts';
import { verifyProofs, type Proof, type ProofResult } from '../proofs/proof.ts';
import type { Resolve } from '../resolve.ts';

export interface ProofQuery {
  resolve: Resolve;
  /** Who must have made the proof. */
  controller: string | undefined;
  purpose: string;
  at: Date;
  challenge?: string | undefined;
  domain?: string | readonly string[] | undefined;
}

/** One proof judged: whether the signature is right, and whether the key is the issuer's. */
export interface JudgedProof {
  result: ProofResult;
  mathematics: 'good' | 'bad' | 'unknown';
  trust: MethodAnswer | undefined;
  /** A good proof of somebody else, whose own document publishes the key. */
  witness: boolean;
  /** What is odd about a good proof. */
  warnings: string[];
}

// Names that are registered (W3C VC Extensions, as of 2026) and that no suite here can judge. A proof of a kind nobody
// knows is malformed (Data Integrity §4.4); one of these is only beyond this verifier.
const REGISTERED = new Set([
  'bbs-2023',
  'ecdsa-xi-2023',
  'Ed25519Signature2018',
  'JsonWebSignature2020',
  'EcdsaSecp256k1Signature2019',
  'EcdsaSecp256r1Signature2019',
  'EcdsaSecp256k1RecoverySignature2020',
  'BbsBlsSignature2020',
  'BbsBlsSignatureProof2020',
  'RsaSignature2018',
  'MerkleProof2019',
  'MerkleProof2021',
]);

/** An error as `verifyProofs` understands it: not to be had just now, or not published. */
class MethodError extends Error {
  readonly unreachable: boolean;

  constructor(answer: MethodAnswer) {
    super(answer.sentence);
    this.unreachable = answer.trust === 'unknown';
  }
}

function mathematicsOf(result: ProofResult): JudgedProof['mathematics'] {
  // Not bundled means not fetched: nobody can say whether the signature is right.
  if (result.code === 'ERR_OB_CONTEXT_UNKNOWN') return 'unknown';
  if (result.code === 'ERR_OB_METHOD_REFUSED') return 'unknown';
  if (result.code !== 'ERR_OB_PROOF_UNSUPPORTED') return result.status;
  return REGISTERED.has(result.cryptosuite ?? '') || REGISTERED.has(result.type ?? '') ? 'unknown' : 'bad';
}

/** Verifies every proof of a document. Takes the document and what is asked of its proofs; gives one judgement each. */
export async function judgeProofs(document: Record<string, unknown>, query: ProofQuery): Promise<JudgedProof[]> {
  const answers = new Map<Proof, MethodAnswer>();
  const witnesses = new Set<Proof>();
  const ask = (id: string, controller: string): Promise<MethodAnswer> =>
    resolveMethod(id, { resolve: query.resolve, controller, purpose: query.purpose, at: query.at });

  const results = await verifyProofs(document, {
    now: query.at,
    purpose: query.purpose,
    challenge: query.challenge,
    domain: query.domain,
    remembers: true,
    resolveMethod: async (id, proof) => {
      const answer = await ask(id, query.controller ?? '');
      answers.set(proof, answer);
      if (!answer.key) throw new MethodError(answer);
      const controller = answer.method?.['controller'];
      const foreign = answer.code === 'controller_mismatch' && typeof controller === 'string';
      if (foreign && (await ask(id, controller)).trust === 'pass') witnesses.add(proof);
      return { controller: String(controller), publicKey: answer.key };
    },
  });
  const proofs = Array.isArray(document['proof']) ? (document['proof'] as unknown[]) : [document['proof']];
  return results.map((result) => {
    const proof = proofs[result.index] as Proof;
    const mathematics = mathematicsOf(result);
    return {
      result,
      mathematics,
      trust: answers.get(proof),
      witness: mathematics === 'good' && witnesses.has(proof),
      warnings: [],
    };
  });
}

/** How near a proof is to being the issuer's good one; the greatest decides. */
export function rank({ mathematics, trust }: JudgedProof): number {
  if (mathematics === 'good' && trust?.trust === 'pass') return 4;
  if (mathematics === 'good' && trust?.trust === 'unknown') return 3;
  if (mathematics === 'unknown' && trust?.trust !== 'fail') return 2;
  return mathematics === 'good' ? 1 : 0;
}
