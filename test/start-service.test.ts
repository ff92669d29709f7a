// A start that cannot be.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import t from 'tap';
import type { Test } from 'tap';
import { lockFolder } from '../src/platform/data-folder-lock.ts';
import { startService } from '../src/start-service.ts';
import { openPostgres } from '../src/platform/postgres-database.ts';
import { makeScratch } from './platform/scratch.ts';
import { initCluster, postgresFound, startServer } from './platform/test-postgres.ts';
import { silent } from './platform/test-template.ts';

/** What a start that fails says; it sets the exit code, which is put back. */
async function failure(t: Test, env: Record<string, string>): Promise<string> {
  const said = t.capture(process.stderr, 'write', () => true);
  const before = process.exitCode;
  try {
    await startService({ LOG_LEVEL: 'silent', ...env });
    t.equal(process.exitCode, 1);
  } finally {
    process.exitCode = before;
  }
  return said()
    .map(({ args }) => String(args[0]))
    .join('');
}

await t.test('each reason is told in sentences, without a stack, and nothing stays open', async (t) => {
  const folder = makeScratch();
  const env = { DATA_DIR: join(folder, 'data'), KEYS_DIR: join(folder, 'keys') };

  await t.test('settings', async (t) => {
    const said = await failure(t, { PORT: 'x', PUBLIC_URL: 'y' });
    t.match(said, /PORT must.*\n.*PUBLIC_URL must/);
    t.notMatch(said, /\n\s+at /);
  });

  await t.test('a port that is taken', async (t) => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const said = await failure(t, {
      ...env,
      HOST: '127.0.0.1',
      PORT: String(port),
      PUBLIC_URL: 'http://localhost:3000',
    });
    t.match(said, `Port ${port} is taken`);
    await new Promise((resolve) => other.close(resolve));
  });

  await t.test('a host that is not this machine', async (t) => {
    const said = await failure(t, { ...env, HOST: '192.0.2.1', PORT: '0', PUBLIC_URL: 'http://localhost:3000' });
    t.match(said, /HOST is no address of this machine/);
    t.notMatch(said, /\n\s+at /);
  });

  await t.test('another public URL', async (t) => {
    t.match(await failure(t, { ...env, PUBLIC_URL: 'http://localhost:4000' }), /belongs to http:\/\/localhost:3000/);
  });

  await t.test('a folder in use', async (t) => {
    const lock = await lockFolder(env.DATA_DIR);
    t.match(await failure(t, env), /in use by another Cairn/);
    lock.release();
  });

  await t.test('keys that are not here', async (t) => {
    t.match(
      await failure(t, { ...env, KEYS_DIR: join(folder, 'other') }),
      /private part of the active data-integrity key z6Mk/,
    );
  });

  await t.test('keys that are encrypted', async (t) => {
    const sealed = readdirSync(env.KEYS_DIR).map((file) => join(env.KEYS_DIR, file.replace(/pem$/, 'sealed')));
    for (const file of sealed) writeFileSync(file, '{}');
    const said = await failure(t, env);
    t.match(said, /is encrypted: set KEYS_PASSPHRASE/);
    const other = await failure(t, { ...env, KEYS_PASSPHRASE: 'correct horse battery' });
    t.match(other, /KEYS_PASSPHRASE is another one/);
    t.notMatch(said + other, /\n\s+at /);
    for (const file of sealed) rmSync(file);
  });
});

await t.test('folders that are none, and a folder that holds something else', async (t) => {
  const folder = makeScratch();
  const [file, data] = [join(folder, 'file'), join(folder, 'data')];
  writeFileSync(file, '');
  const said = await failure(t, { DATA_DIR: file });
  t.match(said, `DATA_DIR (${file}) cannot be used: EEXIST`);
  t.notMatch(said, /\n\s+at /);
  mkdirSync(join(data, 'postgres'), { recursive: true });
  writeFileSync(join(data, 'postgres', 'PG_VERSION'), '17\n');
  t.match(await failure(t, { DATA_DIR: data }), /embedded database in .* does not start; its disk has \d+ MiB left/);
});

const skip = postgresFound ? false : 'NO POSTGRESQL FOUND';
await t.test('a role without rights: it is told what it lacks, and the process can end', { skip }, async (t) => {
  const folder = makeScratch();
  initCluster(join(folder, 'cluster'));
  const server = await startServer(join(folder, 'cluster'));
  t.teardown(() => server.stop());
  const admin = await openPostgres(server.url('postgres'), 1, silent, []);
  await admin.drizzle.execute('create role weak login');
  const url = server.url('postgres').replace('//postgres@', '//weak@');
  const env = { DATABASE_URL: url, KEYS_DIR: join(folder, 'keys') };
  t.match(await failure(t, env), /permission denied for schema public.*alter database NAME owner to ROLE/);
  await admin.drizzle.execute('grant create on schema public to weak');
  t.match(await failure(t, env), /permission denied for database postgres.*alter database NAME owner to ROLE/);
  const left = `select 1 from pg_stat_activity where usename = 'weak'`;
  // A connection that was ended is listed for a moment more; one that is kept would hold this up for ever.
  while (((await admin.drizzle.execute(left)) as unknown as unknown[]).length > 0) await setTimeout(20);
  await admin.close();
});
