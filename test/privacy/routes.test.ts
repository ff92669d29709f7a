// What platforms ask of this room, one test for each answer.
import t from 'tap';
import { COMMONS, MOODLE, record } from '../completions/submissions.ts';
import { learner } from '../credentials/issued.ts';
import { openTestApp } from '../platform/test-app.ts';
import { onEachDatabase } from '../platform/test-service.ts';
import { eraseLearner } from '../../src/privacy/erase-learner.ts';

await onEachDatabase(t, 'a claim link is made for one’s own learner, and shown once', async (t, service) => {
  const app = await openTestApp(service);
  t.teardown(() => app.close());
  const moodle = await app.caller(['completions:write'], [MOODLE]);
  const told = await moodle.call('POST', '/v1/completions', record(COMMONS[0]!, 'ada', { learner: learner('ada') }));
  const path = `/v1/learners/${told.json<{ learner: string }>().learner}/claim-links`;
  const made = await moodle.call('POST', path);
  t.equal(made.statusCode, 201);
  t.equal(made.headers['cache-control'], 'no-store');
  t.match(made.json<{ url: string }>().url, /^https:\/\/badges\.example\.org\/claim\/[\w-]{43}$/);
  t.not((await moodle.call('POST', path)).json<{ url: string }>().url, made.json<{ url: string }>().url);

  t.equal((await app.call('POST', path)).statusCode, 401);
  t.equal((await (await app.caller(['completions:read'], [MOODLE])).call('POST', path)).statusCode, 403);
  const canvas = await app.caller(['completions:write'], ['https://canvas.example.org']);
  t.equal((await canvas.call('POST', path)).statusCode, 404, 'another platform’s learner is unknown');
  t.equal((await moodle.call('POST', '/v1/learners/nobody/claim-links')).statusCode, 404);
});

await onEachDatabase(
  t,
  'a record of an erased learner is answered 200, dropped, alone and in a batch',
  async (t, service) => {
    const app = await openTestApp(service);
    t.teardown(() => app.close());
    const moodle = await app.caller(['completions:write', 'completions:read'], [MOODLE]);
    const sent = record(COMMONS[0]!, 'ada');
    const { learner: id } = (await moodle.call('POST', '/v1/completions', sent)).json<{ learner: string }>();
    await eraseLearner(service, id);
    const again = await moodle.call('POST', '/v1/completions', sent);
    t.equal(again.statusCode, 200);
    t.match(again.json(), { status: 'dropped', effect: 'dropped', awarded: [] });
    t.equal(again.headers.location, undefined);
    const batch = await moodle.call('POST', '/v1/completions/batch', { records: [sent] });
    t.match(batch.json(), { summary: { created: 0, dropped: 1 }, results: [{ status: 200, recorded: 'dropped' }] });
    t.equal((await moodle.call('GET', `/v1/learners/${id}`)).statusCode, 404);
    t.equal((await moodle.call('POST', `/v1/learners/${id}/claim-links`)).statusCode, 404);
  },
);
