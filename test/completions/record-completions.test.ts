// The story, on real databases: nothing lost, nothing twice, every answer says what happened.
import { sql } from '../../src/platform/sql.ts';
import t from 'tap';
import { openIntake } from '../../src/completions/intake.ts';
import { recordCompletions, recordInTransaction } from '../../src/completions/record-completions.ts';
import { listCredentials } from '../../src/credentials/store.ts';
import { rows } from '../../src/platform/database.ts';
import { onEachDatabase } from '../platform/test-service.ts';
import { body, COMMONS, coreUnits, MOODLE, record, submission } from './submissions.ts';

const all = { learnersOf: null, limit: 500 };

void onEachDatabase(
  t,
  'a module is awarded with its last stone, and the certificate with its last step',
  async (t, service) => {
    const units = coreUnits();
    const replies = await recordCompletions(
      service,
      units.map((unit) => submission(record(unit, 'ada'))),
    );
    const awarded = replies.flatMap((reply) => body(reply).awarded.map((one) => one.achievement));
    t.equal(awarded.length, 7, 'six modules and one certificate');
    t.ok(awarded.includes('core'));
    const last = body(replies.at(-1));
    t.equal(last.progress.find((one) => one.track === 'core')?.complete, true);
    t.equal((await listCredentials(service.db.read, all)).length, 7);
  },
);

void onEachDatabase(t, 'the same record again: the same answer, and nothing is written', async (t, service) => {
  const one = record('copyright/basics', 'ada');
  const first = (await recordCompletions(service, [submission(one)]))[0];
  const [again] = await recordCompletions(service, [submission(one)]);
  t.equal(first && 'status' in first && first.status, 201);
  t.equal(again && 'status' in again && again.status, 200);
  t.match(body(again), { replayed: true, completion: body(first).completion, effect: 'recorded' });
  t.equal((await rows(service.db.read, sql`select 1 from completions`)).length, 1);
});

void onEachDatabase(t, 'the same id with other content is refused, in the same gathering too', async (t, service) => {
  const one = record('copyright/basics', 'ada');
  const other = { ...one, type: 'failed' as const };
  const [, second] = await recordCompletions(service, [submission(one), submission(other)]);
  t.equal(second && 'problem' in second && second.problem.status, 409);
  const [third] = await recordCompletions(service, [submission(other)]);
  t.equal(third && 'problem' in third && third.problem.status, 409);
});

void onEachDatabase(t, 'the same record posted 50 times at once: one row, one badge', async (t, service) => {
  const [last, ...before] = COMMONS.map((unit) => record(unit, 'ada'));
  await recordCompletions(
    service,
    before.map((one) => submission(one)),
  );
  const intake = openIntake(service);
  const replies = await Promise.all(Array.from({ length: 50 }, () => intake.submit([submission(last!)])));
  const statuses = replies.flat().map((reply) => ('status' in reply ? reply.status : reply.problem.status));
  t.equal(statuses.filter((status) => status === 201).length, 1);
  t.equal(statuses.filter((status) => status === 200).length, 49);
  const awarded = new Set(replies.flat().map((reply) => body(reply).awarded[0]?.credential));
  t.equal(awarded.size, 1, 'every answer names the same badge');
  t.equal((await listCredentials(service.db.read, all)).length, 1);
});

void onEachDatabase(t, 'two last units in one instant: one badge', async (t, service) => {
  const [a, b, ...before] = COMMONS.map((unit) => record(unit, 'ada'));
  await recordCompletions(
    service,
    before.map((one) => submission(one)),
  );
  const replicas = service.db.kind === 'postgres' ? [service, await service.openReplica()] : [service, service];
  const replies = await Promise.all([a!, b!].map((one, n) => openIntake(replicas[n]!).submit([submission(one)])));
  t.equal(replies.flat().flatMap((reply) => body(reply).awarded).length, 1);
  t.equal((await listCredentials(service.db.read, all)).length, 1);
  if (replicas[1] !== service) await (replicas[1] as typeof service).close();
});

void onEachDatabase(t, 'a new learner told by two replicas in one instant is one learner', async (t, service) => {
  const replicas = service.db.kind === 'postgres' ? [service, await service.openReplica()] : [service, service];
  const intakes = replicas.map((one) => openIntake(one));
  await Promise.all(
    Array.from({ length: 20 }, (_, n) => intakes[n % 2]!.submit([submission(record('copyright/basics', 'grace'))])),
  );
  t.equal((await rows(service.db.read, sql`select 1 from learners`)).length, 1);
  t.equal((await rows(service.db.read, sql`select 1 from completions`)).length, 20);
  if (replicas[1] !== service) await (replicas[1] as typeof service).close();
});

