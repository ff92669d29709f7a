// One process at a time in a data folder.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { FolderInUseError, lockFolder } from '../../src/platform/data-folder-lock.ts';

await t.test('a folder in use is refused with a sentence that says by whom and what helps', async (t) => {
  const folder = t.testdir();
  const lock = await lockFolder(folder);
  await t.rejects(lockFolder(folder), FolderInUseError);
  await t.rejects(lockFolder(folder), new RegExp(`process ${process.pid}.*DATA_DIR.*DATABASE_URL`));
  lock.release();
  (await lockFolder(folder)).release();
  t.same(readdirSync(folder), []);
});

await t.test('another process is refused too', async (t) => {
  const folder = t.testdir();
  const lock = await lockFolder(folder);
  const url = new URL('../../src/platform/data-folder-lock.ts', import.meta.url);
  const script = `import { lockFolder } from '${url}'; await lockFolder(${JSON.stringify(folder)});`;
  const other = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  t.not(other.status, 0);
  t.match(other.stderr, /in use by another Cairn/);
  lock.release();
});

const holder = (folder: string): Record<string, unknown> =>
  JSON.parse(readFileSync(join(folder, 'lock'), 'utf8')) as never;

await t.test('a dead holder makes room: gone, rebooted, or its pid given to another process', async (t) => {
  const own = holder(t.testdir({ lock: '{}' }));
  t.same(own, {});
  const folder = t.testdir();
  const first = await lockFolder(folder);
  const alive = holder(folder);
  first.release();
  const gone = spawnSync('true').pid;
  for (const change of [{ pid: gone }, { boot: 'another boot' }, { startedTicks: '1' }]) {
    writeFileSync(join(folder, 'lock'), JSON.stringify({ ...alive, ...change }));
    (await lockFolder(folder)).release();
  }
});

await t.test('on another host a holder is alive as long as its heart beats', async (t) => {
  const folder = t.testdir({ lock: JSON.stringify({ pid: 1, host: `not-${hostname()}`, startedTicks: '', boot: '' }) });
  await t.rejects(lockFolder(folder), /on not-/);
  const longAgo = new Date(Date.now() - 60_000);
  utimesSync(join(folder, 'lock'), longAgo, longAgo);
  (await lockFolder(folder)).release();
});

await t.test('of many that find a dead lock at once, one takes it', async (t) => {
  const folder = t.testdir({
    lock: JSON.stringify({ pid: spawnSync('true').pid, host: hostname(), startedTicks: '', boot: '' }),
  });
  const tried = await Promise.allSettled(Array.from({ length: 8 }, () => lockFolder(folder)));
  t.equal(tried.filter(({ status }) => status === 'fulfilled').length, 1);
  for (const outcome of tried) if (outcome.status === 'fulfilled') outcome.value.release();
});

await t.test("an unreadable lock is taken over, and releasing spares what is another's", async (t) => {
  const folder = t.testdir({ lock: 'garbage' });
  const lock = await lockFolder(folder);
  writeFileSync(join(folder, 'lock'), 'somebody else');
  lock.release();
  t.same(readdirSync(folder), ['lock']);
});
