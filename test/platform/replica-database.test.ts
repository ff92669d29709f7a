// A real streaming replica: whoever wrote reads what he wrote, however far the replica is behind, and when it is gone.
import { appendFileSync, chmodSync, cpSync, symlinkSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from '../../src/platform/sql.ts';
import t from 'tap';
import { rows, type Tx } from '../../src/platform/database.ts';
import { openPostgres, openReadOnly } from '../../src/platform/postgres-database.ts';
import { placeOf, readFromReplica } from '../../src/platform/replica-database.ts';
import { makeScratch } from './scratch.ts';
import { postgresFound, startServer, type TestServer } from './test-postgres.ts';
import { prepareTemplate, silent } from './test-template.ts';

await t.test('places in the log are in their order', async (t) => {
  t.equal(placeOf('0/0'), 0n);
  t.equal(placeOf('16/B374D848'), 0x16b374d848n);
  t.ok(placeOf('2/0') > placeOf('1/FFFFFFFF'));
});

const skip = !postgresFound && 'no PostgreSQL';

await t.test('reads are as true as on the primary', { skip }, async (t) => {
  const cluster = join(makeScratch(), 'cluster');
  cpSync(join(await prepareTemplate('postgres'), 'cluster'), cluster, { recursive: true });
  chmodSync(cluster, 0o700);
  const primary = await startServer(cluster, true);
  t.teardown(() => primary.stop());
  const copy = join(makeScratch(), 'copy');
  primary.copyTo(copy);
  const standby = await startServer(copy, true);
  const opened = await openPostgres(primary.url('cairn_template'), 4, silent);
  const database = readFromReplica(opened, standby.url('cairn_template'), 4, silent);
  t.teardown(() => database.close());
  const onStandby = openReadOnly(standby.url('cairn_template'), 1);

  await opened.drizzle.execute(sql`create table written (n integer)`);
  const isStandby = async (tx: Tx): Promise<boolean> =>
    (await rows<{ yes: boolean }>(tx, sql`select pg_is_in_recovery() as yes`))[0]!.yes;
  const read = async (tx: Tx): Promise<{ last: number; standby: boolean }> => ({
    last: (await rows<{ last: number }>(tx, sql`select max(n) as last from written`))[0]!.last,
    standby: await isStandby(tx),
  });
  const write = (n: number): Promise<unknown> => opened.drizzle.execute(sql`insert into written values (${n})`);

  // When it has replayed what made it, and what was written last; on a busy machine not at once.
  const untilStandby = async (): Promise<void> => {
    while (!(await database.reading!(isStandby))) await new Promise((resolve) => setTimeout(resolve, 50));
  };
  await untilStandby();

  let [fresh, fromStandby] = [0, 0];
  for (let n = 1; n <= 100; n += 1) {
    await write(n);
    const answers = await Promise.all([database.reading!(read), database.reading!(read)]);
    fresh += answers.filter((one) => one.last === n).length;
    fromStandby += answers.filter((one) => one.standby).length;
  }
  t.equal(fresh, 200, 'each read sees the write before it');
  t.comment(`${fromStandby} of 200 reads were the replica's`);
  await untilStandby();
  t.same(await database.reading!(read).then(({ last }) => last), 100, 'which the replica is asked for again');

  await onStandby.drizzle.execute(sql`select pg_wal_replay_pause()`);
  await write(101);
  t.same(await database.reading!(read), { last: 101, standby: false }, 'one that lags is left');
  await onStandby.drizzle.execute(sql`select pg_wal_replay_resume()`);

  await t.rejects(
    database.reading!((tx) => rows(tx, sql`select nonsense`)),
    /nonsense/,
    'a query that is wrong fails',
  );
  await onStandby.close();
  await standby.stop();
  await write(102);
  t.same(await database.reading!(read), { last: 102, standby: false }, 'one that is gone is done without');
  t.same(await database.reading!(read), { last: 102, standby: false }, 'and not asked each time');
});

await t.test('one that was put up anew from an old copy is not believed', { skip }, async (t) => {
  const cluster = join(makeScratch(), 'cluster');
  cpSync(join(await prepareTemplate('postgres'), 'cluster'), cluster, { recursive: true });
  chmodSync(cluster, 0o700);
  const primary = await startServer(cluster, true);
  t.teardown(() => primary.stop());
  const opened = await openPostgres(primary.url('cairn_template'), 4, silent);
  await opened.drizzle.execute(sql`create table written (n integer)`);
  await opened.drizzle.execute(sql`insert into written values (1)`);
  const [old, copy] = [join(makeScratch(), 'old'), join(makeScratch(), 'copy')];
  for (const folder of [old, copy]) primary.copyTo(folder);
  // It replays nothing more.
  appendFileSync(join(old, 'postgresql.auto.conf'), "primary_conninfo = ''\n");
  await opened.drizzle.execute(sql`insert into written values (2)`);

  const standby = await startServer(copy, true);
  const door = join(makeScratch(), 'door');
  const openDoor = (server: TestServer): void => symlinkSync(new URL(server.url('x')).searchParams.get('host')!, door);
  openDoor(standby);
  const database = readFromReplica(opened, `postgres://postgres@localhost/cairn_template?host=${door}`, 4, silent);
  t.teardown(() => database.close());
  const read = async (tx: Tx): Promise<{ last: number; standby: boolean }> =>
    (
      await rows<{ last: number; standby: boolean }>(
        tx,
        sql`select max(n) as last, pg_is_in_recovery() as standby from written`,
      )
    )[0]!;
  while (!(await database.reading!(read)).standby) await new Promise((resolve) => setTimeout(resolve, 50));

  await standby.stop();
  unlinkSync(door);
  const stale = await startServer(old, true);
  t.teardown(() => stale.stop());
  openDoor(stale);
  for (let n = 0; n < 10; n += 1) t.equal((await database.reading!(read)).last, 2);
});
