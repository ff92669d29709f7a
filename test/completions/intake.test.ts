// The gathering: one culprit takes no neighbour down, and nothing waits without end.
import { sql } from '../../src/platform/sql.ts';
import t from 'tap';
import { openIntake } from '../../src/completions/intake.ts';
import { rows } from '../../src/platform/database.ts';
import type { Service } from '../../src/platform/service.ts';
import { onEachDatabase } from '../platform/test-service.ts';
import { body, record, submission } from './submissions.ts';

void onEachDatabase(t, 'a record that cannot be stored takes no neighbour down', async (t, service) => {
  const intake = openIntake(service);
  // NUL passes no route; it stands for whatever a database may refuse.
  const replies = await intake.submit([
    submission(record('copyright/basics', 'ada')),
    submission(record('copyright/global', 'ada', { id: 'x\0' })),
    submission(record('copyright/other-ip', 'ada')),
  ]);
  t.equal(body(replies[0]).effect, 'recorded');
  t.equal(replies[1] && 'problem' in replies[1] && replies[1].problem.status, 503);
  t.equal(body(replies[2]).effect, 'recorded');
  t.equal((await rows(service.db.read, sql`select 1 from completions`)).length, 2);
});

void t.test('a database that is gone is asked once for a gathering, not once for each of it', async (t) => {
  let asked = 0;
  const transaction = async () => {
    asked += 1;
    throw Object.assign(new Error('query failed'), { cause: Object.assign(new Error(), { code: 'ECONNREFUSED' }) });
  };
  const intake = openIntake({ db: { kind: 'postgres', transaction }, log: { error: () => {} } } as never);
  const replies = await intake.submit(Array.from({ length: 500 }, () => submission(record('copyright/basics', 'ada'))));
  t.equal(asked, 1);
  t.ok(replies.every((reply) => 'problem' in reply && reply.problem.code === 'not_recorded'));
});

void onEachDatabase(t, 'what arrives while a transaction runs shares the next one', async (t, service) => {
  let transactions = 0;
  const counted = {
    ...service,
    db: {
      ...service.db,
      get read() {
        return service.db.read;
      },
      transaction: ((work) => {
        transactions += 1;
        return service.db.transaction(work);
      }) as typeof service.db.transaction,
    },
  };
  const intake = openIntake(counted);
  await Promise.all(Array.from({ length: 40 }, () => intake.submit([submission(record('copyright/basics', 'ada'))])));
  t.ok(transactions <= 2, 'all that came in one turn of the event loop is gathered');
});

void t.test('too many waiting: 503 with a time to come back, and no heap without end', async (t) => {
  const never = { db: { kind: 'postgres', transaction: () => new Promise(() => {}) } } as never;
  const intake = openIntake(never);
  const many = Array.from({ length: 1000 }, () => submission(record('copyright/basics', 'ada')));
  for (let n = 0; n < 21; n += 1) void intake.submit(many).catch(() => {});
  await t.rejects(intake.submit(many), { code: 'busy', status: 503, headers: { 'retry-after': '2' } });
});

/** A service whose first transaction waits until it is told to go on; `sizes` has the gatherings in the order they began. */
function holdingFirst(service: Service) {
  const first = Promise.withResolvers<void>();
  let begun = 0;
  const transaction = (async (work) => {
    begun += 1;
    if (begun === 1) await first.promise;
    return await service.db.transaction(work);
  }) as typeof service.db.transaction;
  const held = Object.create(service, {
    db: { value: Object.create(service.db, { transaction: { value: transaction } }) },
  });
  return { service: held as Service, begun: () => begun, goOn: () => first.resolve() };
}

async function turns(): Promise<void> {
  for (let n = 0; n < 10; n += 1) await new Promise((resolve) => setImmediate(resolve));
}

void onEachDatabase(
  t,
  'a second transaction begins for enough records of others, never a third',
  async (t, service) => {
    const held = holdingFirst(service);
    const intake = openIntake(held.service);
    const replies = [intake.submit([submission(record('copyright/basics', 'ada'))])];
    const post = (from: number, to: number) => {
      for (let n = from; n < to; n += 1)
        replies.push(intake.submit([submission(record('copyright/basics', `learner-${n}`))]));
    };
    await turns();
    post(0, 31);
    await turns();
    t.equal(held.begun(), 1, 'thirty-one wait for the first');
    post(31, 32);
    await Promise.race([Promise.all(replies.slice(1)), turns()]);
    t.equal(held.begun(), service.db.kind === 'postgres' ? 2 : 1, 'thirty-two do not, where there are two connections');
    post(32, 90);
    await turns();
    t.ok(held.begun() <= (service.db.kind === 'postgres' ? 3 : 1));
    held.goOn();
    for (const [reply] of await Promise.all(replies)) t.equal(body(reply).effect, 'recorded');
    t.equal((await rows(service.db.read, sql`select 1 from completions`)).length, 91);
  },
);

void onEachDatabase(
  t,
  'who is spoken of in a transaction is spoken of in no other until it ends',
  async (t, service) => {
    const held = holdingFirst(service);
    const intake = openIntake(held.service);
    const told: string[] = [];
    const post = async (learner: string, unit: string) => {
      const [reply] = await intake.submit([submission(record(unit, learner))]);
      told.push(`${learner} ${unit} ${body(reply).effect}`);
    };
    const posted = [post('ada', 'copyright/basics')];
    await turns();
    posted.push(post('ada', 'copyright/global'), post('ada', 'copyright/basics'));
    for (let n = 0; n < 40; n += 1) posted.push(post(`learner-${n}`, 'copyright/basics'));
    if (service.db.kind === 'postgres') {
      await Promise.all(posted.slice(3));
      t.equal(told.length, 40, 'the others are answered');
      t.notOk(
        told.some((line) => line.startsWith('ada')),
        'and Ada waits, however many there are',
      );
    }
    held.goOn();
    await Promise.all(posted);
    t.same(
      told.filter((line) => line.startsWith('ada')),
      ['ada copyright/basics recorded', 'ada copyright/global recorded', 'ada copyright/basics no_change'],
    );
  },
);

void onEachDatabase(t, 'a gathering of nothing leaves the intake open for the next', async (t, service) => {
  const intake = openIntake(service);
  t.same(await intake.submit([]), []);
  const [reply] = await intake.submit([submission(record('copyright/basics', 'ada'))]);
  t.equal(body(reply).effect, 'recorded');
});

void onEachDatabase(t, 'drained: everything that was accepted is answered', async (t, service) => {
  const intake = openIntake(service);
  let answered = 0;
  for (let n = 0; n < 10; n += 1)
    void intake.submit([submission(record('copyright/basics', `learner-${n}`))]).then(() => (answered += 1));
  await intake.drained();
  await new Promise((resolve) => setImmediate(resolve));
  t.equal(answered, 10);
});
