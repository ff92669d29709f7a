// The members of a proof and their rules, before any mathematics. A proof that breaks one of them is bad however good
// its signature: a verifier that guesses what was meant can be made to guess.
//
// VC Data Integrity 1.0 (W3C Recommendation, 15 May 2025) §2.1 Proofs, §4.4 Verify Proof; XML Schema 1.1 part 2
// (5 April 2012) §3.4.28 dateTimeStamp.

import { OpenBadgesError, type OpenBadgesErrorCode } from '../errors.ts';

/** A Data Integrity proof (or one of its forerunners) as it stands in a document. */
export interface Proof {
  '@context'?: unknown;
  id?: string;
  type: string;
  cryptosuite?: string;
  created?: string;
  expires?: string;
  verificationMethod: string;
  proofPurpose: string;
  challenge?: string;
  domain?: string | string[];
  nonce?: string;
  previousProof?: string | string[];
  proofValue: string;
  [member: string]: unknown;
}

/** What a verifier expects of a proof. */
export interface ProofExpectation {
  /** The instant of the verification. */
  now: Date;
  /** Why the proof must have been made: `assertionMethod` for credentials, `authentication` for presentations. */
  purpose: string;
  challenge?: string | undefined;
  domain?: string | readonly string[] | undefined;
}

const DATE_TIME_STAMP =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))$/;
// A scheme and something behind it, without what no URL holds (WHATWG URL would mend spaces and line feeds silently).

const URL_SHAPE = /^[A-Za-z][A-Za-z0-9+.-]*:[^\u0000-\u0020<>"{}|\\^`\u007f]+$/;

function fault(code: OpenBadgesErrorCode, what: string, member: string): OpenBadgesError {
  return new OpenBadgesError(code, what, { pointer: `/${member}` });
}

function malformed(member: string, rule: string): OpenBadgesError {
  return fault('ERR_OB_PROOF_MALFORMED', `The proof's "${member}" ${rule}.`, member);
}

function requireText(proof: Record<string, unknown>, member: string, isRequired: boolean): void {
  const value = proof[member];
  if (value === undefined && !isRequired) return;
  if (typeof value !== 'string' || value === '') throw malformed(member, 'must be a string that is not empty');
}

function requireTextOrList(proof: Record<string, unknown>, member: string): void {
  const value = proof[member];
  if (value === undefined || (typeof value === 'string' && value !== '')) return;
  const isList =
    Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'string' && one !== '');
  if (!isList) throw malformed(member, 'must be a string, or a list of strings');
}

/** Whether a text is an instant with its zone, on a day that exists (Date.parse takes the 30th of February). */
export function isDateTimeStamp(text: string): boolean {
  if (!DATE_TIME_STAMP.test(text) || Number.isNaN(Date.parse(text))) return false;
  const [year, month, day] = [text.slice(0, 4), text.slice(5, 7), text.slice(8, 10)].map(Number);
  // Every month has a 28th.
  return (day ?? 0) <= 28 || (day ?? 0) <= new Date(Date.UTC(year ?? 0, month ?? 0, 0)).getUTCDate();
}

/** The instant of `created` or `expires`; one that was written without its zone is UTC (§2.1). */
function instantOf(value: unknown): number | undefined {
  if (typeof value !== 'string') return undefined;
  const stamp = [value, `${value}Z`].find(isDateTimeStamp);
  return stamp === undefined ? undefined : Date.parse(stamp);
}

function requireInstant(proof: Record<string, unknown>, member: string): void {
  if (proof[member] === undefined || instantOf(proof[member]) !== undefined) return;
  throw malformed(member, 'must be a dateTimeStamp: date, time, and Z or an offset');
}

/** Takes what stands in `proof`, gives it typed. Throws ERR_OB_PROOF_MALFORMED with the member that breaks a rule. */
export function parseProof(value: unknown): Proof {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw new OpenBadgesError('ERR_OB_PROOF_MALFORMED', 'A proof is a JSON object.');
  }
  const proof = value as Record<string, unknown>;
  for (const member of ['type', 'proofPurpose', 'verificationMethod', 'proofValue']) requireText(proof, member, true);
  requireText(proof, 'cryptosuite', proof.type === 'DataIntegrityProof');
  for (const member of ['id', 'challenge', 'nonce']) requireText(proof, member, false);
  for (const member of ['domain', 'previousProof']) requireTextOrList(proof, member);
  for (const member of ['created', 'expires']) requireInstant(proof, member);
  for (const member of ['id', 'verificationMethod']) {
    const url = proof[member];
    if (typeof url === 'string' && !URL_SHAPE.test(url)) throw malformed(member, 'must be an absolute URL');
  }
  return proof as Proof;
}

function texts(value: string | readonly string[] | undefined): string[] {
  return [...new Set(typeof value === 'string' ? [value] : (value ?? []))].sort();
}

/** Takes a proof and what is expected. Throws ERR_OB_PROOF_PURPOSE, …_EXPIRED, …_CHALLENGE or …_DOMAIN. */
export function checkExpectation(proof: Proof, { now, purpose, challenge, domain }: ProofExpectation): void {
  if (proof.proofPurpose !== purpose) {
    const what = `The proof was made for ${JSON.stringify(proof.proofPurpose.slice(0, 100))}, not for "${purpose}".`;
    throw fault('ERR_OB_PROOF_PURPOSE', what, 'proofPurpose');
  }
  const end = instantOf(proof.expires);
  if (end !== undefined && end <= now.getTime()) {
    throw fault('ERR_OB_PROOF_EXPIRED', `The proof expired at ${proof.expires}.`, 'expires');
  }
  if (challenge !== undefined && proof.challenge !== challenge) {
    throw fault('ERR_OB_PROOF_CHALLENGE', 'The proof does not answer the challenge that was set.', 'challenge');
  }
  if (domain !== undefined && texts(proof.domain).join('\n') !== texts(domain).join('\n')) {
    throw fault('ERR_OB_PROOF_DOMAIN', 'The proof was made for another domain.', 'domain');
  }
}

/** A proof without its value: what is signed besides the document. */
export function proofConfiguration(proof: Proof): Record<string, unknown> {
  const { proofValue: _, ...configuration } = proof;
  return configuration;
}
