// PGlite in a folder: made once, held by one process, and nothing acknowledged is lost.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from '../../src/platform/sql.ts';
import t from 'tap';
import { FolderInUseError } from '../../src/platform/data-folder-lock.ts';
import { openDatabase, rows } from '../../src/platform/database.ts';
import type { Database } from '../../src/platform/database.ts';
import { readMigrations } from '../../src/platform/migrations.ts';
import { silent, testConfig } from './test-template.ts';
import { makeScratch } from './scratch.ts';

const open = (dataDir: string): Promise<Database> => openDatabase(testConfig('unused', { dataDir }), silent);

/** Runs a writer in the folder and kills it in the middle; gives what it had acknowledged. */
async function writeAndKill(dataDir: string, run: number): Promise<string[]> {
  const script = fileURLToPath(new URL('embedded-crash.ts', import.meta.url));
  const child = spawn(process.execPath, [script, dataDir, String(run)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  for await (const chunk of child.stdout) {
    said += String(chunk);
    if (said.split('\n').length > 40) child.kill('SIGKILL');
  }
  return said.split('\n').slice(1, -1);
}

await t.test('killed in mid-write, three times: every acknowledged row is there', async (t) => {
  const dataDir = join(makeScratch(), 'data');
  const acknowledged: string[] = [];
  for (let run = 0; run < 3; run++) acknowledged.push(...(await writeAndKill(dataDir, run)));
  t.ok(acknowledged.length >= 100);
  const db = await open(dataDir);
  const found = await rows<{ name: string }>(db.read, sql`select name from settings`);
  await db.close();
  const names = new Set(found.map(({ name }) => name));
  t.same(
    acknowledged.filter((name) => !names.has(name)),
    [],
  );
});

await t.test('a folder is closed to others, held by one, and opened again', async (t) => {
  const dataDir = join(makeScratch(), 'data');
  const db = await open(dataDir);
  t.same(
    db.migrated,
    readMigrations().map(({ name }) => name),
  );
  t.equal(statSync(dataDir).mode & 0o777, 0o700);
  await t.rejects(open(dataDir), FolderInUseError);
  const [set] = await rows(
    db.read,
    sql`select current_setting('fsync') as fsync, current_setting('synchronous_commit') as wait,
               current_setting('wal_sync_method') as method, current_setting('TimeZone') as zone`,
  );
  t.same(set, { fsync: 'on', wait: 'on', method: 'fsync', zone: 'UTC' });
  await db.close();
  t.notOk(existsSync(join(dataDir, 'lock')));
  t.same(readdirSync(dataDir), ['postgres']);
  const again = await open(dataDir);
  t.same(again.migrated, []);
  await again.close();
});

await t.test('a start that was cut short before the folder was whole begins again', async (t) => {
  const dataDir = t.testdir({ 'postgres.making': { PG_VERSION: '18', 'half a': 'file' } });
  const db = await open(dataDir);
  t.ok(db.migrated.length > 0);
  t.notOk(existsSync(join(dataDir, 'postgres.making')));
  await db.close();
});
