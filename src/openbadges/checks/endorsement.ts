// Endorsements: credentials inside the credential, wherever one may sit, each verified like a badge with its own issuer.
//
// An endorsement counts only for the thing it sits on. One that fails means that not all steps of the verification pass
// (§9.2), so it fails the check; each verdict is also given apart, so that a page can show the badge and its
// endorsements separately and never a failed one as an endorsement. One that cannot be checked is unknown.
//
// Open Badges 3.0 (1EdTech, April 2025) §9.1 step 6, §9.2; EndorsementCredential.

import { openJson } from '../open-credential.ts';
import { asArray, isObject } from '../parse-json.ts';
import { check, outcomeOf, worse, type Check, type CheckStatus } from '../report.ts';
import { issuerIdOf, textOf, type Examination, type Json } from './examination.ts';

const MOST_ENDORSEMENTS = 10;

interface Placed {
  pointer: string;
  endorsement: unknown;
  /** The id of the thing it sits on. */
  owner: unknown;
}

interface Verdict extends Json {
  pointer: string;
  status: CheckStatus;
  code: string;
  message: string;
}

/** Every endorsement of a credential with its place. Endorsements inside endorsements are not searched. */
export function findEndorsements(credential: Json): Placed[] {
  const found: Placed[] = [];
  const visit = (value: unknown, pointer: string): void => {
    if (Array.isArray(value)) return value.forEach((one, position) => visit(one, `${pointer}/${position}`));
    if (!isObject(value)) return;
    for (const [name, member] of Object.entries(value)) {
      if (name === '@context' || name === 'proof') continue;
      const at = `${pointer}/${name}`;
      if (name !== 'endorsement' && name !== 'endorsementJwt') visit(member, at);
      else
        asArray(member).forEach((endorsement, position) =>
          found.push({ pointer: `${at}/${position}`, endorsement, owner: value['id'] }),
        );
    }
  };
  visit(credential, '');
  return found;
}

async function judge({ pointer, endorsement, owner }: Placed, exam: Examination): Promise<Verdict> {
  const give = (status: CheckStatus, code: string, message: string, extra: Json = {}): Verdict => ({
    pointer,
    status,
    code,
    message,
    ...extra,
  });
  const opened = openJson(endorsement, false);
  if ('fault' in opened) return give('fail', 'endorsement_unreadable', opened.sentence);
  const { credential } = opened;
  if (!asArray(credential['type']).includes('EndorsementCredential'))
    return give('fail', 'endorsement_type', 'What stands as an endorsement is not an EndorsementCredential.');
  const report = await exam.nested(opened, exam.depth + 1);
  const outcome = outcomeOf(report.checks);
  const issuer = report.issuer ?? { id: issuerIdOf(credential) };
  const subject = isObject(credential['credentialSubject']) ? credential['credentialSubject'] : {};
  const extra = { issuer, outcome, comment: textOf(subject['endorsementComment'])?.slice(0, 1000) };
  const first = (status: CheckStatus): Check | undefined => report.checks.find((one) => one.status === status);
  if (outcome === 'invalid')
    return give(
      'fail',
      `endorsement_${first('fail')!.code}`,
      `An endorsement does not verify: ${first('fail')!.message}`,
      extra,
    );
  if (outcome === 'indeterminate')
    return give(
      'unknown',
      `endorsement_${first('unknown')!.code}`,
      `An endorsement could not be checked: ${first('unknown')!.message}`,
      extra,
    );
  if (subject['id'] !== owner)
    return give('warn', 'endorsement_of_another', 'An endorsement speaks of something else than it sits on.', {
      ...extra,
      endorses: subject['id'],
    });
  if (outcome === 'valid_with_warnings')
    return give(
      'warn',
      `endorsement_${first('warn')!.code}`,
      `An endorsement verifies with a warning: ${first('warn')!.message}`,
      extra,
    );
  return give('pass', 'endorsement_verified', 'An endorsement verifies.', extra);
}

/** Verifies every endorsement. `mayFetch` is false when the credential was found not to be genuine. */
export async function checkEndorsements(exam: Examination, mayFetch: boolean): Promise<Check> {
  // An endorsement's own endorsements would never end.
  const placed = exam.depth > 0 ? [] : findEndorsements(exam.credential);
  if (placed.length === 0)
    return check('endorsement', 'skipped', 'no_endorsement', 'The badge carries no endorsement.');
  if (!mayFetch)
    return check('endorsement', 'skipped', 'not_genuine', 'Not checked, because the badge is not genuine.', {
      count: placed.length,
    });
  const verdicts: Verdict[] = [];
  for (const one of placed.slice(0, MOST_ENDORSEMENTS)) verdicts.push(await judge(one, exam));
  if (placed.length > MOST_ENDORSEMENTS)
    verdicts.push({
      pointer: '',
      status: 'unknown',
      code: 'endorsements_too_many',
      message: `Only ${MOST_ENDORSEMENTS} endorsements are checked.`,
    });
  const status = verdicts.map((one) => one.status).reduce(worse);
  if (status === 'pass') {
    const sentence =
      placed.length === 1
        ? 'The endorsement of this badge verifies.'
        : `All ${placed.length} endorsements of this badge verify.`;
    return check('endorsement', 'pass', 'endorsements_verified', sentence, { endorsements: verdicts });
  }
  const first = verdicts.find((one) => one.status === status)!;
  return check('endorsement', status, first.code, first.message, { endorsements: verdicts });
}
