// Learners as platforms read them: one test for each answer, and nobody sees whom others brought.
import t from 'tap';
import { openTestApp } from '../platform/test-app.ts';
import { openTestService } from '../platform/test-service.ts';

const MOODLE = 'https://moodle.example.edu';
const CANVAS = 'https://canvas.example.org';
const service = await openTestService();
const app = await openTestApp(service);
t.teardown(async () => {
  await app.close();
  await service.close();
});

const scopes = ['completions:write', 'completions:read'];
const moodle = await app.caller(scopes, [MOODLE], { trustEmail: true, mayStateConsents: true });
const canvas = await app.caller(scopes, [CANVAS]);
const admin = await app.caller(['admin'], []);

const record = (id: string, source: string, learner: object) => ({
  id,
  source,
  type: 'completed',
  learner,
  activity: { unit: 'copyright/basics' },
  occurredAt: '2026-03-04T10:11:12Z',
});
const account = (homePage: string, name: string) => ({ type: 'account', homePage, name });
const email = { type: 'email', value: 'Ada@Example.edu', verified: true };

const told = await moodle.call(
  'POST',
  '/v1/completions',
  record('1', MOODLE, { identifiers: [account(MOODLE, '17'), email], name: 'Ada', consents: { name: true } }),
);
const ada = told.json().learner as string;
const find = async (caller: typeof moodle, text: string) =>
  caller.call('GET', `/v1/learners?identifier=${encodeURIComponent(text)}`);

await t.test('200: the learner by each of their identifiers', async (t) => {
  for (const text of ['ada@example.edu', 'email:ADA@example.edu', `account:${MOODLE}|17`]) {
    const answer = await find(moodle, text);
    t.equal(answer.statusCode, 200);
    t.same(answer.json().learners, [
      {
        id: ada,
        name: 'Ada',
        identifiers: [account(MOODLE, '17'), { type: 'email', value: 'ada@example.edu' }],
        consents: { name: true, listed: false, evidence: false },
        createdAt: '2026-03-04T12:00:00.000Z',
      },
    ]);
  }
  t.match((await moodle.call('GET', `/v1/learners/${ada}`)).json(), { id: ada, name: 'Ada' });
});

await t.test('whom others brought is as unknown as nobody; an administrator sees everybody', async (t) => {
  t.same((await find(canvas, 'ada@example.edu')).json(), { learners: [] });
  t.same((await find(canvas, 'nobody@example.edu')).json(), { learners: [] });
  const [known, unknown] = [
    await canvas.call('GET', `/v1/learners/${ada}`),
    await canvas.call('GET', '/v1/learners/11111111-1111-4111-8111-111111111111'),
  ];
  t.equal(known.statusCode, 404);
  t.same({ ...known.json(), instance: '' }, { ...unknown.json(), instance: '' });
  t.equal((await find(admin, 'ada@example.edu')).json().learners.length, 1);
});

await t.test('two platforms that bring one address each see it, and neither the account on the other', async (t) => {
  const open = await app.caller(scopes, ['https://open.example.net'], { trustEmail: true });
  const OPEN = 'https://open.example.net';
  t.same((await find(open, 'ada@example.edu')).json(), { learners: [] }, 'before it brought the address');
  service.clock.advance(1000);
  const second = await open.call(
    'POST',
    '/v1/completions',
    record('1', OPEN, { identifiers: [account(OPEN, 'ada-l'), email] }),
  );
  t.equal(second.json().learner, ada);
  const address = { type: 'email', value: 'ada@example.edu' };
  const seen = async (caller: typeof moodle, text: string) =>
    (await find(caller, text)).json().learners.map((one: { identifiers: object[] }) => one.identifiers);
  t.same(await seen(open, 'ada@example.edu'), [[address, account(OPEN, 'ada-l')]]);
  t.same((await open.call('GET', `/v1/learners/${ada}`)).json().identifiers, [address, account(OPEN, 'ada-l')]);
  t.same(await seen(moodle, 'ada@example.edu'), [[account(MOODLE, '17'), address]]);
  t.same(await seen(open, `account:${MOODLE}|17`), [], 'a guess that hits tells nothing');
  t.same(await seen(moodle, `account:${OPEN}|ada-l`), []);
  t.equal((await seen(admin, `account:${OPEN}|ada-l`))[0].length, 3);
});

await t.test('an e-mail that an untrusted client says is verified neither matches nor is kept', async (t) => {
  const claimed = await canvas.call('POST', '/v1/completions', record('1', CANVAS, { identifiers: [email] }));
  t.equal(claimed.statusCode, 202);
  t.equal(claimed.json().parkedReason, 'unverified_email');
  const beside = await canvas.call(
    'POST',
    '/v1/completions',
    record('2', CANVAS, { identifiers: [account(CANVAS, 'x'), email] }),
  );
  t.equal(beside.statusCode, 201);
  t.not(beside.json().learner, ada);
  const seen = (await canvas.call('GET', `/v1/learners/${beside.json().learner}`)).json();
  t.same(seen.identifiers, [account(CANVAS, 'x')]);
});

await t.test('422: an identifier that is none, with what to send', async (t) => {
  for (const text of ['ada', `account:${MOODLE}`, 'a\0@b.org', '17']) {
    const answer = await find(moodle, text);
    t.equal(answer.statusCode, 422, JSON.stringify(text));
    t.equal(answer.json().errors[0].pointer, '/identifier');
  }
  t.equal((await moodle.call('GET', '/v1/learners')).statusCode, 422);
  t.equal((await moodle.call('GET', '/v1/learners?identifier=a@b.org&more=1')).statusCode, 422);
});

await t.test('422 and never 500: names and accounts with NUL or half a surrogate pair', async (t) => {
  let id = 10;
  for (const bad of ['a\0b', 'a\ud83d', '\ude00'])
    for (const learner of [
      { identifiers: [account(MOODLE, '18')], name: bad },
      { identifiers: [account(MOODLE, bad)] },
    ]) {
      id += 1;
      const answer = await moodle.call('POST', '/v1/completions', record(String(id), MOODLE, learner));
      t.equal(answer.statusCode, 422, JSON.stringify(learner));
      const batch = await moodle.call('POST', '/v1/completions/batch', {
        records: [
          record(String(id), MOODLE, learner),
          record(`ok${id}`, MOODLE, { identifiers: [account(MOODLE, '19')] }),
        ],
      });
      t.same(
        batch.json().results.map((one: { status: number }) => one.status),
        [422, 201],
      );
    }
  t.same((await find(moodle, `account:${MOODLE}|18`)).json().learners, []);
});

await t.test('422: a name with an HTML entity is refused where it comes in, and the next record is not', async (t) => {
  const learner = { identifiers: [account(MOODLE, '20')], name: 'Tom &amp; Jerry' };
  const refused = await moodle.call('POST', '/v1/completions', record('30', MOODLE, learner));
  t.equal(refused.statusCode, 422);
  t.equal(refused.json().errors[0].pointer, '/learner/name');
  const taken = await moodle.call('POST', '/v1/completions', record('31', MOODLE, { ...learner, name: 'Tom & Jerry' }));
  t.equal(taken.statusCode, 201);
});

await t.test('401 without a token, 403 without the scope', async (t) => {
  t.equal((await app.get('/v1/learners?identifier=a@b.org')).statusCode, 401);
  const other = await app.caller(['credentials:read']);
  t.equal((await find(other, 'a@b.org')).statusCode, 403);
  t.equal((await other.call('GET', `/v1/learners/${ada}`)).statusCode, 403);
});
