// /v1/imports: one test for each answer it can give.
import { Readable } from 'node:stream';
import t from 'tap';
import { OPEN_MAX } from '../../src/imports/create-import.ts';
import { workImports } from '../../src/imports/work-imports.ts';
import { openTestApp, type TestCaller } from '../platform/test-app.ts';
import { onEachDatabase, openTestService } from '../platform/test-service.ts';
import { COMMONS, MOODLE, record } from '../completions/submissions.ts';
import { ndjson } from './streams.ts';

const service = await openTestService('pglite', { importMaxBytes: 2_000_000 });
const app = await openTestApp(service);
t.teardown(async () => {
  await app.close();
  await service.close();
});

const URL_ = '/v1/imports';
const NDJSON = { 'content-type': 'application/x-ndjson' };
const CSV = { 'content-type': 'text/csv; charset=UTF-8' };
const moodle = await app.caller(['completions:write'], [MOODLE], { trustEmail: true });
const other = await app.caller(['completions:write', 'completions:read']);
const admin = await app.caller(['admin']);
const unknown = `${URL_}/5b0f1f5c-3f0e-4a53-9a0e-6a4d3a1c2f10`;
const post = (text: string, headers: object = NDJSON, query = '', caller: TestCaller = moodle) =>
  caller.call('POST', URL_ + query, text, headers as Record<string, string>);
const csv = (...lines: string[]) => ['account,unit,occurred_at', ...lines].join('\n');

await onEachDatabase(t, '202: a file is there, is worked on, and what came of it can be read', async (t, service) => {
  const app = await openTestApp(service);
  t.teardown(() => app.close());
  const moodle = await app.caller(['completions:write'], [MOODLE], { trustEmail: true });
  const text = ndjson([...COMMONS.map((unit) => record(unit, 'ada')), { id: 'bad' }]);
  const answer = await moodle.call('POST', URL_, text, NDJSON);
  t.equal(answer.statusCode, 202);
  const { id } = answer.json();
  t.equal(answer.headers.location, `${URL_}/${id}`);
  t.match(answer.json(), {
    client: moodle.clientId,
    state: 'waiting',
    rows: 6,
    read: 0,
    dryRun: false,
    format: 'ndjson',
  });

  service.clock.advance(1);
  const dry = await moodle.call('POST', `${URL_}?dryRun=true`, csv('7,commons/significance,2026-03-04T10:11:12Z'), CSV);
  t.match(dry.json(), { dryRun: true, format: 'csv', rows: 1 });
  await workImports(service);
  const done = (await moodle.call('GET', `${URL_}/${id}`)).json();
  t.match(done, { state: 'done', percent: 100, read: 6, recorded: 5, refused: 1, awarded: 1 });
  const { errors } = (await moodle.call('GET', `${URL_}/${id}/errors`)).json();
  t.ok(errors.length > 1);
  t.match(errors[0], { row: 6, recordId: 'bad', status: 422, code: 'missing', detail: /\w/ });
  const page = (await moodle.call('GET', `${URL_}/${id}/errors?limit=1`)).json();
  t.same(page.errors, errors.slice(0, 1));
  t.same((await moodle.call('GET', `${URL_}/${id}/errors?cursor=${page.next}`)).json().errors, errors.slice(1));
  const list = (await moodle.call('GET', `${URL_}?limit=1`)).json();
  t.match(list, { imports: [{ id }], next: /\w/ });
  t.match((await moodle.call('GET', `${URL_}?cursor=${list.next}`)).json(), {
    imports: [{ id: dry.json().id, recorded: 1 }],
  });
});

await t.test('202: more than any other request may have, in pieces', async (t) => {
  const line = JSON.stringify(record('commons/significance', 'many', { reason: 'x'.repeat(400) }));
  const pieces = Array.from({ length: 300 }, () => Buffer.from(`${line}\n`.repeat(9)));
  const answer = await moodle.call('POST', URL_, Readable.from(pieces) as never, NDJSON);
  t.match(answer.json(), { state: 'waiting', rows: 2700 });
  t.ok(answer.json().bytes > service.config.bodyLimitBytes);
});

