// Verifies an Open Badges 2.0 assertion by its own rules and reports in the checks of today.
//
// Most badges that people hold are of this version; calling them "not a credential" would help nobody. What version 2
// has no rule for (suspension, refresh) is skipped, and what its hosted form proves (that the issuer serves it) stands in
// the place of a signature and says so.
//
// Open Badges v2.0 (IMS Global Final Release, 12 April 2018), "Verification".

import { check, orderChecks, outcomeOf, type Check, type Report } from '../report.ts';
import { hashIdentity } from '../recipient.ts';
import { asArray, isObject } from '../parse-json.ts';
import type { Resolve } from '../resolve.ts';
import { checkAssertion, checkBadgeClass, checkProfile, verificationType, type Json } from './assertion.ts';
import { gather, type Gathered } from './documents.ts';
import { checkScope, verifyHosted } from './verify-hosted.ts';
import { checkRevocationList, verifySigned, type SignedParts } from './verify-signed.ts';

export interface Ob2Options {
  resolve: Resolve;
  at: Date;
  recipient?: { email?: string };
}

function validity(assertion: Json, at: Date): Check {
  const issued = Date.parse(String(assertion['issuedOn']));
  const expires = assertion['expires'] === undefined ? undefined : Date.parse(String(assertion['expires']));
  if (Number.isNaN(issued) || Number.isNaN(expires ?? 0))
    return check('validity', 'fail', 'date_malformed', 'The dates of the badge cannot be read.');
  if (at.getTime() < issued)
    return check(
      'validity',
      'fail',
      'not_yet_valid',
      `The badge is issued on ${String(assertion['issuedOn'])}, which is still to come.`,
    );
  if (expires !== undefined && at.getTime() > expires)
    return check('validity', 'fail', 'expired', `The badge expired on ${String(assertion['expires'])}.`);
  return check('validity', 'pass', 'valid', `The badge was issued on ${String(assertion['issuedOn'])}.`);
}

function matches(recipient: Json, email: string): boolean {
  const identity = String(recipient['identity']);
  if (recipient['hashed'] !== true) return identity === email;
  const algorithm = identity.startsWith('md5$') ? 'md5' : 'sha256';
  return (
    hashIdentity(email, typeof recipient['salt'] === 'string' ? recipient['salt'] : '', algorithm) ===
    identity.toLowerCase()
  );
}

function recipientOf(assertion: Json, email: string | undefined): Check {
  if (email === undefined)
    return check('recipient', 'skipped', 'recipient_not_asked', 'No recipient was given to compare with.');
  const recipient = assertion['recipient'];
  if (!isObject(recipient) || recipient['type'] !== 'email')
    return check(
      'recipient',
      'unknown',
      'recipient_not_comparable',
      'The badge names its recipient otherwise than by e-mail.',
    );
  if (matches(recipient, email))
    return check('recipient', 'pass', 'recipient_matches', 'The badge belongs to that e-mail address.');
  if (matches(recipient, email.toLowerCase()))
    return check(
      'recipient',
      'pass',
      'recipient_matches_lower_case',
      'The badge belongs to that e-mail address, written in lower case.',
    );
  return check('recipient', 'fail', 'recipient_mismatch', 'The badge does not belong to that e-mail address.');
}

function schemaOf(assertion: Json, badge: Gathered, issuer: Gathered | undefined): Check {
  const findings = checkAssertion(assertion);
  if (badge.json) checkBadgeClass(badge.json, findings);
  if (issuer?.json) checkProfile(issuer.json, findings);
  for (const one of [badge, issuer])
    if (one?.state === 'wrong')
      findings.fail('/badge', 'ob2_document_wrong', one.sentence, 'Open Badges 2.0 (12 April 2018)');
  if (findings.failed)
    return check('schema', 'fail', 'ob2_not_conforming', 'The badge departs from Open Badges 2.0.', {
      findings: findings.finish(),
    });
  return check('schema', 'pass', 'ob2_conforming', 'The badge matches Open Badges 2.0.');
}

