// A registrar decides about a parked record, and it walks on as if it had just come.
import t from 'tap';
import { openIntake } from '../../src/completions/intake.ts';
import { listParked } from '../../src/completions/parked-store.ts';
import { recordCompletions } from '../../src/completions/record-completions.ts';
import { resolveParked } from '../../src/completions/resolve-parked.ts';
import type { CompletionRecord } from '../../src/completions/completion.ts';
import type { Service } from '../../src/platform/service.ts';
import { onEachDatabase } from '../platform/test-service.ts';
import { body, COMMONS, MOODLE, record, submission } from './submissions.ts';

const told = async (service: Service, one: CompletionRecord, more = {}) =>
  body((await recordCompletions(service, [submission(one, more)]))[0]);
const waiting = (service: Service) => listParked(service.db.read, { sources: null, limit: 10 });
const mail = (value: string) => ({ identifiers: [{ type: 'email' as const, value }] });

await onEachDatabase(t, 'vouched for: the e-mail is the learner’s from now on', async (t, service) => {
  const parked = await told(service, record('copyright/basics', '', { learner: mail('Ada@example.edu') }));
  const reply = await resolveParked(service, parked.parked!, { vouched: true }, false);
  t.match(body(reply), { status: 'recorded', effect: 'recorded', unit: 'copyright/basics' });
  t.same(await waiting(service), []);
  const verified = { identifiers: [{ type: 'email' as const, value: 'ada@example.edu', verified: true }] };
  t.equal((await told(service, record('copyright/global', '', { learner: verified }))).learner, body(reply).learner);
});

await onEachDatabase(t, 'the platform’s next retry gets the answer of now, as a replay', async (t, service) => {
  const one = record('copyright/basics', '', { learner: mail('ada@example.edu') });
  const parked = await told(service, one);
  t.match(await told(service, one), { replayed: true, status: 'parked', parked: parked.parked });
  const reply = await resolveParked(service, parked.parked!, { vouched: true }, false);
  t.match(await told(service, one), { replayed: true, status: 'recorded', completion: body(reply).completion });
});

await onEachDatabase(t, 'a conflict is decided for the one learner who is named', async (t, service) => {
  const [a, b] = [
    await told(service, record('copyright/basics', 'a')),
    await told(
      service,
      record('copyright/basics', '', {
        learner: { identifiers: [{ type: 'email', value: 'b@example.edu', verified: true }] },
      }),
    ),
  ];
  const both = record('copyright/global', '', {
    learner: {
      identifiers: [
        { type: 'account', homePage: MOODLE, name: 'a' },
        { type: 'email', value: 'b@example.edu', verified: true },
      ],
    },
  });
  const parked = await told(service, both);
  t.equal(parked.parkedReason, 'identity_conflict');
  t.same((await waiting(service))[0]?.candidates.sort(), [a.learner, b.learner].sort());
  t.equal(body(await resolveParked(service, parked.parked!, { learnerId: b.learner! }, false)).learner, b.learner);
});

await onEachDatabase(t, 'a parked last stone awards when it is placed', async (t, service) => {
  const [last, ...before] = COMMONS;
  const first = await told(service, record(before[0]!, 'ada'));
  await recordCompletions(
    service,
    before.slice(1).map((unit) => submission(record(unit, 'ada'))),
  );
  const parked = await told(service, record(last!, '', { learner: mail('ada@example.edu') }));
  const reply = await resolveParked(service, parked.parked!, { learnerId: first.learner! }, false);
  t.match(body(reply).awarded, [{ achievement: 'core/commons' }]);
});

await onEachDatabase(t, 'what cannot be decided so stays parked, with its reason', async (t, service) => {
  const parked = await told(service, record('un/known', '', { learner: mail('ada@example.edu') }));
  const reply = await resolveParked(service, parked.parked!, { vouched: true }, false);
  t.match(body(reply), { status: 'parked', parkedReason: 'unknown_unit', parked: parked.parked });
  t.match(await waiting(service), [{ id: parked.parked, reason: 'unknown_unit' }]);
});

await onEachDatabase(t, 'decided twice at once: one is told that it is resolved already', async (t, service) => {
  const parked = await told(service, record('copyright/basics', '', { learner: mail('ada@example.edu') }));
  const decide = () => resolveParked(service, parked.parked!, { vouched: true }, false);
  const [first, second] = await Promise.allSettled([decide(), decide()]);
  t.same([first.status, second.status].sort(), ['fulfilled', 'rejected']);
  t.match(
    [first, second].find((one) => one.status === 'rejected'),
    { reason: { code: 'parked_unknown', status: 404 } },
  );
});

await onEachDatabase(t, 'nothing parked: 404; nobody by this id: 422, and it stays parked', async (t, service) => {
  const nobody = '11111111-1111-4111-8111-111111111111';
  await t.rejects(resolveParked(service, nobody, {}, false), { code: 'parked_unknown', status: 404 });
  const parked = await told(service, record('copyright/basics', '', { learner: mail('ada@example.edu') }));
  const missing = resolveParked(service, parked.parked!, { learnerId: nobody }, false);
  await t.rejects(missing, { code: 'learner_unknown', status: 422 });
  t.equal((await waiting(service)).length, 1);
});

await onEachDatabase(
  t,
  'decided while the same learner is being told of: nobody is lost or twice',
  async (t, service) => {
    const parked = await Promise.all(
      [1, 2, 3].map(() => told(service, record('copyright/basics', '', { learner: mail('ada@example.edu') }))),
    );
    const intake = openIntake(service);
    const verified = { identifiers: [{ type: 'email' as const, value: 'ada@example.edu', verified: true }] };
    const replies = await Promise.all([
      ...parked.map((one) => resolveParked(service, one.parked!, { vouched: true }, false).then((reply) => [reply])),
      intake.submit([submission(record('copyright/global', '', { learner: verified }))]),
    ]);
    t.equal(new Set(replies.flat().map((reply) => body(reply).learner)).size, 1);
  },
);
