// The open service.
import t from 'tap';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { guardedDatabase } from '../../src/platform/database.ts';
import { KEY_USES } from '../../src/platform/key-ring.ts';
import { openPostgres } from '../../src/platform/postgres-database.ts';
import { closeService, openService, openServiceOn } from '../../src/platform/service.ts';
import { openTestService } from './test-service.ts';
import { postgresFound } from './test-postgres.ts';
import { silent, testConfig } from './test-template.ts';
import { makeScratch } from './scratch.ts';

await t.test('an empty folder becomes a service; one that cannot be opened leaves no lock behind', async (t) => {
  const folder = makeScratch();
  const config = testConfig(join(folder, 'keys'), { dataDir: join(folder, 'data') });
  const service = await openService(config, silent);
  t.ok(service.keys.ready());
  t.ok(service.now() instanceof Date);
  t.equal(service.random(8).length, 8);
  await closeService(service);
  await t.rejects(openService({ ...config, publicUrl: 'https://other.example' }, silent), /belongs to/);
  t.notOk(existsSync(join(folder, 'data', 'lock')));
});

const skip = !postgresFound && 'no PostgreSQL';
await t.test('three that start on an empty database at once are one service', { skip }, async (t) => {
  const other = await openTestService('postgres');
  t.teardown(() => other.close());
  await other.db.read.execute('create database empty');
  const databaseUrl = other.config.databaseUrl!.replace(/\/test_\d+/, '/empty');
  const config = testConfig(join(makeScratch(), 'keys'), { databaseUrl });
  const replicas = await Promise.all(
    [1, 2, 3].map(async () =>
      openServiceOn(guardedDatabase(await openPostgres(databaseUrl, 3, silent)), config, silent),
    ),
  );
  t.teardown(() => Promise.all(replicas.map(closeService)));
  const kids = replicas.map(({ keys }) => KEY_USES.flatMap((use) => keys.keys(use).map(({ kid }) => kid)));
  t.equal(kids[0]?.length, 2 * KEY_USES.length, 'an active and a next key of each use');
  t.same(kids[1], kids[0]);
  t.same(kids[2], kids[0]);
  t.ok(replicas.every(({ keys }) => keys.ready()));
  t.equal(new Set(replicas.map(({ keyedHash }) => keyedHash('ada'))).size, 1);
});
