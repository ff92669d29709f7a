// PostgreSQL by its connection URI.
import { sql } from 'drizzle-orm';
import t from 'tap';
import { rows } from '../../src/platform/database.ts';
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
  const query = sql`select ${at}::timestamptz = '2026-03-04T10:11:12.345Z' as same, ${{ a: [1] }}::jsonb -> 'a' as list`;
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
