// PostgreSQL by its connection URI.
import { sql } from '../../src/platform/sql.ts';
import t from 'tap';
import { rows, type Tx } from '../../src/platform/database.ts';
import { isConnectionLost } from '../../src/platform/outage.ts';
import { connect, openPostgres } from '../../src/platform/postgres-database.ts';
import { onEachDatabase } from './test-service.ts';
import { silent } from './test-template.ts';

await onEachDatabase(t, 'a server that refuses us is told without our password', async (t, service) => {
  if (service.db.connection.kind !== 'postgres') return t.pass('no server here');
  const url = new URL(service.db.connection.url);
  url.pathname = '/no_such_database';
  url.password = 'hunter2';
  const error = await openPostgres(url.href, 1, silent).catch((thrown: unknown) => thrown as Error);
  t.match((error as Error).message, /DATABASE_URL cannot be used \(3D000\)/);
  t.notMatch((error as Error).message, /hunter2/);
});

await onEachDatabase(t, 'dates and objects may be given to raw queries', async (t, service) => {
  const at = new Date('2026-03-04T10:11:12.345Z');
  const query = sql`select ${at}::timestamptz = '2026-03-04T10:11:12.345Z' as same, ${{ a: [1] } as never}::jsonb -> 'a' as list`;
  t.same(await rows(service.db.read, query), [{ same: true, list: [1] }]);
});

await onEachDatabase(t, 'instants are read alike whatever style of dates the database has', async (t, service) => {
  if (service.db.connection.kind !== 'postgres') return t.pass('ours alone, and as it comes');
  const { url } = service.db.connection;
  const name = decodeURIComponent(new URL(url).pathname.slice(1));
  await service.db.read.execute(sql.raw(`alter database "${name}" set DateStyle to 'SQL, DMY'`));
  const opened = await openPostgres(url, 1, silent);
  const instant = sql`select '2026-03-04T10:11:12.3Z'::timestamptz::text as at`;
  t.same(await rows(opened.drizzle, instant), [{ at: '2026-03-04 10:11:12.3+00' }]);
  await opened.close();
});

await t.test("a socket's folder is taken from ?host=, as libpq does", async (t) => {
  const client = connect('postgres://cairn@localhost:5433/badges?host=/run/postgresql', { max: 1 });
  t.match(client.options, { path: '/run/postgresql/.s.PGSQL.5433', database: 'badges', user: 'cairn' });
  t.notMatch(Object.keys(client.options.connection), ['host']);
  await client.end();
});

await t.test('however often a server was not there, it is asked again within a quarter of a second', async (t) => {
  const client = connect('postgres://cairn@localhost:5433/badges', { max: 1 });
  const { backoff } = client.options as unknown as { backoff: (failures: number) => number };
  for (const failures of [0, 1, 5, 1000]) t.ok(backoff(failures) <= 0.25 && backoff(failures) > 0.1);
  await client.end();
});

await onEachDatabase(
  t,
  'a connection that is lost in a transaction ends that transaction, and nothing else',
  async (t, service) => {
    if (service.db.connection.kind !== 'postgres') return t.pass('no server here');
    const uncaught: unknown[] = [];
    const note = (error: unknown): void => void uncaught.push(error);
    process.on('uncaughtException', note);
    t.teardown(() => process.off('uncaughtException', note));
    const { url } = service.db.connection;
    const opened = await openPostgres(url, 2, silent);
    const killer = connect(url, { max: 1 });
    const pause = (): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, 50));
    const lose = async (tx: Tx): Promise<void> => {
      const [own] = await rows<{ pid: number }>(tx, sql`select pg_backend_pid() as pid`);
      await killer.unsafe('select pg_terminate_backend($1::int)', [own!.pid]);
    };
    const loseSleeper = async (): Promise<void> => {
      const ended = await killer`select pg_terminate_backend(pid) from pg_stat_activity
           where datname = current_database() and query like 'select pg_sleep(200)%' and state = 'active'`;
      if (ended.length === 0) return pause().then(loseSleeper);
    };
    const works: ((tx: Tx) => Promise<unknown>)[] = [
      async (tx) => Promise.all([tx.execute(sql`select pg_sleep(200)`), loseSleeper()]),
      async (tx) => {
        await lose(tx);
        await pause();
        return tx.execute(sql`select 1`);
      },
      async (tx) => {
        await lose(tx);
        await pause();
        return 'with nothing more to say';
      },
    ];
    for (const [n, work] of works.entries()) {
      const failed = await opened.drizzle.transaction(work as never).then(
        () => undefined,
        (error: unknown) => error,
      );
      t.ok(isConnectionLost(failed), `${n}: ${String(failed)}`);
      await pause();
      // The driver may tell the first who asks what was said to the connection that is gone.
      const still = () => rows(opened.drizzle, sql`select 1 as still`);
      t.same(await still().catch(still), [{ still: 1 }]);
    }
    t.same(uncaught, []);
    await killer.end();
    await opened.close();
  },
);
