// Told before, told otherwise, or new; and which unit is meant.
import t from 'tap';
import { claimOf } from '../../src/completions/find-learners.ts';
import { putMapping } from '../../src/completions/parked-store.ts';
import { recordCompletions } from '../../src/completions/record-completions.ts';
import { sortSubmissions } from '../../src/completions/sort-submissions.ts';
import type { Submission } from '../../src/completions/submission.ts';
import type { Service } from '../../src/platform/service.ts';
import { onEachDatabase } from '../platform/test-service.ts';
import { MOODLE, record, submission } from './submissions.ts';

const sort = (service: Service, ...given: Submission[]) =>
  service.db.transaction((tx) =>
    sortSubmissions(
      tx,
      given,
      given.map((one) => claimOf(one, service.now())),
    ),
  );

await onEachDatabase(t, 'a record is known again by client, source and id together', async (t, service) => {
  const one = record('copyright/basics', 'ada');
  await recordCompletions(service, [submission(one)]);
  const sorted = await sort(
    service,
    submission(one),
    submission(one, { clientId: 'client-b' }),
    submission({ ...one, source: 'https://canvas.example.org' }),
    submission({ ...one, id: `${one.id} ` }),
  );
  t.same(
    sorted.map((each) => each.replayOf !== undefined),
    [true, false, false, false],
  );
  t.ok(sorted.every((each) => each.problem === undefined));
});

await onEachDatabase(
  t,
  'the same id with other content is refused, whichever content came first',
  async (t, service) => {
    const one = record('copyright/basics', 'ada');
    const other = { ...one, sequence: 99 };
    const [a, b, c] = await sort(service, submission(one), submission(other), submission(one));
    t.equal(a?.problem, undefined);
    t.match(b?.problem, { code: 'record_id_taken', status: 409 });
    t.equal(c?.replayOf, a);
    await recordCompletions(service, [submission(other)]);
    t.match((await sort(service, submission(one)))[0]?.problem, { status: 409 });
  },
);

await onEachDatabase(t, 'our keys are known, others by their mapping, the rest by nothing', async (t, service) => {
  await service.db.transaction((tx) => putMapping(tx, MOODLE, 'https://m.example/7', 'legal/marking', service.now()));
  const units = async (...activities: object[]) =>
    (
      await sort(
        service,
        ...activities.map((activity) => submission(record('', 'ada', { activity: activity as never }))),
      )
    ).map((each) => each.unit);
  t.same(
    await units(
      { unit: 'copyright/basics' },
      { unit: 'copyright/basics', id: 'https://m.example/7' },
      { id: 'https://m.example/7' },
      { unit: 'not/ours', id: 'https://m.example/7' },
      { unit: 'not/ours' },
      { unit: '__proto__' },
    ),
    ['copyright/basics', 'copyright/basics', 'legal/marking', 'legal/marking', undefined, undefined],
  );
});

await onEachDatabase(t, 'evidence and fee need a reviewer, however they are named', async (t, service) => {
  await service.db.transaction((tx) => putMapping(tx, MOODLE, 'https://m.example/fee', 'step/core/fee', service.now()));
  const fee = { activity: { id: 'https://m.example/fee' } };
  const given = ['step/core/fee', 'step/core/evidence/personal-toolkit', 'step/core/session'].map((unit) =>
    record(unit, 'a'),
  );
  const sorted = await sort(
    service,
    ...[...given, record('', 'a', fee)].map((one) => submission(one, { mayReview: false })),
  );
  t.same(
    sorted.map((each) => each.problem?.code),
    ['scope_missing', 'scope_missing', undefined, 'scope_missing'],
  );
});

await onEachDatabase(t, 'what a registrar resolved is not its own replay', async (t, service) => {
  const one = record('un/known', 'ada');
  await recordCompletions(service, [submission(one)]);
  const [again] = await sort(
    service,
    submission(one, { resolution: { parkedId: '11111111-1111-4111-8111-111111111111' } }),
  );
  t.equal(again?.replayOf, undefined);
});
