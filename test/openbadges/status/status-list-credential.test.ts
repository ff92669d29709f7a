import t from 'tap';
import { gzipSync } from 'node:zlib';
import { checkCredential } from '../../../src/openbadges/check-credential.ts';
import { Findings } from '../../../src/openbadges/findings.ts';
import {
  buildStatusListCredential,
  checkStatusEntry,
  readStatus,
  readStatusEntry,
  STATUS_PROBLEM_TYPES,
  type StatusEntry,
} from '../../../src/openbadges/status/status-list-credential.ts';

const URL = 'https://badges.example.org/status/revocation/0';
const NOW = new Date('2026-03-04T10:11:12Z');

function list(extra: object = {}, subject: object = {}): { [member: string]: unknown } {
  const built = buildStatusListCredential({
    id: URL,
    issuer: 'did:web:badges.example.org',
    statusPurpose: 'revocation',
    indexes: [7],
    validFrom: new Date('2026-03-04T00:00:00Z'),
    validUntil: new Date('2026-03-11T00:00:00Z'),
    ttlMs: 300_000,
  });
  return { ...built, ...extra, credentialSubject: { ...(built.credentialSubject as object), ...subject } };
}

const status = (extra: object = {}): Record<string, unknown> => ({
  type: 'BitstringStatusListEntry',
  statusPurpose: 'revocation',
  statusListIndex: '7',
  statusListCredential: URL,
  ...extra,
});

function entry(extra: object = {}): StatusEntry {
  return readStatusEntry(status(extra), '/credentialStatus', new Findings())!;
}

void t.test('our list breaks no rule and says what was set', async (t) => {
  t.same(checkCredential(list()), { findings: [], version: '2.0', kind: 'statusList' });
  t.match(readStatus(list(), entry(), { now: NOW }), { status: 1, set: true, purpose: 'revocation' });
  t.match(readStatus(list(), entry({ statusListIndex: '8' }), { now: NOW }), { status: 0, set: false });
});

void t.test('a copy is usable for its ttl or until the list ends, whichever comes first', async (t) => {
  t.same(readStatus(list(), entry(), { now: NOW }).usableUntil, new Date('2026-03-04T10:16:12Z'));
  const late = new Date('2026-03-10T23:59:00Z');
  t.same(readStatus(list(), entry(), { now: late }).usableUntil, new Date('2026-03-11T00:00:00Z'));
});

void t.test('several purposes: the entry asks for one of them', async (t) => {
  const both = list({}, { statusPurpose: ['suspension', 'revocation'] });
  t.ok(readStatus(both, entry(), { now: NOW }).set);
  t.throws(() => readStatus(list(), entry({ statusPurpose: 'suspension' }), { now: NOW }), {
    code: 'ERR_OB_STATUS_VERIFICATION',
  });
});

void t.test(
  'another document, another subject, not yet valid or out of date: not the list that is meant',
  async (t) => {
    const verification = { code: 'ERR_OB_STATUS_VERIFICATION' };
    for (const bad of [
      undefined,
      null,
      [],
      'list',
      list({ type: ['VerifiableCredential'] }),
      list({}, { type: 'Other' }),
      { ...list(), credentialSubject: [] },
      list({ validFrom: '2026-03-05T00:00:00Z' }),
      list({ validUntil: '2026-03-04T00:00:01Z' }),
      list({ validUntil: 'soon' }),
    ])
      t.throws(() => readStatus(bad, entry(), { now: NOW }), verification);
  },
);

void t.test('at its last instant a list still counts', async (t) => {
  t.doesNotThrow(() => readStatus(list(), entry(), { now: new Date('2026-03-11T00:00:00Z') }));
});

void t.test(
  'a list of 100,000 entries is too short, an index outside is a range error, each with its problem type',
  async (t) => {
    const encodedList = `u${gzipSync(new Uint8Array(12_500)).toString('base64url')}`;
    t.throws(() => readStatus(list({}, { encodedList }), entry(), { now: NOW }), { code: 'ERR_OB_STATUS_LENGTH' });
    t.notOk(readStatus(list({}, { encodedList }), entry(), { now: NOW, leastEntries: 100_000 }).set, 'unless told');
    t.throws(() => readStatus(list(), entry({ statusListIndex: '131072' }), { now: NOW }), {
      code: 'ERR_OB_STATUS_RANGE',
    });
    t.throws(() => readStatus(list(), entry({ statusSize: 2, statusMessage: messages(2) }), { now: NOW }), {
      code: 'ERR_OB_STATUS_LENGTH',
    });
    t.match(STATUS_PROBLEM_TYPES.ERR_OB_STATUS_LENGTH, /#STATUS_LIST_LENGTH_ERROR$/);
    t.match(STATUS_PROBLEM_TYPES.ERR_OB_STATUS_RANGE, /#RANGE_ERROR$/);
  },
);

function messages(bits: number): object[] {
  return Array.from({ length: 2 ** bits }, (_, code) => ({
    status: `0x${code.toString(16)}`,
    message: `state ${code}`,
  }));
}

void t.test('a message list: the status and its own words', async (t) => {
  const bytes = new Uint8Array(32_768);
  bytes[1] = 0b0000_0010;
  const encodedList = `u${gzipSync(bytes).toString('base64url')}`;
  const message = entry({ statusPurpose: 'message', statusSize: 2, statusMessage: messages(2) });
  const reading = readStatus(list({}, { encodedList, statusPurpose: 'message' }), message, { now: NOW });
  t.match(reading, { status: 2, set: true, message: 'state 2' });
});

void t.test('malformed entries are named, all their faults at once', async (t) => {
  const codes = (extra: object): string[] => checkStatusEntry(status(extra), '').map((finding) => finding.code);
  t.same(codes({}), []);
  t.same(codes({ statusListIndex: 7 }), ['status_index_number'], 'a number is read, with a warning');
  t.same(codes({ statusPurpose: undefined, statusListIndex: '-1', statusListCredential: 'list' }), [
    'status_purpose_malformed',
    'status_index_malformed',
    'status_list_url_malformed',
  ]);
  for (const statusListIndex of ['1.5', '0x7', '', ' 7', '1e3', -1, 1.5, null, '9'.repeat(16)])
    t.same(codes({ statusListIndex }), ['status_index_malformed'], String(statusListIndex));
  for (const statusSize of [0, 17, '1', 1.5]) t.ok(codes({ statusSize }).includes('status_size_malformed'));
  t.same(codes({ statusSize: 2 }), ['status_message_missing']);
  t.same(codes({ statusSize: 2, statusMessage: messages(1) }), ['status_message_count']);
  t.ok(codes({ statusMessage: [{ status: '1' }, 7] }).includes('status_message_malformed'));
  t.same(codes({ id: URL }), ['status_id_is_list'], 'the id of an entry is not the list');
  t.same(codes({ type: ['BitstringStatusListEntry'] }), ['status_type_malformed']);
  t.same(codes({ statusReference: ['https://a.example/why', 'x'] }), ['status_reference_malformed']);
});
