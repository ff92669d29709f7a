// POST /v1/completions/batch: many records, one answer each, in order.
import t from 'tap';
import { openTestApp } from '../platform/test-app.ts';
import { onEachDatabase, openTestService } from '../platform/test-service.ts';
import { COMMONS, MOODLE, record } from './submissions.ts';

const URL_ = '/v1/completions/batch';
const NDJSON = { 'content-type': 'application/x-ndjson' };

interface Result {
  index: number;
  id?: string;
  status: number;
  effect?: string;
  awarded?: { achievement: string }[];
  problem?: { code: string; errors?: { pointer: string; detail: string }[] };
  retryable?: boolean;
}
interface Answer {
  summary: Record<string, number>;
  results: Result[];
}

const service = await openTestService();
const app = await openTestApp(service);
t.teardown(async () => {
  await app.close();
  await service.close();
});
const moodle = await app.caller(['completions:write']);

await onEachDatabase(t, '207: every record has its own answer, in order, as JSON and as NDJSON', async (t, service) => {
  const app = await openTestApp(service);
  t.teardown(() => app.close());
  const moodle = await app.caller(['completions:write'], [MOODLE], { trustEmail: true });
  const good = COMMONS.map((unit) => record(unit, 'ada'));
  const entries: { sent: unknown; status: number; code?: string; pointer?: string }[] = [
    { sent: good[3], status: 201 },
    { sent: good[0], status: 201 },
    { sent: good[0], status: 200 },
    { sent: { ...good[0], sequence: 99_999 }, status: 409, code: 'record_id_taken', pointer: '/id' },
    { sent: record('nowhere/known', 'ada'), status: 202 },
    { sent: { ...record('commons/opportunity', 'ada'), colour: 'red' }, status: 422, pointer: '/colour' },
    {
      sent: record('commons/opportunity', 'ada', { reason: 'half\0way' }),
      status: 422,
      code: 'record_invalid',
      pointer: '/reason',
    },
    { sent: record('commons/opportunity', 'a\ud800a'), status: 422, pointer: '/learner/identifiers/0/name' },
    {
      sent: record('commons/opportunity', 'ada', { source: 'https://canvas.example.org' }),
      status: 403,
      pointer: '/source',
    },
    { sent: record('step/core/fee', 'ada'), status: 403, code: 'scope_missing', pointer: '/activity/unit' },
    { sent: null, status: 422 },
    { sent: 'a text', status: 422 },
    { sent: good[1], status: 201 },
    { sent: good[2], status: 201 },
    { sent: good[4], status: 201 },
  ];

  const answer = await moodle.call('POST', URL_, { records: entries.map((one) => one.sent) });
  t.equal(answer.statusCode, 207);
  const { summary, results } = answer.json<Answer>();
  t.same(summary, { created: 5, replayed: 1, stale: 0, parked: 1, dropped: 0, failed: 8 });
  for (const [index, one] of entries.entries()) {
    const got = results[index]!;
    t.match(got, { index, status: one.status }, JSON.stringify(one.sent));
    t.equal(got.id, (one.sent as { id?: string } | null)?.id, 'and says which record it is about');
    if (one.code) t.equal(got.problem?.code, one.code);
    if (one.pointer) t.match(got.problem?.errors, [{ pointer: one.pointer, detail: /\w/ }]);
    if (one.status >= 400) t.equal(got.retryable, false);
  }
  t.same(
    results.at(-1)?.awarded?.map((each) => each.achievement),
    ['core/commons'],
    'awarded with its last stone',
  );

  const lines = [JSON.stringify(good[0]), '{"id": "broken', JSON.stringify(record('commons/opportunity', 'bob')), ''];
  const streamed = await moodle.call('POST', URL_, lines.join('\n'), NDJSON);
  t.equal(streamed.statusCode, 207);
  t.match(streamed.json<Answer>().results, [
    { index: 0, status: 200, replayed: true },
    { index: 1, status: 400, problem: { code: 'line_not_json' } },
    { index: 2, status: 201 },
  ]);
});

await t.test('207: a batch of none, or of nothing good, leaves the intake open', async (t) => {
  const answer = await moodle.call('POST', URL_, { records: [] });
  t.equal(answer.statusCode, 207);
  t.same(answer.json<Answer>().results, []);
  t.equal((await moodle.call('POST', URL_, '\n', NDJSON)).statusCode, 207);
  t.same((await moodle.call('POST', URL_, { records: [{}] })).json<Answer>().summary.failed, 1);
  t.equal((await moodle.call('POST', '/v1/completions', record('commons/significance', 'ada'))).statusCode, 201);
});

await t.test('207: a thousand at once, whose learners are one', async (t) => {
  const records = Array.from({ length: 1000 }, () => record('commons/significance', 'many'));
  const { summary } = (await moodle.call('POST', URL_, { records })).json<Answer>();
  t.match(summary, { created: 1000, failed: 0 });
});

await t.test('422: 1,001 records are too many, and none of them is kept', async (t) => {
  const records = Array.from({ length: 1001 }, () => record('commons/significance', 'ada'));
  const asJson = await moodle.call('POST', URL_, { records });
  t.equal(asJson.statusCode, 422);
  t.match(asJson.json(), { errors: [{ pointer: '/records', detail: 'Send at most 1000 records at a time.' }] });
  const lines = records.map((one) => JSON.stringify(one)).join('\n');
  const asLines = await moodle.call('POST', URL_, lines, NDJSON);
  t.equal(asLines.statusCode, 422);
  t.equal(asLines.json().code, 'batch_too_long');
  t.equal((await moodle.call('POST', '/v1/completions', records[0])).statusCode, 201);
});

await t.test('413: more than 5 MiB, as JSON and as NDJSON', async (t) => {
  const line = JSON.stringify(record('commons/significance', 'ada'));
  const lines = `${line}${' '.repeat(5 * 1024 * 1024)}`;
  t.equal((await moodle.call('POST', URL_, lines, NDJSON)).statusCode, 413);
  const json = await moodle.call('POST', URL_, `{"records":[${lines}]}`, { 'content-type': 'application/json' });
  t.equal(json.statusCode, 413);
});

await t.test('400, 401, 403, 415 and 422: what no batch is', async (t) => {
  const json = { 'content-type': 'application/json' };
  t.equal((await moodle.call('POST', URL_, '{"records":[', json)).statusCode, 400);
  t.equal((await app.call('POST', URL_, { records: [] })).statusCode, 401);
  const reader = await app.caller(['completions:read']);
  t.equal((await reader.call('POST', URL_, { records: [] })).statusCode, 403);
  for (const type of ['text/plain', 'text/csv', 'application/x-www-form-urlencoded'])
    t.equal((await moodle.call('POST', URL_, 'records=1', { 'content-type': type })).statusCode, 415, type);
  const array = await moodle.call('POST', URL_, []);
  t.equal(array.statusCode, 422);
  t.ok(array.json().errors.length > 0, 'and says what is wrong');
  t.equal((await moodle.call('POST', '/v1/completions', '{}', NDJSON)).statusCode, 415, 'one record is no NDJSON');
});

void t.test('NDJSON is UTF-8, with or without a byte order mark, or is refused whole', async (t) => {
  const lines = `${JSON.stringify(record('commons/opportunity', 'andré'))}\n`;
  const send = (bytes: Buffer) => moodle.call('POST', URL_, bytes, NDJSON);
  t.equal((await send(Buffer.from(lines, 'latin1'))).statusCode, 400);
  const answer = await send(Buffer.from(`\ufeff${lines}`));
  t.equal(answer.json<Answer>().results[0]?.status, 201, answer.body);
});
