// Are the proofs on this document good? One answer for each proof, never an exception for what a stranger wrote. A proof
// that names previous ones is good only when those are: it signed them too, and a chain hangs on its first link.
//
// "Good" says that the key which `resolveMethod` gave made this proof over this document, for this purpose. Whether that
// key may speak for the issuer is the caller's question: `controller` is handed back for it.
//
// VC Data Integrity 1.0 (W3C Recommendation, 15 May 2025) §2.1.1 Proof Sets, §2.1.2 Proof Chains, §4.4 Verify Proof, §4.5
// Verify Proof Sets and Chains.

import type { KeyObject } from 'node:crypto';
import { OpenBadgesError, type OpenBadgesErrorCode } from '../errors.ts';
import { keyKind } from '../keys.ts';
import { hashCanonical } from '../rdf/canonicalize.ts';
import { rememberingHash, type ProofInput } from './cryptosuite.ts';
import { cryptosuiteOf } from './cryptosuites.ts';
import { checkExpectation, parseProof, type Proof, type ProofExpectation } from './proof-options.ts';
import { rememberedVerdict } from './remembered-verdicts.ts';
import { previousProofs } from './signing.ts';

export type { Proof, ProofExpectation } from './proof-options.ts';

/** A key and who says so. */
export interface ResolvedMethod {
  /** The `controller` of the verification method. */
  controller: string;
  publicKey: KeyObject;
}

/**
 * Finds the key behind a verification method's URL. An error with `unreachable: true` means "could not be looked up just
 * now", and the proof is unknown; any other error means that the key is not published, and the proof is bad.
 */
export type ResolveMethod = (verificationMethod: string, proof: Proof) => Promise<ResolvedMethod>;

export interface ProofCheck extends ProofExpectation {
  resolveMethod: ResolveMethod;
  /** How the canonical text is hashed, when it is not to be by the short way. */
  hashCanonical?: ProofInput['hashCanonical'];
  /** Whether a signature that was calculated before, with the same key, need not be calculated again. */
  remembers?: boolean;
}

/** What was found out about one proof. */
export interface ProofResult {
  /** Which proof of the document, from 0; 0 also when there is none. */
  index: number;
  status: 'good' | 'bad' | 'unknown';
  code: OpenBadgesErrorCode | 'OK';
  message: string;
  type?: string;
  cryptosuite?: string;
  created?: string;
  verificationMethod?: string;
  controller?: string;
}

type Finding = Pick<ProofResult, 'status' | 'code' | 'message' | 'controller'>;

const MOST_PROOFS = 32;
const UNKNOWN: ReadonlySet<OpenBadgesErrorCode> = new Set(['ERR_OB_PROOF_UNSUPPORTED', 'ERR_OB_METHOD_UNREACHABLE']);

function findingOf(fault: unknown): Finding {
  if (fault instanceof OpenBadgesError) {
    return { status: UNKNOWN.has(fault.code) ? 'unknown' : 'bad', code: fault.code, message: fault.message };
  }
  throw fault;
}

async function resolve(proof: Proof, resolveMethod: ResolveMethod): Promise<ResolvedMethod> {
  try {
    return await resolveMethod(proof.verificationMethod, proof);
  } catch (cause) {
    const { unreachable, message } = cause as { unreachable?: boolean; message?: string };
    const code = unreachable === true ? 'ERR_OB_METHOD_UNREACHABLE' : 'ERR_OB_METHOD_REFUSED';
    throw new OpenBadgesError(code, message ?? 'The verification method could not be resolved.', { cause });
  }
}

/** Everything about one proof but the proofs before it. */
async function checkOne(
  proof: Proof,
  document: Record<string, unknown>,
  hashCanonical: ProofInput['hashCanonical'],
  check: ProofCheck,
): Promise<Finding> {
  let controller: string | undefined;
  try {
    const suite = cryptosuiteOf(proof);
    checkExpectation(proof, check);
    const method = await resolve(proof, check.resolveMethod);
    ({ controller } = method);
    const kind = keyKind(method.publicKey);
    if (!suite.keyKinds.includes(kind)) {
      const what = `${suite.name} needs a key of the kind ${suite.keyKinds.join(' or ')}, and this one is ${kind}.`;
      throw new OpenBadgesError('ERR_OB_KEY_UNSUPPORTED', what, { pointer: '/verificationMethod' });
    }
    const { publicKey } = method;
    const verify = async () => suite.verify({ document, proof, publicKey, hashCanonical });
    const isRight = check.remembers ? rememberedVerdict(suite.name, document, proof, publicKey, verify) : verify();
    if (await isRight) {
      return { status: 'good', code: 'OK', message: 'The proof is the work of this key.', controller };
    }
    const message = 'The signature does not match: the document or the proof was changed, or another key signed it.';
    return { status: 'bad', code: 'ERR_OB_PROOF_SIGNATURE', message, controller };
  } catch (fault) {
    return { ...findingOf(fault), ...(controller !== undefined && { controller }) };
  }
}

