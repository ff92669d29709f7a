// What registrars decide: mappings, parked records, versions, lifted revocations. One test for each answer, on both
// databases.
import t from 'tap';
import { openTestApp } from '../platform/test-app.ts';
import { onEachDatabase } from '../platform/test-service.ts';
import { COMMONS, MOODLE, record } from './submissions.ts';

const CANVAS = 'https://canvas.example.org';
const NOBODY = '11111111-1111-4111-8111-111111111111';

interface Parked {
  parked: { id: string; recordId: string; reason: string; activity: string; candidates: string[] }[];
  next?: string;
}

await onEachDatabase(t, 'deciding', async (t, service) => {
  const app = await openTestApp(service);
  t.teardown(() => app.close());
  const scopes = ['completions:write', 'completions:read'];
  const moodle = await app.caller(scopes, [MOODLE], { trustEmail: true });
  const canvas = await app.caller(scopes, [CANVAS]);
  const admin = await app.caller(['admin'], []);
  const revoker = await app.caller(['credentials:revoke']);
  const email = (value: string, verified = true) => ({ type: 'email' as const, value, verified });
  const post = async (sent: object) => {
    // Lists are in the order of arrival, which one instant does not have.
    service.clock.advance(1);
    return (await moodle.call('POST', '/v1/completions', sent)).json();
  };
  const parked = async (query = '', caller = moodle) =>
    (await caller.call('GET', `/v1/parked${query}`)).json<Parked>().parked;

  await t.test('a mapping replays what waited for it, and what comes later is placed at once', async (t) => {
    const quiz = `${MOODLE}/mod/quiz/5`;
    const waiting = ['m-1', 'm-2'].map((name) => record('', name, { id: name, activity: { id: quiz } }));
    for (const one of waiting) t.equal((await post(one)).parkedReason, 'unknown_unit');
    t.match(await parked('?reason=unknown_unit'), [{ recordId: 'm-1', activity: quiz }, { recordId: 'm-2' }]);
    t.same(await parked('', canvas), [], 'others do not see it');

    const mapping = { source: MOODLE, activity: quiz, unit: 'legal/marking' };
    const answer = await moodle.call('POST', '/v1/mappings', mapping);
    t.equal(answer.statusCode, 200);
    t.match(answer.json(), { ...mapping, waiting: 0, replayed: [{ id: 'm-1', effect: 'recorded' }, { id: 'm-2' }] });
    t.same(await parked('?reason=unknown_unit'), []);
    t.same((await moodle.call('GET', '/v1/mappings')).json(), { mappings: [mapping] });
    t.same((await canvas.call('GET', '/v1/mappings')).json(), { mappings: [] });

    const again = await moodle.call('POST', '/v1/completions', waiting[0]!);
    t.equal(again.statusCode, 200, 'the platform’s retry gets the resolved answer');
    t.match(again.json(), { replayed: true, status: 'recorded', unit: 'legal/marking' });
    const later = await moodle.call('POST', '/v1/completions', record('', 'm-3', { activity: { id: quiz } }));
    t.equal(later.statusCode, 201);
  });

  await t.test('a mapping to no unit is a 422, one for another’s source a 403', async (t) => {
    const unit = await moodle.call('POST', '/v1/mappings', { source: MOODLE, activity: 'x', unit: 'no/such' });
    t.equal(unit.statusCode, 422);
    t.match(unit.json(), { code: 'unit_unknown', errors: [{ pointer: '/unit' }] });
    const foreign = await moodle.call('POST', '/v1/mappings', { source: CANVAS, activity: 'x', unit: 'legal/marking' });
    t.equal(foreign.statusCode, 403);
    t.match(foreign.json(), { code: 'source_not_yours', errors: [{ pointer: '/source' }] });
    const empty = await moodle.call('POST', '/v1/mappings', {});
    t.equal(empty.statusCode, 422);
    t.same(
      empty
        .json()
        .errors.map((one: { pointer: string }) => one.pointer)
        .sort(),
      ['/activity', '/source', '/unit'],
    );
  });

  await t.test('resolved as verified: placed, awarded where due, and gone from what waits', async (t) => {
    const learner = { identifiers: [email('grace@example.edu', false)] };
    const sent = COMMONS.map((unit) => record(unit, '', { learner }));
    const waiting = [];
    for (const one of sent) waiting.push((await post(one)).parked as string);
    const answers = [];
    for (const id of waiting) answers.push(await admin.call('POST', `/v1/parked/${id}/resolve`, { verified: true }));
    t.same(
      answers.map((one) => one.statusCode),
      [200, 200, 200, 200, 200],
    );
    t.match(answers.at(-1)!.json(), { status: 'recorded', awarded: [{ achievement: 'core/commons' }] });
    t.same(await parked('?reason=unverified_email'), []);
    const replay = await moodle.call('POST', '/v1/completions', sent.at(-1)!);
    t.match(replay.json(), { replayed: true, status: 'recorded', awarded: [{ achievement: 'core/commons' }] });
    const twice = await admin.call('POST', `/v1/parked/${waiting[0]}/resolve`, { verified: true });
    t.equal(twice.statusCode, 404);
    t.equal(twice.json().code, 'parked_unknown');
  });

  await t.test('resolved to a learner: of two candidates the one who was named', async (t) => {
    const one = await post(record('legal/aspects', '', { learner: { identifiers: [email('one@example.edu')] } }));
    const two = await post(record('legal/aspects', '', { learner: { identifiers: [email('two@example.edu')] } }));
    const both = { identifiers: [email('one@example.edu'), email('two@example.edu')] };
    const conflict = await post(record('legal/clauses', '', { learner: both }));
    t.equal(conflict.parkedReason, 'identity_conflict');
    const [listed] = await parked('?reason=identity_conflict');
    t.same([...(listed?.candidates ?? [])].sort(), [one.learner, two.learner].sort());
    const resolve = (body: object) => admin.call('POST', `/v1/parked/${conflict.parked}/resolve`, body);
    const nobody = await resolve({ learner: NOBODY });
    t.equal(nobody.statusCode, 422);
    t.match(nobody.json(), { code: 'learner_unknown', errors: [{ pointer: '/learner' }] });
    const undecided = await resolve({});
    t.equal(undecided.statusCode, 202, 'nothing was decided, so it waits on');
    t.equal(undecided.json().parked, conflict.parked);
    const done = await resolve({ learner: two.learner });
    t.equal(done.statusCode, 200);
    t.equal(done.json().learner, two.learner);
  });

  await t.test(
    'resolve: 202 when it waits on for another reason, 404 for what is not parked, 403 for platforms',
    async (t) => {
      const unmapped = record('', '', {
        learner: { identifiers: [email('x@example.edu', false)] },
        activity: { id: `${MOODLE}/mod/page/9` },
      });
      const { parked: id } = await post(unmapped);
      const answer = await admin.call('POST', `/v1/parked/${id}/resolve`, { verified: true });
      t.equal(answer.statusCode, 202);
      t.match(answer.json(), { parked: id, parkedReason: 'unknown_unit' });
      t.equal((await admin.call('POST', `/v1/parked/${NOBODY}/resolve`, {})).statusCode, 404);
      t.equal((await admin.call('POST', '/v1/parked/7/resolve', {})).statusCode, 404);
      t.equal((await moodle.call('POST', `/v1/parked/${id}/resolve`, {})).statusCode, 403);
      t.equal((await admin.call('POST', `/v1/parked/${id}/resolve`, { verified: false })).statusCode, 422);
    },
  );

  await t.test('what is parked is read page by page, each once', async (t) => {
    for (let n = 0; n < 5; n += 1) await post(record('', `p-${n}`, { activity: { id: `${MOODLE}/mod/${n}` } }));
    const ids: string[] = [];
    let cursor = '';
    for (let turns = 0; turns < 10; turns += 1) {
      const page = (await moodle.call('GET', `/v1/parked?limit=2${cursor}`)).json<Parked>();
      ids.push(...page.parked.map((one) => one.id));
      if (page.next === undefined) break;
      cursor = `&cursor=${page.next}`;
    }
    t.same(
      ids,
      (await parked()).map((one) => one.id),
    );
    t.equal(new Set(ids).size, ids.length);
    for (const query of ['cursor=forged', 'reason=boredom', 'limit=0'])
      t.equal((await moodle.call('GET', `/v1/parked?${query}`)).statusCode, 422, query);
  });

  await t.test('an enrolment is moved to a version that there is', async (t) => {
    const { learner } = await post(record('legal/marking', 'mover'));
    const put = (track: string, body: object, caller = admin, id = learner) =>
      caller.call('PUT', `/v1/learners/${id}/enrolments/${track}`, body);
    const moved = await put('core', { version: '1.0' });
    t.equal(moved.statusCode, 200);
    t.same(moved.json(), { track: 'core', version: '1.0', awarded: [] });
    t.match((await put('core', { version: '9.9' })).json(), { status: 422, code: 'version_unknown' });
    t.match((await put('core', {})).json(), { status: 422, errors: [{ pointer: '/version', code: 'missing' }] });
    t.match((await put('core', { version: '1.0' }, admin, NOBODY)).json(), { status: 404, code: 'learner_unknown' });
    t.equal((await put('cooking', { version: '1.0' })).statusCode, 404);
    t.equal((await put('core', { version: '1.0' }, moodle)).statusCode, 403);
  });

  await t.test(
    'a revocation is lifted: with the next record, or at once; the revoked badge stays revoked',
    async (t) => {
      const earn = async (account: string): Promise<string> => {
        const answers = [];
        for (const unit of COMMONS) answers.push(await post(record(unit, account)));
        return answers.at(-1).awarded[0].credential.split('/').at(-1);
      };
      const lift = (id: string, body?: object, caller = revoker) =>
        caller.call('POST', `/v1/credentials/${id}/lift`, body);
      const reason = { reason: 'issued_in_error', sentence: 'It was not hers.' };

      const first = await earn('lift-1');
      t.match((await lift(first)).json(), { status: 409, code: 'not_revoked' });
      await revoker.call('POST', `/v1/credentials/${first}/revoke`, reason);
      t.same((await post(record('commons/significance', 'lift-1'))).awarded, [], 'a later post alone undoes nothing');
      const later = await lift(first);
      t.equal(later.statusCode, 200);
      t.same(later.json(), { lifted: true, awarded: [] });
      t.match((await post(record('legal/marking', 'lift-1'))).awarded, [{ achievement: 'core/commons' }]);

      const second = await earn('lift-2');
      await revoker.call('POST', `/v1/credentials/${second}/revoke`, reason);
      const [anew] = (await lift(second, { award: 'now' })).json().awarded;
      t.equal(anew.achievement, 'core/commons');
      t.not(anew.credential.split('/').at(-1), second, 'under an id of its own');
      t.match((await app.get(`/credentials/${second}.json`)).json(), {
        id: `https://badges.example.org/credentials/${second}`,
      });

      t.match((await lift(NOBODY)).json(), { status: 404, code: 'credential_unknown' });
      t.equal((await lift(second, { award: 'soon' })).statusCode, 422);
      t.equal((await lift(second, undefined, moodle)).statusCode, 403);
      t.equal((await app.call('POST', `/v1/credentials/${second}/lift`)).statusCode, 401);
    },
  );
});
