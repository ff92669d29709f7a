// Revocation and suspension: every status entry of a credential, each looked up by its own method, the worst counting.
//
// A status that could not be looked up is unknown, never "not revoked"; entries for other purposes (refresh, message)
// are remarks for the freshness check.
//
// Open Badges 3.0 (1EdTech, April 2025) §9.1 step 4; Bitstring Status List 1.0 (W3C Recommendation, 15 May 2025) §2.1;
// the 1EdTech validator only warns of a list that cannot be had, the details say so.

import { OpenBadgesError } from '../errors.ts';
import { Findings } from '../findings.ts';
import { asArray, isObject } from '../parse-json.ts';
import { check, worse, type Check, type CheckStatus } from '../report.ts';
import { fetchJson } from '../resolve.ts';
import { lookUpRevocation, parseRevocationList } from '../status/revocation-list.ts';
import { readStatusEntry } from '../status/status-list-credential.ts';
import type { Examination, Json } from './examination.ts';
import { lookUpStatus, type ListAnswer } from './status-list.ts';

const MOST_ENTRIES = 8;

interface Reading {
  purpose: string;
  answer: ListAnswer;
}

export interface StatusChecks {
  revocation: Check;
  suspension: Check;
  /** Entries for other purposes that are set, for the freshness check. */
  remarks: { purpose: string; message?: unknown }[];
}

const give = (state: ListAnswer['state'], code: string, sentence: string, details: Json = {}): ListAnswer => ({
  state,
  code,
  sentence,
  details,
});

function typesOf(entry: Json): unknown[] {
  return asArray(entry['type']);
}

async function readBitstring(entry: Json, exam: Examination): Promise<Reading> {
  const findings = new Findings();
  // The forerunner's entry has the same members under another type.
  const read = readStatusEntry({ ...entry, type: 'BitstringStatusListEntry' }, '/credentialStatus', findings);
  const purpose = typeof entry['statusPurpose'] === 'string' ? entry['statusPurpose'] : 'revocation';
  if (read === undefined) {
    const first = findings.list.find((one) => one.severity === 'fail');
    return {
      purpose,
      answer: give(
        'fail',
        first?.code ?? 'status_entry_malformed',
        first?.message ?? 'The status entry cannot be read.',
        { findings: findings.list },
      ),
    };
  }
  return { purpose: read.purpose, answer: await lookUpStatus(read, exam) };
}

async function readRevocationList(entry: Json, exam: Examination): Promise<ListAnswer> {
  const url = entry['id'];
  if (typeof url !== 'string')
    return give('fail', 'status_list_url_missing', 'The status entry does not say where its list is.');
  // The list carries no signature: only the connection vouches for it.
  if (!url.startsWith('https://'))
    return give(
      'unknown',
      'status_list_not_https',
      'The revocation list is unsigned and not served over https, so it proves nothing.',
      { list: url },
    );
  const fetched = await fetchJson(exam.options.resolve, url, 'application/json');
  if (!fetched.found) {
    if (fetched.why === 'unreadable') return give('fail', 'status_list_malformed', fetched.sentence, { list: url });
    return give('unknown', `status_list_${fetched.why}`, `The revocation list cannot be had: ${fetched.sentence}`, {
      list: url,
    });
  }
  try {
    const list = parseRevocationList(fetched.json);
    if (list.issuer !== undefined && list.issuer !== exam.issuer)
      return give('unknown', 'status_list_of_another_issuer', 'The revocation list is another issuer’s.', {
        list: url,
        listIssuer: list.issuer,
      });
    const found = lookUpRevocation(list, String(exam.credential['id']));
    if (found.revoked)
      return give('set', 'status_set', 'The badge is on the list.', { list: url, reason: found.reason });
    return give('clear', 'status_clear', 'The badge is not on the list.', { list: url });
  } catch (error) {
    if (!(error instanceof OpenBadgesError)) throw error;
    return give('fail', 'status_list_malformed', error.message, { list: url });
  }
}

