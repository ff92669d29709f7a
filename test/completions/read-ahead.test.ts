// What was asked before a transaction began, and what has changed since: nothing of it is missed.
import { sql } from '../../src/platform/sql.ts';
import t from 'tap';
import { allNames, readAhead } from '../../src/completions/read-ahead.ts';
import { recordCompletions, recordInTransaction } from '../../src/completions/record-completions.ts';
import type { Reply, Submission } from '../../src/completions/submission.ts';
import { isRace } from '../../src/learners/try-again.ts';
import { namesOf, type Identifier } from '../../src/learners/identifier.ts';
import { rows } from '../../src/platform/database.ts';
import type { Service } from '../../src/platform/service.ts';
import { eraseLearner } from '../../src/privacy/erase-learner.ts';
import { mergeLearners } from '../../src/privacy/merge-learners.ts';
import { onEachDatabase } from '../platform/test-service.ts';
import { body, MOODLE, record, submission } from './submissions.ts';

const account = (name: string): Identifier => ({ type: 'account', homePage: MOODLE, name });
const email = (value: string, verified = true): Identifier => ({ type: 'email', value, verified });
const say = (unit: string, ...identifiers: Identifier[]): Submission =>
  submission(record(unit, '', { id: `${unit} ${JSON.stringify(identifiers)}`, learner: { identifiers } }));

/** Records these by what is asked now, after something else has happened. */
async function recordLater(service: Service, given: Submission[], meanwhile: () => Promise<unknown>): Promise<Reply[]> {
  const known = await readAhead(service.db.read, given, new Set());
  await meanwhile();
  return service.db.transaction((tx) => recordInTransaction(tx, service, given, { known }));
}

const isLost = (replies: Promise<unknown>): Promise<boolean> => replies.then(() => false, isRace);
const count = async (service: Service, table: string): Promise<number> =>
  (await rows(service.db.read, sql`select 1 from ${sql.identifier(table)}`)).length;
const learnerOf = (reply: Reply | undefined): string => body(reply!).learner ?? '';

await onEachDatabase(t, 'what was known beforehand is not asked again, and true', async (t, service) => {
  const [ada, bob] = [say('copyright/basics', account('ada')), say('copyright/basics', account('bob'))];
  const [first] = await recordCompletions(service, [ada]);
  const again = say('copyright/global', account('ada'));
  const known = await readAhead(service.db.read, [again, bob], new Set());
  t.same([...known.names.keys()], [again, bob]);
  const asked: string[] = [];
  const replies = await service.db.transaction(async (tx) => {
    const spy = new Proxy(tx, {
      get: (target, key) =>
        key === 'execute'
          ? (query: ReturnType<typeof sql>) => {
              asked.push(query.toQuery().sql);
              return target.execute(query);
            }
          : (Reflect.get(target, key) as unknown),
    });
    return recordInTransaction(spy, service, [again, bob], { known });
  });
  t.notOk(
    asked.some((text) => /from .*join receipts|join learner_identifiers/s.test(text)),
    'neither of the two',
  );
  t.ok(asked.some((text) => /for update/.test(text)));
  t.equal(learnerOf(replies[0]), learnerOf(first));
  t.not(learnerOf(replies[1]), learnerOf(first));
});

await onEachDatabase(
  t,
  'what speaks of what is being told, and what has a receipt, is not asked beforehand',
  async (t, service) => {
    const told = say('copyright/basics', account('ada'));
    await recordCompletions(service, [told]);
    const running = [say('copyright/basics', account('bob'), email('bob@example.edu', false))];
    const given = [
      told,
      say('copyright/global', account('bob')),
      say('copyright/global', account('eve'), email('BOB@example.edu')),
      { ...say('copyright/basics', account('eve')), record: { ...running[0]!.record, learner: told.record.learner } },
      say('copyright/public-domain', account('eve')),
    ];
    const known = await readAhead(service.db.read, given, allNames(running));
    t.same([...known.names.keys()], given.slice(4));
    t.same([...known.names.values()], [namesOf([account('eve')], true)]);
    const resolved = { ...given[4]!, resolution: { parkedId: '11111111-1111-4111-8111-111111111111' } };
    t.equal((await readAhead(service.db.read, [resolved], new Set())).names.size, 0);
  },
);

await onEachDatabase(t, 'told meanwhile: the race is lost, and the second try answers again', async (t, service) => {
  for (const unit of ['copyright/basics', 'copyright/global']) {
    const one = say(unit, account('ada'));
    t.ok(
      await isLost(recordLater(service, [one], () => recordCompletions(service, [one]))),
      'a new learner, and a known',
    );
    t.match(await recordCompletions(service, [one]), [{ status: 200, body: { replayed: true } }]);
  }
  t.equal(await count(service, 'completions'), 2);
});

