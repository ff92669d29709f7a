// Was it changed since it was signed, and was it signed with a key its issuer publishes? Two checks from one look.
//
// A VC-JWT is proven by its own signature; a proof embedded in it as well is judged too, and either is enough. Without
// any proof there is no verifiable credential, but for what a holder says in a presentation of his own: its proof covers
// that too.
//
// Open Badges 3.0 (1EdTech, April 2025) §8.1 to §8.3, §9.1 step 2; VC Data Model 2.0 (W3C Recommendation, 15 May 2025)
// §4.13.4 "Presentations Including Holder Claims".

import { check, type Check } from '../report.ts';
import { judgeProofs, rank, type JudgedProof } from './embedded-proof.ts';
import type { Examination } from './examination.ts';
import { judgeJwt } from './jwt-proof.ts';

export interface ProofChecks {
  signature: Check;
  issuerKey: Check;
}

const CODES: Record<string, string> = {
  OK: 'signature_valid',
  ERR_OB_PROOF_SIGNATURE: 'signature_invalid',
  ERR_OB_JWT_SIGNATURE: 'signature_invalid',
  ERR_OB_METHOD_UNREACHABLE: 'key_not_at_hand',
  ERR_OB_METHOD_REFUSED: 'key_not_at_hand',
};

function codeOf(proof: JudgedProof): string {
  return CODES[proof.result.code] ?? proof.result.code.replace('ERR_OB_', '').toLowerCase();
}

function described(proof: JudgedProof): Record<string, unknown> {
  const { result, trust } = proof;
  const { type, cryptosuite, created, verificationMethod } = result;
  return {
    type,
    cryptosuite,
    created,
    verificationMethod,
    code: codeOf(proof),
    key: trust?.code,
    witness: proof.witness || undefined,
  };
}

function signatureOf(best: JudgedProof, others: JudgedProof[]): Check {
  const details = { ...described(best), ...(others.length > 0 && { others: others.map(described) }) };
  const code = codeOf(best);
  if (best.mathematics === 'good') {
    const odd = others.find((one) => rank(one) < 4 && !one.witness);
    if (odd && rank(best) === 4)
      return check(
        'signature',
        'warn',
        'other_proof_not_good',
        `One proof of the issuer is good; another is not: ${odd.result.message}`,
        details,
      );
    if (best.warnings.length > 0)
      return check(
        'signature',
        'warn',
        'jwt_claim',
        `The signature is valid, with a remark: ${best.warnings[0]!}`,
        details,
      );
    return check(
      'signature',
      'pass',
      'signature_valid',
      'The signature is valid: nothing was changed since it was made.',
      details,
    );
  }
  if (best.mathematics === 'bad') return check('signature', 'fail', code, best.result.message, details);
  return check('signature', 'unknown', code, `The signature could not be checked: ${best.result.message}`, details);
}

function issuerKeyOf({ trust, mathematics }: JudgedProof): Check {
  if (trust === undefined) {
    if (mathematics === 'unknown')
      return check(
        'issuer_key',
        'unknown',
        'key_not_looked_up',
        'The key was not looked up, because its proof cannot be judged here.',
      );
    return check(
      'issuer_key',
      'skipped',
      'key_not_looked_up',
      'The key was not looked up, because the proof is not in order.',
    );
  }
  return check('issuer_key', trust.trust, trust.code, trust.sentence, { verificationMethod: trust.id.slice(0, 500) });
}

/** Takes the examination; gives the checks of signature and issuer key. */
export async function checkProof(exam: Examination): Promise<ProofChecks> {
  const { credential, jwt, issuer, at, options } = exam;
  const proofs: JudgedProof[] = jwt === undefined ? [] : [await judgeJwt(exam)];
  const isBare = jwt === undefined && credential['proof'] === undefined;
  if (isBare && options.securedBy !== undefined) proofs.push(options.securedBy);
  else if (credential['proof'] !== undefined || jwt === undefined)
    proofs.push(
      ...(await judgeProofs(credential, {
        resolve: options.resolve,
        controller: issuer,
        purpose: 'assertionMethod',
        ...options.proof,
        at,
      })),
    );
  const best = proofs.reduce((one, other) => (rank(other) > rank(one) ? other : one));
  const others = proofs.filter((one) => one !== best);
  return { signature: signatureOf(best, others), issuerKey: issuerKeyOf(best) };
}
