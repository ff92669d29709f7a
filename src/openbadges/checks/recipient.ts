// Does the badge belong to the person the asker has in mind?
//
// The known identity always comes from outside the badge. A mismatch fails the question that was asked, though the
// specification calls it "recipient not verified" and not an invalid badge: the details say so. The second try, in
// lower case, is a step of its own.
//
// Open Badges 3.0 (1EdTech, April 2025) §9.3 "Recipient verification".

import { asArray, isObject } from '../parse-json.ts';
import { matchRecipient, type RecipientStep } from '../recipient.ts';
import { check, type Check } from '../report.ts';
import type { Json, KnownRecipient } from './examination.ts';

const NOTE =
  'Open Badges 3.0 §9.3 calls this "recipient not verified": the badge itself may be good, and somebody else’s.';

function subjects(credential: Json): Json[] {
  return asArray(credential['credentialSubject']).filter(isObject);
}

/**
 * Compares the recipient.
 * Takes the credential and what is known of the person; gives the check. Skipped when nothing is known; unknown when the
 * badge names nobody in a way that could be compared.
 */
export function checkRecipient(credential: Json, known: KnownRecipient | undefined): Check {
  if (known === undefined || (known.id === undefined && known.identities.length === 0))
    return check('recipient', 'skipped', 'recipient_not_asked', 'No recipient was given to compare with.');
  const steps: (RecipientStep & { identityType: string })[] = [];
  let comparable = false;
  for (const subject of subjects(credential)) {
    if (known.id !== undefined && typeof subject['id'] === 'string') {
      comparable = true;
      if (subject['id'] === known.id)
        return check('recipient', 'pass', 'recipient_matches', 'The badge belongs to that id.');
    }
    const entries = asArray(subject['identifier']).filter(isObject);
    for (const identity of known.identities) {
      if (!entries.some((entry) => entry['identityType'] === identity.identityType)) continue;
      comparable = true;
      const match = matchRecipient(entries, identity);
      steps.push(...match.steps.map((step) => ({ ...step, identityType: identity.identityType })));
      if (match.matched) return matched(steps);
    }
  }
  if (!comparable)
    return check(
      'recipient',
      'unknown',
      'recipient_not_comparable',
      'The badge names its recipient in no way that could be compared with what was given.',
    );
  return check(
    'recipient',
    'fail',
    'recipient_mismatch',
    'The badge does not belong to the recipient that was given.',
    { steps, note: NOTE },
  );
}

function matched(steps: (RecipientStep & { identityType: string })[]): Check {
  const folded = steps.at(-1)!.step === 'lower_case';
  return check(
    'recipient',
    'pass',
    folded ? 'recipient_matches_lower_case' : 'recipient_matches',
    folded
      ? 'The badge belongs to the recipient that was given, once its text is written in lower case.'
      : 'The badge belongs to the recipient that was given.',
    { steps },
  );
}
