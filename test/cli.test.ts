// The command line without a service.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { openCommandSocket } from '../src/platform/command-socket.ts';
import { lockFolder } from '../src/platform/data-folder-lock.ts';

const program = fileURLToPath(new URL('../src/cli.ts', import.meta.url));

function run(args: string[], cwd: string): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [program, ...args], { encoding: 'utf8', cwd, env: { PATH: process.env.PATH! } });
}

await t.test('help is help, and what is not understood answers 2 with it', async (t) => {
  const folder = t.testdir({});
  t.match(run(['help'], folder), { status: 0, stdout: /clients.*keys.*verify/s });
  t.match(run([], folder), { status: 2, stderr: 'Usage' });
  const named = /tracks (\S+)/.exec(run(['help'], folder).stdout)![1]!.split('|');
  const { stderr } = run(['tracks'], folder);
  for (const one of named) t.match(stderr, `cairn tracks ${one}`, 'what the help names there is');
  t.match(run(['frobnicate'], folder), { status: 2, stderr: 'There is no command frobnicate' });
  t.same(readdirSync(folder), []);
});

await t.test('verify and tracks open no database', async (t) => {
  const folder = t.testdir({});
  writeFileSync(join(folder, 'badge.json'), '{}');
  writeFileSync(join(folder, 'map.json'), '{}');
  const verified = run(['verify', 'badge.json', '--documents', 'map.json', '--json'], folder);
  t.match(JSON.parse(verified.stdout), { outcome: 'invalid' });
  t.equal(verified.status, 1);
  t.match(run(['tracks', 'list'], folder), { status: 0, stdout: 'librarian' });
  t.same(readdirSync(folder).sort(), ['badge.json', 'map.json']);
});

await t.test('wrong settings are told, not thrown', async (t) => {
  const told = spawnSync(process.execPath, [program, 'clients', 'list'], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH!, DATABASE_URL: 'mysql://x' },
  });
  t.match(told, { status: 1, stderr: 'DATABASE_URL must be' });
  t.notMatch(told.stderr, /at .*\.ts:/);
});

await t.test('a command that meets a service which is starting waits, and is handed to it', async (t) => {
  const folder = t.testdir({ data: {} });
  const dataDir = join(folder, 'data');
  const lock = await lockFolder(dataDir);
  const child = spawn(process.execPath, [program, 'clients', 'list'], {
    env: { PATH: process.env.PATH!, DATA_DIR: dataDir, KEYS_DIR: join(folder, 'keys') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  t.teardown(() => child.kill('SIGKILL'));
  let told = '';
  child.stdout.on('data', (text: Buffer) => (told += text.toString()));
  const [said] = (await once(child.stderr, 'data')) as [Buffer];
  t.match(said.toString(), 'The service is starting');
  const socket = await openCommandSocket(dataDir, async (args, out) => {
    out.write(`the service was told ${args.join(' ')}`);
    return 7;
  });
  const [code] = (await once(child, 'close')) as [number];
  t.same([code, told], [7, 'the service was told clients list']);
  await socket.close();
  lock.release();
});
