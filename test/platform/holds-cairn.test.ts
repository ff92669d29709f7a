// An empty database is told from a Cairn's, and stays empty.
import { sql } from '../../src/platform/sql.ts';
import t from 'tap';
import { holdsCairn } from '../../src/platform/holds-cairn.ts';
import { onEachDatabase } from './test-service.ts';

await onEachDatabase(t, 'a database is asked and not made', async (t, service) => {
  if (service.db.connection.kind !== 'postgres') return t.pass('no server here');
  const { url } = service.db.connection;
  t.equal(await holdsCairn(url), true);
  const empty = new URL(url);
  empty.pathname = `${empty.pathname}_empty`;
  await service.db.read.execute(sql.raw(`create database "${empty.pathname.slice(1)}" template template0`));
  t.equal(await holdsCairn(empty.href), false);
  t.equal(await holdsCairn(empty.href), false, 'and asking made nothing');
  empty.pathname = '/no_such_database';
  await t.rejects(holdsCairn(empty.href));
});
