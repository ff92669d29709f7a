// What platforms read back: one test for each answer, on both databases.
import t from 'tap';
import { openTestApp } from '../platform/test-app.ts';
import { onEachDatabase } from '../platform/test-service.ts';
import { COMMONS, MOODLE, record } from './submissions.ts';

const CANVAS = 'https://canvas.example.org';
const NOBODY = '11111111-1111-4111-8111-111111111111';
const TRUSTED = { trustEmail: true };

interface Page {
  completions: { id: string; recordId: string; learner: string; source: string }[];
  next?: string;
}
interface Node {
  id: string;
  complete: boolean;
  missing?: string[];
  satisfiedBy?: { source: string; completion: string }[];
  children?: Node[];
}
interface Report {
  tracks: { track: string; complete: boolean; done: string[]; missing: string[]; requirement: Node }[];
  awarded: { achievement: string; credential: string; status: string }[];
}

const find = (node: Node, id: string): Node | undefined =>
  node.id === id ? node : node.children?.map((child) => find(child, id)).find(Boolean);

await onEachDatabase(t, 'reading', async (t, service) => {
  const app = await openTestApp(service);
  t.teardown(() => app.close());
  const scopes = ['completions:write', 'completions:read'];
  const moodle = await app.caller(scopes, [MOODLE], TRUSTED);
  const canvas = await app.caller(scopes, [CANVAS], TRUSTED);
  const admin = await app.caller(['admin'], []);
  const page = async (query = '', caller = moodle) =>
    (await caller.call('GET', `/v1/completions${query}`)).json<Page>();
  const ada = { identifiers: [{ type: 'email' as const, value: 'ada@example.edu', verified: true }] };

  await t.test(
    '200: pages in the order of arrival neither repeat nor omit, though more arrives meanwhile',
    async (t) => {
      const sent: string[] = [];
      const send = async (count: number) => {
        const records = Array.from({ length: count }, (_, n) => record(COMMONS[n % 4]!, `learner-${n}`));
        sent.push(...records.map((one) => one.id));
        await moodle.call('POST', '/v1/completions/batch', { records });
      };
      await send(7);
      const read: string[] = [];
      let cursor: string | undefined;
      for (let turns = 0; turns < 20; turns += 1) {
        const { completions, next } = await page(`?limit=3${cursor ? `&cursor=${cursor}` : ''}`);
        t.ok(completions.length <= 3);
        read.push(...completions.map((one) => one.recordId));
        if (turns === 1) {
          service.clock.advance(1);
          await send(5);
        }
        cursor = next;
        if (next === undefined) break;
      }
      t.equal(new Set(read).size, read.length, 'nothing twice');
      t.same([...read].sort(), [...sent].sort(), 'nothing left out');
    },
  );

  await t.test('200: by learner, unit, source and time of arrival', async (t) => {
    service.clock.advance(60_000);
    const told = (await moodle.call('POST', '/v1/completions', record('legal/marking', 'filter'))).json();
    const ids = async (query: string) => (await page(query)).completions.map((one) => one.id);
    t.same(await ids(`?learner=${told.learner}`), [told.completion]);
    t.same(await ids('?unit=legal/marking'), [told.completion]);
    t.same(await ids(`?receivedSince=${service.now().toISOString()}`), [told.completion]);
    t.same(await ids(`?source=${CANVAS}`), []);
    const one = await moodle.call('GET', `/v1/completions/${told.completion}`);
    t.equal(one.statusCode, 200);
    t.match(one.json(), { id: told.completion, unit: 'legal/marking', learner: told.learner, effect: 'recorded' });
  });

  await t.test('a client sees what its own sources brought, and an administrator everything', async (t) => {
    const here = (await moodle.call('POST', '/v1/completions', record('legal/aspects', 'x', { learner: ada }))).json();
    const there = (
      await canvas.call('POST', '/v1/completions', record('legal/clauses', 'x', { learner: ada, source: CANVAS }))
    ).json();
    t.equal(here.learner, there.learner, 'one person, known to both by a verified e-mail');
    const query = `?learner=${here.learner}`;
    t.same(
      (await page(query)).completions.map((one) => one.source),
      [MOODLE],
    );
    t.same(
      (await page(query, canvas)).completions.map((one) => one.source),
      [CANVAS],
    );
    t.equal((await page(query, admin)).completions.length, 2);
    const unseen = await canvas.call('GET', `/v1/completions/${here.completion}`);
    t.equal(unseen.statusCode, 404, 'as unknown as one that never was');
    t.equal(unseen.json().code, 'completion_unknown');
    const report = (await canvas.call('GET', `/v1/learners/${here.learner}/progress`)).json<Report>();
    const core = report.tracks.find((one) => one.track === 'core')!;
    t.ok(core.done.includes('legal/aspects'), 'progress counts whatever any platform said');
    t.same(find(core.requirement, 'legal/aspects')?.satisfiedBy, [], 'and does not say which');
    t.match(find(core.requirement, 'legal/clauses')?.satisfiedBy, [{ source: CANVAS, completion: there.completion }]);
  });

  await t.test('progress says what is done, what is missing and what was awarded', async (t) => {
    const posted = [];
    for (const unit of COMMONS) posted.push((await moodle.call('POST', '/v1/completions', record(unit, 'pia'))).json());
    const { learner } = posted[0];
    const url = posted.at(-1).awarded[0].credential;
    const answer = await moodle.call('GET', `/v1/learners/${learner}/progress`);
    t.equal(answer.statusCode, 200);
    const { tracks, awarded } = answer.json<Report>();
    const core = tracks.find((one) => one.track === 'core')!;
    t.match(core, { version: '1.0', unitsDone: 4, unitsRequired: 29, stepsDone: 1, complete: false });
    t.same([...core.done].sort(), [...COMMONS].sort());
    t.equal(core.missing.length, 29 - 4 + 12 - 1);
    t.ok(core.missing.includes('step/core/session') && !core.missing.includes(COMMONS[0]!));
    t.match(find(core.requirement, 'commons'), { complete: true, done: 4, required: 4 });
    t.match(find(core.requirement, 'copyright/basics'), { complete: false, missing: ['copyright/basics'] });
    t.match(awarded, [{ achievement: 'core/commons', credential: url, status: 'live' }]);
  });

  await t.test(
    'of many who ask at once each gets their own learner, and none whom their sources did not bring',
    async (t) => {
      const tell = async (name: string) =>
        (await moodle.call('POST', '/v1/completions', record('legal/aspects', name))).json().learner as string;
      const [eva, max] = [await tell('eva'), await tell('max')];
      const ask = (caller: typeof moodle, id: string) => caller.call('GET', `/v1/learners/${id}/progress`);
      const asked = [
        ask(moodle, eva),
        ask(canvas, eva),
        ask(moodle, max),
        ask(admin, eva.toUpperCase()),
        ask(moodle, NOBODY),
      ];
      const answers = await Promise.all(asked);
      t.same(
        answers.map((one) => one.statusCode),
        [200, 404, 200, 200, 404],
      );
      t.same(
        [0, 2, 3].map((n) => answers[n]!.json().learner),
        [eva, max, eva],
      );
      t.ok(answers[2]!.json<Report>().tracks[0]!.done.includes('legal/aspects'));
    },
  );

  await t.test('404: a record or a learner that there is not, or an id that is none', async (t) => {
    for (const [url, code] of [
      [`/v1/completions/${NOBODY}`, 'completion_unknown'],
      [`/v1/learners/${NOBODY}/progress`, 'learner_unknown'],
      ['/v1/completions/7', 'not_found'],
      ['/v1/learners/7/progress', 'not_found'],
    ] as const) {
      const answer = await moodle.call('GET', url);
      t.equal(answer.statusCode, 404, url);
      t.equal(answer.json().code, code);
    }
  });

  await t.test('422: a question that cannot be asked, naming its member', async (t) => {
    for (const [query, pointer] of [
      ['limit=0', '/limit'],
      ['limit=501', '/limit'],
      ['limit=many', '/limit'],
      ['learner=ada', '/learner'],
      ['receivedSince=2026-03-04', '/receivedSince'],
      ['receivedSince=2026-03-04T10:00:00', '/receivedSince'],
      ['cursor=forged', '/cursor'],
      ['colour=red', '/colour'],
    ] as const) {
      const answer = await moodle.call('GET', `/v1/completions?${query}`);
      t.equal(answer.statusCode, 422, query);
      t.match(answer.json().errors, [{ pointer, detail: /\w/ }], query);
    }
    t.equal((await moodle.call('GET', '/v1/completions?unit=a%00b')).statusCode, 422, 'and never 500');
  });

  await t.test('401 without a token, 403 without the scope', async (t) => {
    const writer = await app.caller(['completions:write']);
    for (const url of ['/v1/completions', `/v1/completions/${NOBODY}`, `/v1/learners/${NOBODY}/progress`]) {
      t.equal((await app.call('GET', url)).statusCode, 401, url);
      t.equal((await writer.call('GET', url)).statusCode, 403, url);
    }
  });
});
