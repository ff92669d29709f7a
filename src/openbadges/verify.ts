// Is this badge good? The one door: takes anything that claims to be a credential and answers with a report.
//
// The order is the specification's: read it, check its shape, its proof, whether its issuer gave a newer copy, its
// status and dates, whose it is, its endorsements. Nothing is fetched on the word of a badge that was found not to be
// genuine. A fault of a stranger's document is a finding; an exception here would be a fault of ours.
//
// Open Badges 3.0 (1EdTech, April 2025) §9.1; VC Data Model 2.0 (W3C Recommendation, 15 May 2025) §7.1.

import { checkEndorsements } from './checks/endorsement.ts';
import { checkEvidence } from './checks/evidence.ts';
import {
  issuerIdOf,
  textOf,
  type Examination,
  type Json,
  type Opened,
  type VerifyOptions,
} from './checks/examination.ts';
import { checkFormat } from './checks/format.ts';
import { checkFreshness } from './checks/freshness.ts';
import { checkIssuerIdentity } from './checks/issuer-identity.ts';
import { checkProof } from './checks/proof.ts';
import { checkRecipient } from './checks/recipient.ts';
import { checkSchema } from './checks/schema.ts';
import { checkStatus } from './checks/status.ts';
import { checkValidity } from './checks/validity.ts';
import { isAssertion } from './ob2/assertion.ts';
import { verifyAssertion } from './ob2/verify-assertion.ts';
import { readJws } from './ob2/verify-signed.ts';
import { claimsOf, openJson, openText, type OpenFault } from './open-credential.ts';
import { check, orderChecks, outcomeOf, type Check, type Report } from './report.ts';

export type CredentialSubmission = { json: unknown } | { jwt: string };

const DEEPEST = 3;

/** The report on something that is no credential at all. */
export function unreadable(code: string, sentence: string, at: Date): Report {
  const checks = orderChecks(
    [check('format', 'fail', code, sentence)],
    'Not reached: there is no credential to look at.',
  );
  return { outcome: 'invalid', checks, checkedAt: at.toISOString() };
}

function reportOf(exam: Examination, made: Check[]): Report {
  const checks = orderChecks(made, 'Not reached.');
  const profile = exam.credential['issuer'];
  const name = typeof profile === 'object' && profile !== null ? textOf((profile as Json)['name']) : undefined;
  return {
    outcome: outcomeOf(checks),
    checks,
    credential: exam.credential,
    ...(exam.issuer !== undefined && {
      issuer: { id: exam.issuer, ...(name !== undefined && { name: name.slice(0, 300) }) },
    }),
    checkedAt: exam.at.toISOString(),
  };
}

function examination(opened: Opened, options: VerifyOptions, depth: number): Examination {
  return {
    ...opened,
    issuer: issuerIdOf(opened.credential),
    options,
    at: options.at ?? options.now,
    depth,
    // What is asked of the badge (its recipient, its proof) is not asked of an endorsement or a status list.
    nested: (inner, deeper) =>
      examine(inner, { ...options, recipient: undefined, proof: undefined, securedBy: undefined }, deeper),
  };
}

/** Everything that comes after the proof, for a copy whose shape and proof were judged. */
async function judgeContent(exam: Examination, mayFetch: boolean): Promise<{ checks: Check[]; remarks: unknown[] }> {
  const claims = exam.jwt === undefined ? undefined : claimsOf(exam.jwt);
  const { revocation, suspension, remarks } = await checkStatus(exam, mayFetch);
  const checks = [
    revocation,
    suspension,
    checkValidity(exam.credential, claims, exam.at),
    checkRecipient(exam.credential, exam.options.recipient),
    await checkEndorsements(exam, mayFetch),
    await checkEvidence(exam, mayFetch),
  ];
  return { checks, remarks };
}

/** Verifies one opened credential. Beyond the deepest level nothing is opened any more. */
export async function examine(opened: Opened, options: VerifyOptions, depth = 0): Promise<Report> {
  const exam = examination(opened, options, depth);
  if (depth > DEEPEST) return unreadable('nested_too_deep', 'Credentials are nested too deep.', exam.at);
  const format = checkFormat(exam);
  if (format.status === 'fail')
    return { ...unreadable(format.code, format.message, exam.at), credential: exam.credential };
  const schema = await checkSchema(exam);
  const { signature, issuerKey } = await checkProof(exam);
  const genuine = signature.status !== 'fail' && issuerKey.status !== 'fail';
  const proven = genuine && signature.status !== 'unknown' && issuerKey.status !== 'unknown';
  const freshness = await checkFreshness(exam, proven);
  const head = [
    format,
    schema,
    signature,
    issuerKey,
    checkIssuerIdentity(exam.credential, exam.issuer, options.ownIssuers),
  ];
  if (freshness.refreshed) return judgeRefreshed(freshness.refreshed, exam, freshness.check);
  const { checks, remarks } = await judgeContent(exam, genuine);
  return reportOf(exam, [...head, withRemarks(freshness.check, remarks), ...checks]);
}

/** The newer copy takes the original's place: its own first checks, and the rest judged on it at the outer level. */
async function judgeRefreshed(
  { opened, report }: { opened: Opened; report: Report },
  exam: Examination,
  freshness: Check,
): Promise<Report> {
  const newer = examination(opened, exam.options, exam.depth);
  const head = report.checks.filter((one) =>
    ['format', 'schema', 'signature', 'issuer_key', 'issuer_identity'].includes(one.id),
  );
  const { checks, remarks } = await judgeContent(newer, true);
  return reportOf(newer, [...head, withRemarks(freshness, remarks), ...checks]);
}

function withRemarks(freshness: Check, remarks: unknown[]): Check {
  return remarks.length === 0 ? freshness : { ...freshness, details: { ...freshness.details, statusRemarks: remarks } };
}

function isFault(opened: Opened | OpenFault): opened is OpenFault {
  return 'fault' in opened;
}

/**
 * Verifies a credential of unknown origin.
 * Takes parsed JSON or a compact JWS, and the options: how to resolve documents, the present instant, the instant to judge
 * at, the recipient asked for. Gives the report; a bad credential is an answer and never an exception.
 */
export async function verifyCredential(submission: CredentialSubmission, options: VerifyOptions): Promise<Report> {
  const at = options.at ?? options.now;
  const opened = 'jwt' in submission ? openText(submission.jwt) : openJson(submission.json);
  if (isFault(opened)) return unreadable(opened.fault, opened.sentence, at);
  if (!isAssertion(opened.credential)) return examine(opened, options);
  const parts = opened.jwt === undefined ? undefined : readJws(opened.jwt);
  const email = options.recipient?.identities.find((one) => one.identityType === 'emailAddress')?.identifier;
  const assertion = parts?.payload ?? opened.credential;
  return verifyAssertion(assertion, parts, { resolve: options.resolve, at, recipient: { email } });
}