function unheardIssuer(documents: (Gathered | undefined)[]): Check {
  const missing = documents.find((one) => one?.state !== 'found');
  return check('issuer_key', 'unknown', 'issuer_unreachable', missing?.sentence ?? 'The issuer could not be asked.');
}

async function proofChecks(
  assertion: Json,
  issuer: Json | undefined,
  parts: SignedParts | undefined,
  documents: (Gathered | undefined)[],
  resolve: Resolve,
): Promise<Check[]> {
  const type = verificationType(assertion);
  if (parts) {
    if (type !== 'signed')
      return [
        check(
          'signature',
          'fail',
          'ob2_verification_mismatch',
          'The badge is signed, but says that it is verified otherwise.',
        ),
      ];
    return [...(await verifySigned(parts, issuer, resolve)), await checkRevocationList(assertion, issuer, resolve)];
  }
  if (type === 'signed')
    return [
      check(
        'signature',
        'fail',
        'signature_missing',
        'The badge says that it is signed, but came without its signature.',
      ),
    ];
  const { signature, revocation } = await verifyHosted(assertion, resolve);
  const scope = issuer ? checkScope(assertion, issuer) : unheardIssuer(documents);
  const known = signature.status === 'pass';
  return [
    signature,
    scope,
    revocation ??
      check(
        'revocation',
        known ? 'pass' : 'unknown',
        known ? 'not_revoked' : 'status_unknown',
        known ? 'The issuer still serves the badge.' : 'Whether the badge is revoked could not be asked.',
      ),
  ];
}

/**
 * Verifies an Open Badges 2.0 assertion.
 * Takes the assertion (of a signed one also the parts of its JWS) and the options of a verification; gives the report.
 */
export async function verifyAssertion(
  assertion: Json,
  parts: SignedParts | undefined,
  options: Ob2Options,
): Promise<Report> {
  const badge = await gather(assertion['badge'], 'badge', options.resolve);
  const issuer = badge.json ? await gather(badge.json['issuer'], 'issuer', options.resolve) : undefined;
  // Only what the issuer's own URL said can speak for it.
  const confirmed = badge.state === 'found' && issuer?.state === 'found' ? issuer.json : undefined;
  const checks: Check[] = [
    check(
      'format',
      'pass',
      parts ? 'ob2_signed' : 'ob2_hosted',
      `This is a ${parts ? 'signed' : 'hosted'} Open Badges 2.0 assertion.`,
    ),
    schemaOf(assertion, badge, issuer),
    ...(await proofChecks(assertion, confirmed, parts, [badge, issuer], options.resolve)),
    check(
      'issuer_identity',
      'skipped',
      'issuer_not_registered',
      'The issuer is in no registry that is consulted here; its name is its own claim.',
    ),
    check('suspension', 'skipped', 'not_in_ob2', 'Open Badges 2.0 knows no suspension.'),
    validity(assertion, options.at),
    recipientOf(assertion, options.recipient?.email),
    check('freshness', 'skipped', 'not_in_ob2', 'Open Badges 2.0 knows no refresh.'),
    check('endorsement', 'skipped', 'ob2_endorsements_not_checked', 'Endorsements of Open Badges 2.0 are not checked.'),
    check(
      'evidence',
      'skipped',
      'evidence_counted',
      `${asArray(assertion['evidence']).length} pieces of evidence are linked; they are not opened.`,
    ),
  ];
  const ordered = orderChecks(checks, 'The signature could not be checked.');
  const name = issuer?.json?.['name'];
  return {
    outcome: outcomeOf(ordered),
    checks: ordered,
    credential: assertion,
    ...(issuer?.id !== undefined && { issuer: { id: issuer.id, ...(typeof name === 'string' && { name }) } }),
    checkedAt: options.at.toISOString(),
  };
}
