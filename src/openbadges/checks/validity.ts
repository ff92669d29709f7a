// Is the credential in force at the instant asked for?
//
// Instants are compared, not texts (a zone makes two spellings of one instant), and the bounds belong to the period. In a
// VC-JWT the `exp` claim takes the place of `validUntil`.
//
// VC Data Model 2.0 (W3C Recommendation, 15 May 2025) §4.9 "Validity Period"; 1.1 (3 March 2022) §4.5, §4.6; Open Badges
// 3.0 (April 2025) §8.2.4 for `exp`.

import { dateTimeForm } from '../primitives.ts';
import { check, type Check } from '../report.ts';
import type { Json } from './examination.ts';

interface Bound {
  instant: number;
  text: string;
}

function bound(credential: Json, names: readonly string[]): Bound | 'malformed' | undefined {
  const name = names.find((one) => credential[one] !== undefined);
  if (name === undefined) return undefined;
  const text = credential[name];
  if (typeof text !== 'string' || dateTimeForm(text) === undefined) return 'malformed';
  // A time without a zone is read as UTC; that it has none is a finding of the schema.
  const instant = Date.parse(dateTimeForm(text) === 'local' ? `${text}Z` : text);
  return Number.isNaN(instant) ? 'malformed' : { instant, text };
}

/** The start and end of a credential, under either version's names. */
export function validityBounds(credential: Json): { from: ReturnType<typeof bound>; until: ReturnType<typeof bound> } {
  return {
    from: bound(credential, ['validFrom', 'issuanceDate']),
    until: bound(credential, ['validUntil', 'expirationDate']),
  };
}

function expiry(claims: Json | undefined): Bound | 'malformed' | undefined {
  const exp = claims?.['exp'];
  if (exp === undefined) return undefined;
  if (typeof exp !== 'number' || !Number.isFinite(exp) || Math.abs(exp) > 8.64e12) return 'malformed';
  return { instant: exp * 1000, text: new Date(exp * 1000).toISOString() };
}

/**
 * Judges the period of validity.
 * Takes the credential, the claims of its JWT when it came in one, and the instant; gives the check.
 */
export function checkValidity(credential: Json, claims: Json | undefined, at: Date): Check {
  const { from, until: stated } = validityBounds(credential);
  const until = expiry(claims) ?? stated;
  if (from === 'malformed' || until === 'malformed')
    return check('validity', 'fail', 'date_malformed', 'The dates of validity cannot be read.');
  const details = { validFrom: from?.text, validUntil: until?.text, at: at.toISOString() };
  if (from && until && until.instant < from.instant)
    return check('validity', 'fail', 'period_empty', 'The credential ends before it begins.', details);
  if (from && at.getTime() < from.instant)
    return check('validity', 'fail', 'not_yet_valid', `The credential is not valid before ${from.text}.`, details);
  if (until && at.getTime() > until.instant)
    return check('validity', 'fail', 'expired', `The credential expired on ${until.text}.`, details);
  if (!from && !until)
    return check('validity', 'pass', 'no_period', 'The credential states no period of validity.', details);
  const end = until ? `until ${until.text}` : 'with no end';
  return check(
    'validity',
    'pass',
    'valid',
    `The credential is valid${from ? ` since ${from.text}` : ''}, ${end}.`,
    details,
  );
}
