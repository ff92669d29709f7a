// Jobs exist exactly when their cause does.
import { setTimeout } from 'node:timers/promises';
import { sql } from '../../src/platform/sql.ts';
import type postgres from 'postgres';
import t from 'tap';
import { rows } from '../../src/platform/database.ts';
import { fromPostgres, openJobs } from '../../src/platform/jobs.ts';
import { onEachDatabase } from './test-service.ts';
import type { TestService } from './test-service.ts';

const QUEUE = 'credentials-issued';

/** Waits until something holds; a test that would wait for ever is ended by tap. */
async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await setTimeout(10);
}

const stored = async (service: TestService): Promise<number> => {
  const [found] = await rows<{ n: number }>(
    service.db.read,
    sql`select count(*) as n from pgboss.job where name = ${QUEUE}`,
  );
  return Number(found!.n);
};

await onEachDatabase(
  t,
  'a job of a transaction that is rolled back never runs; one of a committed one does',
  async (t, service) => {
    const ran: object[] = [];
    await service.jobs.work(QUEUE, async (payload: object) => void ran.push(payload));
    await service.jobs.start();
    const failing = service.db.transaction(async (tx) => {
      await service.jobs.send(tx, QUEUE, { of: 'the rolled back' });
      throw new Error('no');
    });
    await t.rejects(failing);
    t.equal(await stored(service), 0);
    await service.db.transaction((tx) => service.jobs.send(tx, QUEUE, { of: 'the committed' }));
    await until(() => ran.length > 0);
    t.same(ran, [{ of: 'the committed' }]);
  },
);

await onEachDatabase(t, 'jobs sent before anybody works wait', async (t, service) => {
  await service.db.transaction(async (tx) => {
    for (let n = 0; n < 20; n++) await service.jobs.send(tx, QUEUE, { n });
  });
  t.match(await service.jobs.counts(), Array);
  const ran = new Set<number>();
  await service.jobs.work(QUEUE, async ({ n }: { n: number }) => void ran.add(n));
  t.notOk(service.jobs.ready());
  await service.jobs.start();
  t.ok(service.jobs.ready());
  await until(() => ran.size === 20);
  t.equal(ran.size, 20);
});

await onEachDatabase(
  t,
  "a job that fails is tried again later, without a word of its error's parameters",
  async (t, service) => {
    let tries = 0;
    await service.jobs.work(QUEUE, async () => {
      tries++;
      await service.db.read.execute(
        sql`insert into settings (name, value, set_at) values ('public_url', 'ada@example.edu', now())`,
      );
    });
    await service.db.transaction((tx) => service.jobs.send(tx, QUEUE, {}));
    await service.jobs.start();
    const state = async () =>
      (
        await rows<{ state: string; output: unknown; later: boolean }>(
          service.db.read,
          sql`select state, output, start_after > started_on + interval '2 seconds' as later
              from pgboss.job where name = ${QUEUE}`,
        )
      )[0]!;
    let after = await state();
    for (; after.state !== 'retry'; after = await state()) await setTimeout(10);
    t.ok(tries > 0);
    t.ok(after.later);
    t.notMatch(JSON.stringify(after), /ada@example/);
    t.match(JSON.stringify(after), /23505/);
  },
);

await onEachDatabase(
  t,
  'what fails for good lies in the dead-letter queue, with what it was about',
  async (t, service) => {
    await service.jobs.work(QUEUE, async () => {
      throw new Error('never');
    });
    await service.db.transaction(async (tx) => {
      await service.jobs.send(tx, QUEUE, { about: 'this' });
      await tx.execute(sql`update pgboss.job set retry_limit = 0 where name = ${QUEUE}`);
    });
    await service.jobs.start();
    const dead = () =>
      rows<{ data: object }>(service.db.read, sql`select data from pgboss.job where name = 'dead-letter'`);
    await until(async () => (await dead()).length > 0);
    t.match(await dead(), [{ data: { about: 'this' } }]);
  },
);

await onEachDatabase(t, 'a singleton key keeps one waiting job', async (t, service) => {
  for (let i = 0; i < 3; i++) {
    await service.db.transaction((tx) =>
      service.jobs.send(tx, QUEUE, { i }, { singletonKey: 'one', startAfterSeconds: 60 }),
    );
  }
  t.equal(await stored(service), 1);
});

await onEachDatabase(t, 'an unknown queue is refused by name', async (t, service) => {
  await t.rejects(
    service.db.transaction((tx) => service.jobs.send(tx, 'no-such', {})),
    /There is no queue no-such/,
  );
  await t.rejects(
    service.jobs.work('no-such', async () => {}),
    /no-such/,
  );
});

const patient = { shutdownTimeoutMs: 120_000 };
await onEachDatabase(
  t,
  'stopping lets a running job end',
  async (t, service) => {
    let ended = false;
    let begun = false;
    await service.jobs.work(QUEUE, async () => {
      begun = true;
      await setTimeout(200);
      ended = true;
    });
    await service.db.transaction((tx) => service.jobs.send(tx, QUEUE, {}));
    await service.jobs.start();
    await until(() => begun);
    await service.jobs.stop();
    t.ok(ended);
  },
  patient,
);

await onEachDatabase(t, 'a queue that was made at this start takes a job inside a transaction', async (t, service) => {
  await service.db.transaction((tx) => tx.execute(sql`select pgboss.delete_queue(${QUEUE})`));
  const jobs = await openJobs(service.db, service.log, 1000);
  t.teardown(() => jobs.stop());
  await service.db.transaction((tx) => jobs.send(tx, QUEUE, { of: 'a new queue' }));
  t.equal(await stored(service), 1);
});

await t.test('a statement that is never answered is given up, so that a queue goes on after an outage', async (t) => {
  const never = () => new Promise<never>(() => {});
  const deaf = { unsafe: never, reserve: never } as unknown as postgres.Sql;
  const { executeSql } = fromPostgres(deaf, 1);
  const kept = setInterval(() => {}, 1000);
  t.teardown(() => clearInterval(kept));
  await t.rejects(executeSql('select $1', [1]), /did not answer the job queue in time/);
  await t.rejects(executeSql('select 1; select 2'), /did not answer the job queue in time/);
});