void onEachDatabase(t, 'who cannot be told apart is parked, and never merged by guess', async (t, service) => {
  const byAccount = record('copyright/basics', 'one');
  const byEmail = record('copyright/basics', 'unused', {
    learner: { identifiers: [{ type: 'email', value: 'ada@example.edu', verified: true }] },
  });
  const both = record('copyright/global', 'one', {
    learner: {
      identifiers: [
        { type: 'account', homePage: MOODLE, name: 'one' },
        { type: 'email', value: 'Ada@Example.edu', verified: true },
      ],
    },
  });
  const [, , parked] = await recordCompletions(
    service,
    [byAccount, byEmail, both].map((one) => submission(one)),
  );
  t.match(body(parked), { status: 'parked', parkedReason: 'identity_conflict' });
});

void onEachDatabase(t, 'an unverified e-mail alone is parked; beside an account it is not', async (t, service) => {
  const alone = record('copyright/basics', 'x', {
    learner: { identifiers: [{ type: 'email', value: 'ada@example.edu' }] },
  });
  const beside = record('copyright/basics', 'y', {
    learner: {
      identifiers: [
        { type: 'email', value: 'ada@example.edu' },
        { type: 'account', homePage: MOODLE, name: 'y' },
      ],
    },
  });
  const [first, second] = await recordCompletions(
    service,
    [alone, beside].map((one) => submission(one)),
  );
  t.match(body(first), { parkedReason: 'unverified_email' });
  t.match(body(second), { effect: 'recorded' });
});

void onEachDatabase(t, 'one e-mail in two cases is one learner', async (t, service) => {
  const learner = (value: string) => ({ identifiers: [{ type: 'email' as const, value, verified: true }] });
  const [a, b] = await recordCompletions(service, [
    submission(record('copyright/basics', '', { learner: learner('Ada@Example.edu') })),
    submission(record('copyright/global', '', { learner: learner('ada@example.EDU') })),
  ]);
  t.equal(body(a).learner, body(b).learner);
});

void onEachDatabase(t, 'reviewed work is said only by who may review', async (t, service) => {
  const [refused] = await recordCompletions(service, [
    submission(record('step/core/fee', 'ada'), { mayReview: false }),
  ]);
  t.equal(refused && 'problem' in refused && refused.problem.code, 'scope_missing');
});

void onEachDatabase(
  t,
  'a badge that is given and made doubtful in one gathering is marked for review',
  async (t, service) => {
    const units = COMMONS.map((unit) => submission(record(unit, 'ada')));
    const undone = submission(record(COMMONS[0]!, 'ada', { type: 'uncompleted' }));
    await recordCompletions(service, [...units, undone]);
    const [issued, ...more] = await listCredentials(service.db.read, { learnersOf: null, limit: 9 });
    t.equal(more.length, 0);
    t.match(issued, { revokedAt: null, reviewCause: /un-completed/ });
  },
);

void onEachDatabase(
  t,
  'a badge that cannot be signed takes its records down, and nothing is kept',
  async (t, service) => {
    const units = COMMONS.map((unit) => submission(record(unit, 'ada')));
    const keys = Object.create(service.keys, {
      privateKey: {
        value: () => {
          throw new Error('the key is gone');
        },
      },
    }) as typeof service.keys;
    await t.rejects(recordCompletions({ ...service, keys }, units), { code: 'key_not_here' });
    for (const table of [sql`completions`, sql`receipts`, sql`awards`, sql`credentials`, sql`learners`])
      t.same(await rows(service.db.read, sql`select 1 from ${table}`), []);
  },
);

void onEachDatabase(t, 'replies that are sent to nobody say the same, but for the progress', async (t, service) => {
  const given = [...COMMONS, COMMONS[0]!].flatMap((unit) => ['ada', 'bob'].map((who) => submission(record(unit, who))));
  const tell = (unanswered: boolean) =>
    service.db.transaction((tx) => recordInTransaction(tx, service, given, { unanswered }));
  const first = (await tell(true)).map(body);
  t.ok(first.every((one) => one.progress.length === 0));
  t.equal(first.flatMap((one) => one.awarded).length, 2);
  const again = (await tell(false)).map(body);
  const bare = (one: (typeof first)[0]) => ({ ...one, progress: [], replayed: true });
  t.same(again.map(bare), first.map(bare));
  t.ok(again.every((one) => one.progress.length > 0));
});
