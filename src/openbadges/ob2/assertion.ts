// The shape of Open Badges 2.0 objects: Assertion, BadgeClass, Profile, in the forms that earners still hold.
//
// Only what a verifier relies on is demanded; the rest of version 2 is shown as it stands. Members may be an IRI or an
// embedded object, one or many, as JSON-LD compaction left them.
//
// Open Badges v2.0 (IMS Global Final Release, 12 April 2018), "Data Model".

import { Findings } from '../findings.ts';
import { asArray, isObject } from '../parse-json.ts';
import { dateTimeForm, isUri } from '../primitives.ts';

const CLAUSE = 'Open Badges 2.0 (12 April 2018)';
export const OB2_CONTEXT = 'https://w3id.org/openbadges/v2';

export type Json = Record<string, unknown>;

/** Whether a document presents itself as an Open Badges 2.0 assertion. */
export function isAssertion(json: unknown): json is Json {
  if (!isObject(json) || !asArray(json['type']).includes('Assertion')) return false;
  const contexts = asArray(json['@context']);
  const credential = asArray(json['type']).includes('VerifiableCredential');
  return !credential && (contexts.length > 0 || isObject(json['recipient']) || json['badge'] !== undefined);
}

/** The id of a member that is an IRI or an embedded object. */
export function idOf(member: unknown): string | undefined {
  const id = isObject(member) ? member['id'] : member;
  return typeof id === 'string' ? id : undefined;
}

/** `hosted` or `signed`, whichever name the assertion uses. */
export function verificationType(assertion: Json): 'hosted' | 'signed' | undefined {
  const verification = assertion['verification'] ?? assertion['verify'];
  const types = isObject(verification) ? asArray(verification['type']) : [];
  if (types.some((type) => type === 'hosted' || type === 'HostedBadge')) return 'hosted';
  if (types.some((type) => type === 'signed' || type === 'SignedBadge')) return 'signed';
  return undefined;
}

function isDate(value: unknown): boolean {
  return (
    dateTimeForm(value) !== undefined || (typeof value === 'string' && dateTimeForm(`${value}T00:00:00Z`) !== undefined)
  );
}

function checkRecipient(recipient: unknown, findings: Findings): void {
  if (!isObject(recipient))
    return findings.fail('/recipient', 'ob2_recipient_missing', 'recipient must be an object.', CLAUSE);
  if (typeof recipient['type'] !== 'string' || recipient['type'] === '')
    findings.fail(
      '/recipient/type',
      'ob2_recipient_type',
      'recipient.type must name the kind of identity, such as "email".',
      CLAUSE,
    );
  if (typeof recipient['identity'] !== 'string' || recipient['identity'] === '')
    findings.fail('/recipient/identity', 'ob2_recipient_identity', 'recipient.identity must be a text.', CLAUSE);
  else if (recipient['hashed'] === true && !/^(md5\$[0-9a-f]{32}|sha256\$[0-9a-f]{64})$/i.test(recipient['identity']))
    findings.fail(
      '/recipient/identity',
      'ob2_recipient_hash',
      'recipient.identity must be "sha256$" or "md5$" and a hash, since hashed is true.',
      CLAUSE,
    );
  if (typeof recipient['hashed'] !== 'boolean')
    findings.fail('/recipient/hashed', 'ob2_recipient_hashed', 'recipient.hashed must be true or false.', CLAUSE);
}

/** All departures of an assertion from version 2.0. */
export function checkAssertion(assertion: Json): Findings {
  const findings = new Findings();
  if (!asArray(assertion['@context']).includes(OB2_CONTEXT))
    findings.fail('/@context', 'ob2_context', `@context must be "${OB2_CONTEXT}".`, CLAUSE);
  if (!isUri(assertion['id'])) findings.fail('/id', 'ob2_id', 'id must be a URL or a urn:uuid.', CLAUSE);
  checkRecipient(assertion['recipient'], findings);
  if (idOf(assertion['badge']) === undefined)
    findings.fail('/badge', 'ob2_badge', 'badge must be the URL of a BadgeClass, or one with an id.', CLAUSE);
  if (verificationType(assertion) === undefined)
    findings.fail('/verification/type', 'ob2_verification', 'verification.type must be "hosted" or "signed".', CLAUSE);
  if (!isDate(assertion['issuedOn']))
    findings.fail('/issuedOn', 'ob2_issued_on', 'issuedOn must be a date and time.', CLAUSE);
  if (assertion['expires'] !== undefined && !isDate(assertion['expires']))
    findings.fail('/expires', 'ob2_expires', 'expires must be a date and time.', CLAUSE);
  if (
    isDate(assertion['issuedOn']) &&
    isDate(assertion['expires']) &&
    Date.parse(String(assertion['expires'])) < Date.parse(String(assertion['issuedOn']))
  )
    findings.fail('/expires', 'ob2_expires_before_issue', 'expires must not lie before issuedOn.', CLAUSE);
  return findings;
}

/** What a BadgeClass must have for a verifier to show it. */
export function checkBadgeClass(badge: Json, findings: Findings): void {
  if (!asArray(badge['type']).includes('BadgeClass'))
    findings.fail('/badge/type', 'ob2_badge_type', 'The badge is not of type BadgeClass.', CLAUSE);
  for (const name of ['name', 'description'])
    if (typeof badge[name] !== 'string' || badge[name] === '')
      findings.fail(`/badge/${name}`, 'ob2_badge_text', `The badge must have a ${name}.`, CLAUSE);
  for (const name of ['image', 'criteria'])
    if (badge[name] === undefined)
      findings.fail(`/badge/${name}`, 'ob2_badge_member', `The badge must have ${name}.`, CLAUSE);
  if (idOf(badge['issuer']) === undefined)
    findings.fail('/badge/issuer', 'ob2_badge_issuer', 'The badge must name its issuer.', CLAUSE);
}

/** What an issuer profile must have. */
export function checkProfile(issuer: Json, findings: Findings): void {
  const types = asArray(issuer['type']);
  if (!types.includes('Issuer') && !types.includes('Profile'))
    findings.fail('/badge/issuer/type', 'ob2_issuer_type', 'The issuer is neither of type Issuer nor Profile.', CLAUSE);
  if (typeof issuer['name'] !== 'string')
    findings.fail('/badge/issuer/name', 'ob2_issuer_name', 'The issuer must have a name.', CLAUSE);
  if (!isUri(issuer['url']))
    findings.fail('/badge/issuer/url', 'ob2_issuer_url', 'The issuer must have a url.', CLAUSE);
}
