// Fetches a Bitstring status list and says whether it can be trusted and what it says of one entry.
//
// The list is a credential with a proof of its own. One whose proof fails, or that is for another purpose, too short or
// without the index, is an error of the Recommendation and fails; one that cannot be had, or is out of date, leaves the
// status unknown, except that a revocation it already shows stays one.
//
// Bitstring Status List 1.0 (W3C Recommendation, 15 May 2025) §3.2 "Validate Algorithm"; StatusList2021 (W3C CCG report,
// its forerunner) has the same bits under other type names.

import { OpenBadgesError } from '../errors.ts';
import { asArray, isObject } from '../parse-json.ts';
import type { Report } from '../report.ts';
import { ACCEPT_CREDENTIAL, fetchDocument } from '../resolve.ts';
import { readStatus, STATUS_PROBLEM_TYPES, type StatusEntry } from '../status/status-list-credential.ts';
import { openText } from '../open-credential.ts';
import { issuerIdOf, type Examination, type Json, type Opened } from './examination.ts';
import { validityBounds } from './validity.ts';

export interface ListAnswer {
  state: 'clear' | 'set' | 'fail' | 'unknown';
  code: string;
  sentence: string;
  details: Json;
  /** What is odd about the list though it could be used. */
  warning?: string;
}

/**
 * How far ahead of the present a list may begin and still be read, in milliseconds. A list is often published between
 * the instant that a verification takes for now and the fetching, and its publisher's clock is another one; the other
 * verifiers' allowance for clocks is the same (`maxClockSkew` of @digitalbazaar/vc 7, 300 seconds).
 */
const CLOCK_SKEW_MS = 300_000;

const DECISIVE = ['signature', 'issuer_key'] as const;

function give(state: ListAnswer['state'], code: string, sentence: string, details: Json = {}): ListAnswer {
  return { state, code, sentence, details };
}

/** The list under the names of the Recommendation, when it is in the older form. */
function modern(list: Json): Json {
  if (!asArray(list['type']).includes('StatusList2021Credential')) return list;
  const subject = isObject(list['credentialSubject']) ? list['credentialSubject'] : {};
  const encoded = subject['encodedList'];
  const plain =
    typeof encoded === 'string' ? encoded.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '') : encoded;
  return {
    ...list,
    type: ['VerifiableCredential', 'BitstringStatusListCredential'],
    credentialSubject: {
      ...subject,
      type: 'BitstringStatusList',
      encodedList: typeof plain === 'string' ? `u${plain}` : plain,
    },
  };
}

/** Whether the proof of the list holds: the first of its two decisive checks that does not pass. */
function proofFault(report: Report): ListAnswer | undefined {
  for (const id of DECISIVE) {
    const one = report.checks.find((found) => found.id === id)!;
    const details = { list: one.code, problem: STATUS_PROBLEM_TYPES.ERR_OB_STATUS_VERIFICATION };
    if (one.status === 'fail')
      return give('fail', 'status_list_not_genuine', `The status list is not genuine: ${one.message}`, details);
    if (one.status === 'unknown')
      return give(
        'unknown',
        'status_list_not_confirmed',
        `The status list could not be checked: ${one.message}`,
        details,
      );
  }
  return undefined;
}

type Age = { readAt: Date; stale?: string; later?: boolean };

/**
 * The instant at which to read the list, and whether it is out of date. A list published after the instant asked for
 * still shows what was never revoked.
 */
function ageOf(list: Json, exam: Examination): Age | 'malformed' {
  const { from, until } = validityBounds(list);
  if (from === 'malformed' || until === 'malformed') return 'malformed';
  const at = exam.at.getTime();
  if (until && at > until.instant)
    return { readAt: new Date(until.instant), stale: `The status list ended on ${until.text}.` };
  if (from && at < from.instant) {
    const readAt = new Date(from.instant);
    if (exam.options.now.getTime() + CLOCK_SKEW_MS >= from.instant) return { readAt, later: true };
    return { readAt, stale: `The status list begins on ${from.text}.` };
  }
  return { readAt: exam.at };
}

function readEntry(list: Json, entry: StatusEntry, age: Age, url: string): ListAnswer {
  const details: Json = { list: url, index: entry.index, purpose: entry.purpose };
  try {
    const reading = readStatus(list, entry, { now: age.readAt });
    if (reading.set)
      return give('set', 'status_set', 'The entry is set.', {
        ...details,
        message: reading.message,
        asOf: list['validFrom'],
      });
    if (age.stale !== undefined) return give('unknown', 'status_list_out_of_date', age.stale, details);
    return give('clear', 'status_clear', 'The entry is not set.', {
      ...details,
      asOf: list['validFrom'],
      publishedLater: age.later,
    });
  } catch (error) {
    if (!(error instanceof OpenBadgesError)) throw error;
    const code = error.code.replace('ERR_OB_', '').toLowerCase();
    return give('fail', code, error.message, { ...details, problem: STATUS_PROBLEM_TYPES[error.code] });
  }
}

async function fetchList(entry: StatusEntry, exam: Examination): Promise<Opened | ListAnswer> {
  const fetched = await fetchDocument(exam.options.resolve, entry.listUrl, ACCEPT_CREDENTIAL);
  if (!fetched.found)
    return give('unknown', `status_list_${fetched.why}`, `The status list cannot be had: ${fetched.sentence}`, {
      list: entry.listUrl,
    });
  const opened = openText(fetched.document.body);
  if ('fault' in opened)
    return give('fail', 'status_list_malformed', `The status list is not a credential: ${opened.sentence}`, {
      list: entry.listUrl,
    });
  return opened;
}

/** Looks one entry up: fetches the list, checks its proof and age, reads the bit. */
export async function lookUpStatus(entry: StatusEntry, exam: Examination): Promise<ListAnswer> {
  const opened = await fetchList(entry, exam);
  if ('state' in opened) return opened;
  const report = await exam.nested(opened, exam.depth + 1);
  const fault = proofFault(report);
  if (fault) return fault;
  const list = modern(opened.credential);
  const age = ageOf(list, exam);
  if (age === 'malformed')
    return give('fail', 'status_list_malformed', 'The dates of the status list cannot be read.', {
      list: entry.listUrl,
    });
  const answer = readEntry(list, entry, age, entry.listUrl);
  const issuer = issuerIdOf(list);
  if (issuer === exam.issuer) return answer;
  return {
    ...answer,
    details: { ...answer.details, listIssuer: issuer },
    warning: 'The status list was issued by somebody else than the badge.',
  };
}
