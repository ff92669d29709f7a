// The answer to "is this badge good?": twelve checks in a fixed order and one outcome.
//
// A bad badge is an answer, not an exception, so everything a verifier can find out ends as a check with a stable code
// for machines and a plain sentence for people. Unknown is never green: what could not be looked up is neither passed
// nor failed, and where it decides the matter (signature, key, revocation, suspension) the outcome says so.
//
// Open Badges 3.0 (1EdTech, April 2025) §9 "Verification and validation"; VC Data Model 2.0 (W3C Recommendation,
// 15 May 2025) §7.1.

export const CHECK_IDS = [
  'format',
  'schema',
  'signature',
  'issuer_key',
  'issuer_identity',
  'revocation',
  'suspension',
  'validity',
  'recipient',
  'freshness',
  'endorsement',
  'evidence',
] as const;

export type CheckId = (typeof CHECK_IDS)[number];
export type CheckStatus = 'pass' | 'warn' | 'fail' | 'unknown' | 'skipped';
export type Outcome = 'valid' | 'valid_with_warnings' | 'invalid' | 'indeterminate';

/** One finding: `code` never changes once published, `message` is for people and may. */
export interface Check {
  id: CheckId;
  status: CheckStatus;
  code: string;
  message: string;
  details?: Record<string, unknown>;
}

export interface Report {
  outcome: Outcome;
  checks: Check[];
  /** The credential that was judged (after a refresh: the refreshed one), as its issuer signed it. */
  credential?: Record<string, unknown>;
  issuer?: { id: string; name?: string };
  checkedAt: string;
}

/** A check as one call: takes its members in the order they are read, gives the object. */
export function check(
  id: CheckId,
  status: CheckStatus,
  code: string,
  message: string,
  details?: Record<string, unknown>,
): Check {
  return details === undefined ? { id, status, code, message } : { id, status, code, message, details };
}

const DECISIVE: ReadonlySet<CheckId> = new Set(['signature', 'issuer_key', 'revocation', 'suspension']);

/**
 * The outcome of a list of checks: any failure is invalid; else an unknown among signature, issuer key, revocation and
 * suspension leaves it open; else any warning qualifies it. Skipped checks and remarks do not count.
 */
export function outcomeOf(checks: readonly Check[]): Outcome {
  if (checks.some((one) => one.status === 'fail')) return 'invalid';
  if (checks.some((one) => one.status === 'unknown' && DECISIVE.has(one.id))) return 'indeterminate';
  if (checks.some((one) => one.status === 'warn')) return 'valid_with_warnings';
  return 'valid';
}

/** Puts the checks that were made into the fixed order; whatever is missing was not reached and is skipped. */
export function orderChecks(made: readonly Check[], whyMissing: string): Check[] {
  return CHECK_IDS.map((id) => made.find((one) => one.id === id) ?? check(id, 'skipped', 'not_reached', whyMissing));
}

const SEVERITY: readonly CheckStatus[] = ['skipped', 'pass', 'warn', 'unknown', 'fail'];

/** The worse of two states, for findings that several parts of a badge share (several status entries, several proofs). */
export function worse(a: CheckStatus, b: CheckStatus): CheckStatus {
  return SEVERITY.indexOf(a) >= SEVERITY.indexOf(b) ? a : b;
}
