// A platform's activity is one of our units: what waited for that is replayed.
import t from 'tap';
import { mapActivity } from '../../src/completions/map-activity.ts';
import { listParked } from '../../src/completions/parked-store.ts';
import { recordCompletions, recordInTransaction } from '../../src/completions/record-completions.ts';
import { hold, untilWaiting } from '../platform/held-transaction.ts';
import { onEachDatabase } from '../platform/test-service.ts';
import { body, COMMONS, MOODLE, record, submission } from './submissions.ts';

const QUIZ = 'https://moodle.example.edu/mod/quiz/7';
const quiz = (account: string, parts = {}) => record('', account, { activity: { id: QUIZ }, ...parts });
const mapping = { source: MOODLE, activity: QUIZ, unit: COMMONS[0]! };

await onEachDatabase(
  t,
  'what waited is recorded and awarded, and the next record is placed at once',
  async (t, service) => {
    await recordCompletions(
      service,
      COMMONS.slice(1).map((unit) => submission(record(unit, 'ada'))),
    );
    const [waiting] = await recordCompletions(service, [submission(quiz('ada'))]);
    t.equal(body(waiting).parkedReason, 'unknown_unit');
    const replies = await mapActivity(service, mapping, false);
    t.match(body(replies[0]), { status: 'recorded', unit: COMMONS[0], awarded: [{ achievement: 'core/commons' }] });
    t.same(await listParked(service.db.read, { sources: null, limit: 10 }), []);
    const [next] = await recordCompletions(service, [submission(quiz('bob'))]);
    t.match(body(next), { status: 'recorded', unit: COMMONS[0] });
  },
);

await onEachDatabase(t, 'another source’s activity of that name is another activity', async (t, service) => {
  const canvas = 'https://canvas.example.org';
  const other = quiz('ada', { source: canvas });
  await recordCompletions(service, [submission(other)]);
  t.same(await mapActivity(service, mapping, false), []);
  t.equal((await listParked(service.db.read, { sources: [canvas], limit: 10 })).length, 1);
});

await onEachDatabase(t, 'a key that is not ours can be mapped like an IRI', async (t, service) => {
  await recordCompletions(service, [submission(record('quiz-7', 'ada'))]);
  const [reply] = await mapActivity(service, { ...mapping, activity: 'quiz-7' }, false);
  t.match(body(reply), { status: 'recorded', unit: COMMONS[0] });
});

await onEachDatabase(t, 'who cannot be told apart waits on, for that reason now', async (t, service) => {
  const mail = { identifiers: [{ type: 'email' as const, value: 'ada@example.edu' }] };
  await recordCompletions(service, [submission(quiz('', { learner: mail })), submission(quiz('bob'))]);
  const replies = await mapActivity(service, mapping, false);
  t.same(replies.map((reply) => body(reply).status).sort(), ['parked', 'recorded']);
  t.match(await listParked(service.db.read, { sources: null, limit: 10 }), [{ reason: 'unverified_email' }]);
});

await onEachDatabase(t, 'reviewed work is not slipped in by a mapping', async (t, service) => {
  await recordCompletions(service, [submission(quiz('ada'), { mayReview: false })]);
  const fee = { ...mapping, unit: 'step/core/fee' };
  const [refused] = await mapActivity(service, fee, false);
  t.match(refused, { problem: { code: 'scope_missing', status: 403 } });
  t.equal((await listParked(service.db.read, { sources: null, limit: 10 })).length, 1, 'it waits on');
  const [taken] = await mapActivity(service, fee, true);
  t.match(body(taken), { status: 'recorded', unit: 'step/core/fee' });
});

await onEachDatabase(t, 'what is parked while its activity is mapped does not wait for ever', async (t, service) => {
  if (service.db.kind === 'pglite') return t.comment('PGlite runs one transaction at a time');
  const parking = await hold(service, (tx) => recordInTransaction(tx, service, [submission(quiz('ada'))]));
  const mapped = mapActivity(service, mapping, false);
  await Promise.race([untilWaiting(service), mapped]);
  await parking.commit();
  t.match(
    (await mapped).map((reply) => body(reply)),
    [{ status: 'recorded', unit: COMMONS[0] }],
  );
  t.same(await listParked(service.db.read, { sources: null, limit: 10 }), []);
});