await onEachDatabase(t, 'a learner who came meanwhile is not made twice', async (t, service) => {
  const other = say('copyright/global', email('ada@example.edu'));
  const one = say('copyright/basics', account('ada'), email('ada@example.edu'));
  let first: Reply | undefined;
  const lost = await isLost(
    recordLater(service, [one], async () => ([first] = await recordCompletions(service, [other]))),
  );
  t.ok(lost);
  const [reply] = await recordCompletions(service, [one]);
  t.equal(learnerOf(reply), learnerOf(first));
  t.equal(await count(service, 'learners'), 1);
});

await onEachDatabase(t, 'whoever was erased meanwhile stays away', async (t, service) => {
  const [first] = await recordCompletions(service, [say('copyright/basics', account('ada'))]);
  const [one, new_] = [say('copyright/global', account('ada')), say('copyright/global', account('bob'))];
  const lost = await isLost(recordLater(service, [one, new_], () => eraseLearner(service, learnerOf(first))));
  t.ok(lost);
  t.equal(await count(service, 'learners'), 0);
  t.match(await recordCompletions(service, [one, new_]), [{ body: { effect: 'dropped' } }, { status: 201 }]);
});

await onEachDatabase(t, 'a name that was free, then held, then erased is dropped at once', async (t, service) => {
  const one = say('copyright/basics', account('ada'), email('ada@example.edu'));
  const replies = await recordLater(service, [one], async () => {
    const [reply] = await recordCompletions(service, [say('copyright/global', email('ada@example.edu'))]);
    await eraseLearner(service, learnerOf(reply));
  });
  t.match(replies, [{ status: 200, body: { effect: 'dropped' } }]);
  t.equal(await count(service, 'learners'), 0);
});

await onEachDatabase(
  t,
  'who names somebody erased meanwhile is dropped, though another record holds that name and is dropped for a second one',
  async (t, service) => {
    const [gone] = await recordCompletions(service, [say('copyright/basics', account('gone'))]);
    await eraseLearner(service, learnerOf(gone));
    const [ada, bob] = await recordCompletions(service, [
      say('copyright/basics', email('ada@example.edu')),
      say('copyright/basics', account('bob')),
    ]);
    const given = [
      say('copyright/global', email('ada@example.edu'), account('gone')),
      say('copyright/global', account('bob'), email('ada@example.edu', false)),
    ];
    const replies = await recordLater(service, given, () => eraseLearner(service, learnerOf(ada)));
    t.match(replies, [{ body: { effect: 'dropped' } }, { body: { effect: 'dropped' } }]);
    t.equal(await count(service, 'completions'), 1, 'nothing more of bob');
    t.ok(learnerOf(bob));
  },
);

await onEachDatabase(t, 'what was answered and erased meanwhile is dropped, not answered again', async (t, service) => {
  const one = say('copyright/basics', account('ada'));
  const [first] = await recordCompletions(service, [one]);
  const replies = await recordLater(service, [one], () => eraseLearner(service, learnerOf(first)));
  t.match(replies, [{ status: 200, body: { effect: 'dropped' } }]);
});

await onEachDatabase(t, 'whoever was merged into another meanwhile is the other', async (t, service) => {
  const [from, into] = await recordCompletions(service, [
    say('copyright/basics', account('ada')),
    say('copyright/basics', account('bob')),
  ]);
  const one = say('copyright/global', account('ada'));
  const lost = await isLost(
    recordLater(service, [one], () =>
      service.db.transaction((tx) => mergeLearners(tx, service, learnerOf(from), learnerOf(into))),
    ),
  );
  t.ok(lost);
  const [reply] = await recordCompletions(service, [one]);
  t.equal(learnerOf(reply), learnerOf(into));
});

await onEachDatabase(t, 'a candidate of two who left meanwhile is not noted as one', async (t, service) => {
  const [ada] = await recordCompletions(service, [
    say('copyright/basics', account('ada')),
    say('copyright/basics', email('b@example.edu')),
  ]);
  const one = say('copyright/global', account('ada'), email('b@example.edu'));
  t.ok(await isLost(recordLater(service, [one], () => eraseLearner(service, learnerOf(ada)))));
  t.equal(await count(service, 'parked'), 0);
  t.match(await recordCompletions(service, [one]), [{ body: { effect: 'dropped' } }]);
});

await onEachDatabase(
  t,
  'one of many told meanwhile: of the others nothing is kept, until all are told',
  async (t, service) => {
    const given = Array.from({ length: 600 }, (_, n) => say('copyright/basics', account(`n-${n}`)));
    await recordCompletions(
      service,
      given.map(({ record: one }) => say('copyright/public-domain', ...one.learner.identifiers)),
    );
    t.ok(await isLost(recordLater(service, given, () => recordCompletions(service, [given[599]!]))));
    t.equal(await count(service, 'completions'), 601);
    t.equal(await count(service, 'receipts'), 601);
    const replies = await recordCompletions(service, given);
    t.equal(replies.filter((reply) => 'status' in reply && reply.status === 201).length, 599);
    t.equal(await count(service, 'receipts'), 1200);
  },
);
