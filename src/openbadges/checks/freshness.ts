// Is there a newer copy of this very credential? Asked once, after the proof, and of the issuer's own address only.
//
// A refresh must not become a way to swap a badge for another: the copy counts only with the same issuer and id, a start
// of validity that is not older, and a proof as good as the first. Whatever fails, the original is judged. The refreshed
// copy's own refresh is never followed.
//
// Open Badges 3.0 (1EdTech, April 2025) §9.1 step 3; 1EdTech Credential Refresh 1.0.

import { openText } from '../open-credential.ts';
import { asArray, isObject } from '../parse-json.ts';
import { check, type Check, type Report } from '../report.ts';
import { fetchDocument } from '../resolve.ts';
import { issuerIdOf, type Examination, type Json, type Opened } from './examination.ts';
import { validityBounds } from './validity.ts';

export interface Freshness {
  check: Check;
  /** The newer copy with its own report: it takes the place of the original in the checks that follow. */
  refreshed?: { opened: Opened; report: Report };
}

const TYPE = '1EdTechCredentialRefresh';
const ACCEPT =
  'application/vc, application/vc+ld+json;q=0.9, application/ld+json;q=0.9, application/json;q=0.8, text/plain;q=0.7, application/vc+jwt;q=0.7';

const kept = (code: string, why: string): Freshness => ({
  check: check('freshness', 'unknown', code, `Whether there is a newer copy could not be learnt. ${why}`),
});

/** Percent signs are undone once and blanks trimmed, nothing else (Open Badges 3.0 §8 on equality). */
function comparable(id: unknown): string | undefined {
  if (typeof id !== 'string') return undefined;
  try {
    return decodeURIComponent(id).trim();
  } catch {
    return id.trim();
  }
}

function startOf(credential: Json): number {
  const { from } = validityBounds(credential);
  return from === undefined || from === 'malformed' ? Number.NaN : from.instant;
}

function sameCredential(original: Json, copy: Json): boolean {
  const id = comparable(original['id']);
  const issuer = comparable(issuerIdOf(original));
  return (
    id !== undefined && issuer !== undefined && id === comparable(copy['id']) && issuer === comparable(issuerIdOf(copy))
  );
}

async function fetchCopy(url: string, exam: Examination): Promise<Freshness> {
  const fetched = await fetchDocument(exam.options.resolve, url, ACCEPT);
  if (!fetched.found) return kept('refresh_unreachable', fetched.sentence);
  const opened = openText(fetched.document.body);
  if ('fault' in opened) return kept('refresh_unreadable', opened.sentence);
  if (!sameCredential(exam.credential, opened.credential))
    return kept('refresh_of_another', 'What the refresh service answered with is another credential.');
  const [before, after] = [startOf(exam.credential), startOf(opened.credential)];
  if (!(after >= before))
    return kept('refresh_older', 'What the refresh service answered with is older than this copy.');
  if (after === before && JSON.stringify(opened.credential) === JSON.stringify(exam.credential))
    return { check: check('freshness', 'pass', 'latest_copy', 'This is the latest copy.') };
  const report = await exam.nested(opened, exam.depth + 1);
  const bad = report.checks.find(
    (one) => ['schema', 'signature', 'issuer_key'].includes(one.id) && one.status !== 'pass' && one.status !== 'warn',
  );
  if (bad) return kept('refresh_not_genuine', `The copy of the refresh service does not verify: ${bad.message}`);
  return {
    check: check(
      'freshness',
      'pass',
      'refreshed',
      'The issuer gave a newer copy of this credential, and that copy is what is judged here.',
      { url },
    ),
    refreshed: { opened, report },
  };
}

/** Takes the examination of a credential whose proof is good; gives the check and, if there is one, the newer copy. */
export async function checkFreshness(exam: Examination, mayFetch: boolean): Promise<Freshness> {
  const services = asArray(exam.credential['refreshService']).filter(isObject);
  const service = services.find((one) => asArray(one['type']).includes(TYPE));
  if (services.length === 0 || exam.depth > 0)
    return { check: check('freshness', 'skipped', 'no_refresh_service', 'The credential names no refresh service.') };
  if (service === undefined)
    return {
      check: check(
        'freshness',
        'skipped',
        'refresh_type_unknown',
        'The refresh service is of a type that is not asked here.',
      ),
    };
  if (!mayFetch)
    return {
      check: check(
        'freshness',
        'skipped',
        'not_genuine',
        'Not asked, because the badge could not be shown to be genuine.',
      ),
    };
  const { id } = service;
  if (typeof id !== 'string') return kept('refresh_without_url', 'The refresh service has no URL.');
  return fetchCopy(id, exam);
}
