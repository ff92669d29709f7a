// Rows as submissions, replies as counts and errors.
import t from 'tap';
import { addCounts, errorsOf, judgeRows, putReplies } from '../../src/imports/judge-rows.ts';
import { NO_COUNTS } from '../../src/imports/import.ts';
import type { Reply } from '../../src/completions/submission.ts';
import type { Caller } from '../../src/platform/callers.ts';
import { Problem } from '../../src/platform/problem.ts';
import { MOODLE, record } from '../completions/submissions.ts';

const service = { now: () => new Date('2026-03-04T12:00:00Z') };
const caller: Caller = {
  ...{ clientId: 'c_1', scopes: ['completions:write'], sources: [MOODLE], trustEmail: true, mayStateConsents: false },
  has: (scope) => scope === 'completions:write',
};
const good = record('commons/significance', '17', { id: 'r-1' });
const text = (more: object) => JSON.stringify({ ...good, ...more });

await t.test('a row is judged as a single post is, and a bad one leaves its neighbours alone', async (t) => {
  const judged = judgeRows(service, caller, [
    [1, text({})],
    [2, '{"id":'],
    [3, text({ occurredAt: '2027-01-01T00:00:00Z' })],
    [4, text({ source: 'https://canvas.example.org' })],
    [5, null, 'row_too_long'],
    [6, 'null'],
    [7, text({ reason: 'a\0b' })],
    [8, text({ id: 'r-2' })],
  ]);
  t.same(
    judged.map((one) => one.problem?.code),
    [
      undefined,
      'line_not_json',
      'record_invalid',
      'source_not_yours',
      'row_too_long',
      'record_invalid',
      'record_invalid',
      undefined,
    ],
  );
  t.match(judged[0]!.submission, { clientId: 'c_1', trustEmail: true, mayReview: false, record: good });

  const told: Reply = { problem: new Problem('record_id_taken', 409, 'Taken.') };
  const ok = { status: 201, body: { awarded: [{}], effect: 'recorded' } } as unknown as Reply;
  const replies = putReplies(judged, [ok, told]);
  t.equal(replies[0], ok);
  t.equal(replies[7], told);
  t.throws(() => putReplies(judged, [ok]), /got no reply/);

  const errors = errorsOf(judged, replies, 'csv', 100);
  t.match(errors, [
    { n: 101, row: 2, recordId: null, status: 400, code: 'line_not_json', pointer: null, column: null },
    {
      n: 102,
      row: 3,
      recordId: 'r-1',
      status: 422,
      code: 'in_the_future',
      pointer: '/occurredAt',
      column: 'occurred_at',
    },
    { n: 103, row: 4, recordId: 'r-1', status: 403, code: 'source_not_yours', pointer: '/source', column: 'source' },
    { n: 104, row: 5, recordId: null, status: 422, code: 'row_too_long', pointer: null },
    { n: 105, row: 6, recordId: null, code: 'wrong_type', pointer: '' },
    { n: 106, row: 7, recordId: 'r-1', code: 'text_not_storable', pointer: '/reason', column: 'reason' },
    { n: 107, row: 8, recordId: 'r-2', status: 409, code: 'record_id_taken', pointer: null, detail: 'Taken.' },
  ]);
  t.equal(errorsOf(judged, replies, 'ndjson', 0)[1]!.column, null, 'NDJSON has no columns');
});

await t.test('an id that no database stores is not repeated, nor a pointer of any length', async (t) => {
  const rows = [
    [1, JSON.stringify({ id: 'a\ud800' })],
    [2, JSON.stringify({ id: 'a\0' })],
    [3, JSON.stringify({ id: 'x'.repeat(256) })],
    [4, JSON.stringify({ ...good, ['y'.repeat(5000)]: 1 })],
  ] as [number, string][];
  const judged = judgeRows(service, caller, rows);
  const errors = errorsOf(judged, putReplies(judged, []), 'ndjson', 0);
  t.same(
    errors.filter(({ row }) => row < 4).map((one) => one.recordId),
    errors.filter(({ row }) => row < 4).map(() => null),
  );
  t.equal(errors.at(-1)!.pointer!.length, 300);
});

await t.test('every reply counts in one place', async (t) => {
  const reply = (status: number, effect: string, awards = 0) =>
    ({ status, body: { effect, awarded: Array.from({ length: awards }, () => ({})) } }) as unknown as Reply;
  const counts = addCounts({ ...NO_COUNTS, read: 5, awarded: 1 }, [
    reply(201, 'recorded', 2),
    reply(201, 'stale'),
    reply(200, 'recorded', 1),
    reply(200, 'dropped'),
    reply(202, 'parked'),
    { problem: new Problem('x', 422, 'x') },
  ]);
  t.same(counts, { read: 11, recorded: 2, stale: 1, replayed: 1, parked: 1, dropped: 1, refused: 1, awarded: 3 });
});