/** The proof of a chain is as good as the worst of itself and those it hangs on. */
function withPrevious(own: Finding, previous: readonly Finding[]): Finding {
  for (const status of ['bad', 'unknown'] as const) {
    if (own.status === status) return own;
    const worst = previous.find((finding) => finding.status === status);
    if (worst === undefined) continue;
    return { ...own, status, code: 'ERR_OB_PROOF_CHAIN', message: `A previous proof: ${worst.message}` };
  }
  return own;
}

class Verification {
  readonly proofs: readonly unknown[];
  readonly unsecured: Record<string, unknown>;
  readonly check: ProofCheck;
  readonly hashCanonical: ProofInput['hashCanonical'];
  readonly findings = new Map<unknown, Promise<Finding>>();

  constructor(proofs: readonly unknown[], unsecured: Record<string, unknown>, check: ProofCheck) {
    this.proofs = proofs;
    this.unsecured = unsecured;
    this.check = check;
    this.hashCanonical = rememberingHash(check.hashCanonical ?? hashCanonical);
  }

  finding(value: unknown, behind: readonly unknown[] = []): Promise<Finding> {
    const known = this.findings.get(value);
    if (known !== undefined && !behind.includes(value)) return known;
    const finding = this.judge(value, behind).catch(findingOf);
    this.findings.set(value, finding);
    return finding;
  }

  private async judge(value: unknown, behind: readonly unknown[]): Promise<Finding> {
    if (behind.includes(value)) throw new OpenBadgesError('ERR_OB_PROOF_CHAIN', 'The chain of proofs is a ring.');
    const proof = parseProof(value);
    const others = this.proofs.filter((one): one is Proof => one !== null && typeof one === 'object');
    if (proof.id !== undefined && others.filter(({ id }) => id === proof.id).length > 1) {
      throw new OpenBadgesError('ERR_OB_PROOF_MALFORMED', 'Two proofs of this document have one id.', {
        pointer: '/id',
      });
    }
    const previous = previousProofs(others, proof.previousProof);
    const before: Finding[] = [];
    for (const one of previous) before.push(await this.finding(one, [...behind, value]));
    const document = previous.length === 0 ? this.unsecured : { ...this.unsecured, proof: previous };
    return withPrevious(await checkOne(proof, document, this.hashCanonical, this.check), before);
  }
}

function describe(index: number, value: unknown, finding: Finding): ProofResult {
  const proof = (value ?? {}) as Record<string, unknown>;
  const told = ['type', 'cryptosuite', 'created', 'verificationMethod'].filter(
    (name) => typeof proof[name] === 'string',
  );
  return { index, ...finding, ...Object.fromEntries(told.map((name) => [name, proof[name]])) };
}

function none(code: OpenBadgesErrorCode, message: string): ProofResult[] {
  return [{ index: 0, status: 'bad', code, message }];
}

/**
 * Takes a document and what is expected of its proofs, gives one result for each proof, in order; a document without
 * proofs gives one bad result, so that "every one is good" is never true of nothing. Throws only what is not about the
 * document (a fault of ours).
 */
export async function verifyProofs(document: unknown, check: ProofCheck): Promise<ProofResult[]> {
  if (document === null || typeof document !== 'object' || Array.isArray(document)) {
    return none('ERR_OB_PROOF_MISSING', 'What carries proofs is a JSON object.');
  }
  const { proof, ...unsecured } = document as Record<string, unknown>;
  if (proof === undefined) return none('ERR_OB_PROOF_MISSING', 'This document has no proof.');
  const proofs = Array.isArray(proof) ? (proof as unknown[]) : [proof];
  if (proofs.length === 0) return none('ERR_OB_PROOF_MISSING', 'This document has an empty list of proofs.');
  if (proofs.length > MOST_PROOFS) {
    return none('ERR_OB_TOO_COMPLEX', `A document has at most ${MOST_PROOFS} proofs.`);
  }
  const verification = new Verification(proofs, unsecured, check);
  const results: ProofResult[] = [];
  for (const [index, value] of proofs.entries()) {
    results.push(describe(index, value, await verification.finding(value)));
  }
  return results;
}
