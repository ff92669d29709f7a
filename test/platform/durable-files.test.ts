// fsync reaches the disk.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import t from 'tap';
import type { Test } from 'tap';
import { DurableFS, holdsDatabase, syncFolder } from '../../src/platform/durable-files.ts';
import { unpackImage } from '../../src/platform/unpack-image.ts';

/** Counts the calls of fsyncSync, those by its imported name too. */
function countSyncs(t: Test): () => unknown[] {
  const calls = t.capture(fs, 'fsyncSync', fs.fsyncSync);
  syncBuiltinESMExports();
  t.teardown(() => syncBuiltinESMExports());
  return calls;
}

await t.test('a commit calls fsync on a file of the write-ahead log', async (t) => {
  const folder = join(t.testdir(), 'pg');
  const startParams = [
    ...PGlite.defaultStartParams.filter((one) => one !== '-F'),
    '-c',
    'fsync=on',
    '-c',
    'wal_sync_method=fsync',
  ];
  t.notOk(holdsDatabase(folder));
  await unpackImage(folder);
  t.ok(holdsDatabase(folder));
  const pglite = await PGlite.create({ fs: new DurableFS(folder), startParams });
  await pglite.exec('create table t (a int)');
  const calls = countSyncs(t);
  await pglite.query('select 1');
  t.equal(calls().length, 0, 'reading syncs nothing');
  await pglite.query('insert into t values (1)');
  t.ok(calls().length >= 1, 'a commit does');
  await pglite.close();
});

await t.test('a whole folder is synced, its own entry too', async (t) => {
  const folder = t.testdir({ a: 'x', inner: { b: 'y' } });
  const one = await open(folder);
  const calls = t.capture(Object.getPrototypeOf(one) as typeof one, 'sync');
  await one.close();
  await syncFolder(folder);
  t.equal(calls().length, 4);
});