async function readOne(entry: unknown, exam: Examination): Promise<Reading> {
  if (!isObject(entry))
    return {
      purpose: 'revocation',
      answer: give('fail', 'status_entry_malformed', 'credentialStatus must be an object.'),
    };
  const types = typesOf(entry);
  if (types.includes('BitstringStatusListEntry') || types.includes('StatusList2021Entry'))
    return readBitstring(entry, exam);
  if (types.includes('1EdTechRevocationList'))
    return { purpose: 'revocation', answer: await readRevocationList(entry, exam) };
  const purpose = typeof entry['statusPurpose'] === 'string' ? entry['statusPurpose'] : 'revocation';
  const name = String(types[0]).slice(0, 100);
  return {
    purpose,
    answer: give('unknown', 'status_type_unknown', `A status of type "${name}" cannot be looked up here.`, {
      type: name,
    }),
  };
}

const WORDS = {
  revocation: {
    set: ['revoked', 'The issuer has revoked this badge.'],
    clear: ['not_revoked', 'The badge is not revoked.'],
    none: 'The badge says nothing about revocation.',
  },
  suspension: {
    set: ['suspended', 'The issuer has suspended this badge for now.'],
    clear: ['not_suspended', 'The badge is not suspended.'],
    none: 'The badge says nothing about suspension.',
  },
} as const;

const STATUS_OF: Record<ListAnswer['state'], CheckStatus> = {
  set: 'fail',
  fail: 'fail',
  unknown: 'unknown',
  clear: 'pass',
};

function conclude(purpose: 'revocation' | 'suspension', readings: Reading[]): Check {
  const words = WORDS[purpose];
  const answers = readings.filter((one) => one.purpose === purpose).map((one) => one.answer);
  if (answers.length === 0) return check(purpose, 'skipped', 'no_status', words.none);
  const set = answers.find((one) => one.state === 'set');
  if (set) return check(purpose, 'fail', words.set[0], words.set[1], set.details);
  const status = answers.map((one) => STATUS_OF[one.state]).reduce(worse);
  const first = answers.find((one) => STATUS_OF[one.state] === status)!;
  if (status === 'unknown')
    return check(
      purpose,
      'unknown',
      first.code,
      `${purpose === 'revocation' ? 'Whether the badge is revoked' : 'Whether the badge is suspended'} could not be checked. ${first.sentence}`,
      {
        ...first.details,
        difference: 'The 1EdTech validator only warns here; a status that could not be checked is not shown as good.',
      },
    );
  if (status === 'fail') return check(purpose, 'fail', first.code, first.sentence, first.details);
  const odd = answers.find((one) => one.warning !== undefined);
  if (odd)
    return check(purpose, 'warn', 'status_list_of_another_issuer', `${words.clear[1]} ${odd.warning!}`, odd.details);
  return check(purpose, 'pass', words.clear[0], words.clear[1], first.details);
}

/** Looks up every status entry. `mayFetch` is false when the credential was found not to be genuine. */
export async function checkStatus(exam: Examination, mayFetch: boolean): Promise<StatusChecks> {
  const entries = asArray(exam.credential['credentialStatus']);
  if (!mayFetch && entries.length > 0) {
    const why = 'Not looked up, because the badge is not genuine.';
    return {
      revocation: check('revocation', 'skipped', 'not_genuine', why),
      suspension: check('suspension', 'skipped', 'not_genuine', why),
      remarks: [],
    };
  }
  const readings: Reading[] = [];
  for (const entry of entries.slice(0, MOST_ENTRIES)) readings.push(await readOne(entry, exam));
  if (entries.length > MOST_ENTRIES)
    readings.push({
      purpose: 'revocation',
      answer: give('unknown', 'status_too_many', `Only ${MOST_ENTRIES} status entries are looked up.`),
    });
  const others = readings.filter(
    (one) => one.purpose !== 'revocation' && one.purpose !== 'suspension' && one.answer.state === 'set',
  );
  return {
    revocation: conclude('revocation', readings),
    suspension: conclude('suspension', readings),
    remarks: others.map(({ purpose, answer }) => ({
      purpose: purpose.slice(0, 100),
      message: answer.details['message'],
    })),
  };
}
