// The schema brought up to date.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import t from 'tap';
import { CREATE_MIGRATIONS_TABLE, migrate, readMigrations } from '../../src/platform/migrations.ts';
import type { Migration, MigrationTarget } from '../../src/platform/migrations.ts';
import { openPostgres } from '../../src/platform/postgres-database.ts';
import { onEachDatabase } from './test-service.ts';
import { silent } from './test-template.ts';

function fakeTarget(): MigrationTarget & { scripts: string[]; known: { name: string; digest: string }[] } {
  const known: { name: string; digest: string }[] = [];
  const scripts: string[] = [];
  return {
    known,
    scripts,
    applied: async () => known,
    exclusively: (work) => work(),
    run: async (script) => void scripts.push(script),
  };
}

const one: Migration = { name: '0000_a', digest: 'd0', script: 'create table a ()' };
const two: Migration = { name: '0001_b', digest: 'd1', script: 'create table b ()' };

await t.test('what is missing is applied in one script, and nothing twice', async (t) => {
  const target = fakeTarget();
  target.known.push({ name: '0000_a', digest: 'd0' });
  t.same(await migrate(target, [one, two]), ['0001_b']);
  t.equal(target.scripts.length, 1);
  t.match(target.scripts[0], /create table b/);
  t.notMatch(target.scripts[0], /create table a \(/);
  t.ok(target.scripts[0]!.startsWith(CREATE_MIGRATIONS_TABLE));
  target.known.push({ name: '0001_b', digest: 'd1' });
  t.same(await migrate(target, [one, two]), []);
});

await t.test('a migration from an older branch is not skipped', async (t) => {
  const target = fakeTarget();
  target.known.push({ name: '0001_b', digest: 'd1' });
  t.same(await migrate(target, [one, two]), ['0000_a']);
});

await t.test('a newer database and an edited migration are refused', async (t) => {
  const target = fakeTarget();
  target.known.push({ name: '0002_c', digest: 'd2' });
  await t.rejects(migrate(target, [one, two]), /0002_c.*run the newer one/);
  target.known.splice(0, 1, { name: '0000_a', digest: 'other' });
  await t.rejects(migrate(target, [one]), /0000_a was changed/);
});

await t.test('ours are read in their order', async (t) => {
  const names = readMigrations().map(({ name }) => name);
  t.ok(names.length > 0);
  t.same(names, [...names].sort());
  const folder = t.testdir({});
  mkdirSync(join(folder, 'meta'));
  writeFileSync(join(folder, 'meta', '_journal.json'), '{"entries":[{"tag":"0000_x"}]}');
  writeFileSync(join(folder, '0000_x.sql'), 'select 1');
  t.match(readMigrations(pathToFileURL(`${folder}/`)), [{ name: '0000_x', script: 'select 1' }]);
});

await onEachDatabase(t, 'eight that start at once migrate a database once', async (t, service) => {
  if (service.db.connection.kind !== 'postgres') return t.pass('one process alone');
  const { url } = service.db.connection;
  const more = [...readMigrations(), { name: '9999_z', digest: 'dz', script: 'create table only_once ()' }];
  const opened = await Promise.all(Array.from({ length: 8 }, () => openPostgres(url, 1, silent, more)));
  t.same(
    opened.flatMap(({ migrated }) => migrated),
    ['9999_z'],
  );
  await Promise.all(opened.map((one) => one.close()));
});

await onEachDatabase(t, 'a migration that fails leaves nothing', async (t, service) => {
  if (service.db.connection.kind !== 'postgres') return t.pass('the same runner');
  const { url } = service.db.connection;
  const broken = [
    ...readMigrations(),
    { name: '9999_z', digest: 'dz', script: 'create table half (); select nonsense' },
  ];
  await t.rejects(openPostgres(url, 1, silent, broken));
  const again = await openPostgres(url, 1, silent);
  await t.rejects(again.drizzle.execute('select * from half'));
  await again.close();
});