await t.test('404: what is not there, and what is somebody else’s', async (t) => {
  const { id } = (await post('')).json();
  for (const [caller, status] of [
    [moodle, 200],
    [admin, 200],
    [other, 404],
  ] as const) {
    t.equal((await caller.call('GET', `${URL_}/${id}`)).statusCode, status);
    t.equal((await caller.call('GET', `${URL_}/${id}/errors`)).statusCode, status);
  }
  t.equal((await other.call('DELETE', `${URL_}/${id}`)).statusCode, 404);
  t.same((await other.call('GET', URL_)).json(), { imports: [] });
  t.ok((await admin.call('GET', URL_)).json().imports.length > 1);
  for (const path of [unknown, `${unknown}/errors`, `${URL_}/x`])
    t.equal((await moodle.call('GET', path)).statusCode, 404);
  t.equal((await moodle.call('DELETE', unknown)).json().code, 'import_unknown');
});

await t.test('200 and 409: cancelled once', async (t) => {
  const { id } = (await post(ndjson([record('commons/significance', 'ada')]))).json();
  const answer = await moodle.call('DELETE', `${URL_}/${id}`);
  t.equal(answer.statusCode, 200);
  t.match(answer.json(), { state: 'cancelled', read: 0, endedAt: /\w/ });
  const again = await moodle.call('DELETE', `${URL_}/${id}`);
  t.equal(again.statusCode, 409);
  t.match(again.json(), { code: 'import_ended', detail: /cancelled/ });
});

await t.test('401 and 403: strangers, and who may only read', async (t) => {
  t.equal((await app.call('POST', URL_, '', NDJSON)).statusCode, 401);
  t.equal((await app.call('GET', URL_)).statusCode, 401);
  const reader = await app.caller(['completions:read']);
  t.equal((await post('', NDJSON, '', reader)).statusCode, 403);
  t.equal((await reader.call('DELETE', unknown)).statusCode, 403);
  t.equal((await reader.call('GET', URL_)).statusCode, 200);
  const badges = await app.caller(['credentials:read']);
  t.equal((await badges.call('GET', URL_)).statusCode, 403);
});

await t.test('413: announced or not, a file that is too large', async (t) => {
  const large = `${JSON.stringify(record('commons/significance', 'ada'))}\n`.repeat(8000);
  const announced = await post(large);
  t.equal(announced.statusCode, 413);
  t.match(announced.json(), { code: 'import_too_large', detail: /2000000/ });
  t.equal(announced.headers.connection, 'close', 'the rest is not waited for');
  const streamed = await moodle.call('POST', URL_, Readable.from([Buffer.from(large)]) as never, NDJSON);
  t.equal(streamed.statusCode, 413);
});

await t.test('415: what is neither CSV nor NDJSON, or not UTF-8', async (t) => {
  for (const type of [
    'application/json',
    'text/plain',
    'text/csv; charset=iso-8859-1',
    'multipart/form-data; boundary=x',
  ]) {
    const answer = await post('{}', { 'content-type': type });
    t.equal(answer.statusCode, 415, type);
    t.match(answer.json(), { code: 'media_type', detail: /text\/csv/ });
  }
  t.equal((await post('x', { ...CSV, 'content-encoding': 'gzip' })).statusCode, 415);
  t.equal((await moodle.call('POST', URL_)).statusCode, 415, 'nothing at all');
});

await t.test('422: a file that cannot be read says why, and an unknown query too', async (t) => {
  const columns = await post('account,unit,occurred_at,colour\n', CSV);
  t.equal(columns.statusCode, 422);
  t.match(columns.json(), { code: 'columns_wrong', errors: [{ pointer: '/colour', detail: /There are: id, source/ }] });
  t.match((await post(csv('"17,commons/significance'), CSV)).json(), {
    status: 422,
    code: 'csv_unreadable',
    detail: /Row 2/,
  });
  const latin = await moodle.call('POST', URL_, Buffer.from('nom,Zoë', 'latin1') as never, CSV);
  t.match(latin.json(), { status: 422, code: 'not_utf8' });
  t.match((await post('', NDJSON, '?dryrun=true')).json(), { status: 422, errors: [{ pointer: '/dryrun' }] });
  t.match((await post('', NDJSON, '?dryRun=1')).json(), { status: 422, errors: [{ pointer: '/dryRun' }] });
  t.equal((await moodle.call('GET', `${URL_}?cursor=x`)).json().code, 'cursor_invalid');
  t.equal((await moodle.call('GET', `${unknown}/errors?limit=0`)).statusCode, 422);
});

await t.test('429: as many under way as one client may have', async (t) => {
  const busy = await app.caller(['completions:write']);
  for (let n = 0; n < OPEN_MAX; n += 1) t.equal((await post('', NDJSON, '', busy)).statusCode, 202);
  const answer = await post('', NDJSON, '', busy);
  t.equal(answer.statusCode, 429);
  t.equal(answer.json().code, 'too_many_imports');
  t.ok(answer.headers['retry-after']);
});
