// Is it a credential at all, and in which form did it come?
//
// Only what nothing else could be said without: a context and the type of a credential. Everything finer is the schema's.
//
// VC Data Model 2.0 (W3C Recommendation, 15 May 2025) §4.3, §4.5; Open Badges 3.0 (1EdTech, April 2025) §9.1 step 1.

import { asArray } from '../parse-json.ts';
import { check, type Check } from '../report.ts';
import type { Examination } from './examination.ts';

const KINDS: readonly (readonly [type: string, kind: string, words: string])[] = [
  ['OpenBadgeCredential', 'badge', 'an Open Badges 3.0 credential'],
  ['AchievementCredential', 'badge', 'an Open Badges 3.0 credential'],
  ['EndorsementCredential', 'endorsement', 'an endorsement'],
  ['BitstringStatusListCredential', 'status_list', 'a status list'],
];

/** Takes the examination, gives the check; after a failure nothing else can be said. */
export function checkFormat(exam: Examination): Check {
  const types = asArray(exam.credential['type']);
  if (types.length === 0 && exam.credential['@context'] === undefined)
    return check(
      'format',
      'fail',
      'not_a_credential',
      'This is JSON, but not a credential: it has neither a type nor a context.',
    );
  const [, kind, words] = KINDS.find(([name]) => types.includes(name)) ?? ['', 'credential', 'a verifiable credential'];
  const form = exam.jwt === undefined ? 'JSON' : 'a signed token (JWT)';
  const code = exam.jwt === undefined ? 'json' : 'jwt';
  return check('format', 'pass', code, `This is ${words}, written as ${form}.`, { kind });
}
