// The service as a process, and the command line beside it.
import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { makeScratch } from './platform/scratch.ts';
import { freePort } from './platform/server-process.ts';

const program = (name: string): string => fileURLToPath(new URL(`../src/${name}.ts`, import.meta.url));

function run(
  name: string,
  args: string[],
  env: Record<string, string>,
): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [program(name), ...args], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH!, ...env },
  });
}

async function start(env: Record<string, string>): Promise<{ child: ChildProcess; greeting: string }> {
  const child = spawn(process.execPath, [program('server')], {
    env: { PATH: process.env.PATH!, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let greeting = '';
  for await (const chunk of child.stderr!) {
    greeting += String(chunk);
    if (greeting.includes('clients create')) break;
  }
  return { child, greeting };
}

const ended = (child: ChildProcess): Promise<[number | null, string | null]> =>
  new Promise((resolve) => child.once('exit', (code, signal) => resolve([code, signal])));

await t.test('all faults of the settings are told at once, without a stack', async (t) => {
  const { status, stderr } = run('server', [], { PORT: 'x', PUBLIC_URL: 'y' });
  t.equal(status, 1);
  t.match(stderr, /PORT must/);
  t.match(stderr, /PUBLIC_URL must/);
  t.notMatch(stderr, /at .*\.ts:/);
});

await t.test(
  'a service from an empty folder: a second one is refused, commands reach it, it ends in order',
  async (t) => {
    const folder = makeScratch();
    const port = await freePort();
    const env = {
      PORT: String(port),
      HOST: '127.0.0.1',
      DATA_DIR: join(folder, 'data'),
      KEYS_DIR: join(folder, 'keys'),
      LOG_LEVEL: 'warn',
    };
    const { child, greeting } = await start(env);
    t.teardown(() => child.kill('SIGKILL'));
    t.match(greeting, `http://localhost:${port}`);
    t.match(greeting, join(folder, 'keys'));
    t.match(await fetch(`http://127.0.0.1:${port}/readyz`), { status: 200 });

    const second = run('server', [], {
      ...env,
      PORT: String(await freePort()),
      PUBLIC_URL: `http://localhost:${port}`,
    });
    t.equal(second.status, 1);
    t.match(second.stderr, new RegExp(`in use by another Cairn \\(process ${child.pid}\\)`));

    const made = run(
      'cli',
      ['clients', 'create', '--name', 'LMS', '--source', 'https://lms.example', '--scope', 'completions:read'],
      env,
    );
    t.equal(made.status, 0, made.stderr);
    const { client_id: id, client_secret: secret } = JSON.parse(made.stdout) as Record<string, string>;
    const token = await fetch(`http://127.0.0.1:${port}/oauth/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    });
    t.match(await token.json(), { token_type: 'Bearer' });
    t.match(run('cli', ['clients', 'nonsense'], env), { status: 2, stderr: 'Usage' });

    const exit = ended(child);
    child.kill('SIGTERM');
    t.same(await exit, [0, null]);
    t.notOk(existsSync(join(folder, 'data', 'lock')));
    t.notOk(existsSync(join(folder, 'data', 'command.sock')));

    t.match(
      run('cli', ['clients', 'list'], env),
      { status: 0, stdout: id! },
      'without a service the command opens the folder itself',
    );
  },
);

await t.test('whoever ends "npm start" ends the service, in order', async (t) => {
  const folder = makeScratch();
  const env = {
    PORT: String(await freePort()),
    DATA_DIR: join(folder, 'data'),
    KEYS_DIR: join(folder, 'keys'),
    LOG_LEVEL: 'warn',
  };
  const child = spawn('npm', ['start', '--silent'], {
    env: { PATH: process.env.PATH!, HOME: folder, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
    // A group of its own, so that what npm would leave behind can be ended with it.
    detached: true,
  });
  t.teardown(() => {
    try {
      process.kill(-child.pid!, 'SIGKILL');
    } catch {
      // Nothing was left.
    }
  });
  let greeting = '';
  for await (const chunk of child.stderr) {
    greeting += String(chunk);
    if (greeting.includes('clients create')) break;
  }
  const exit = ended(child);
  child.kill('SIGTERM');
  await exit;
  t.notOk(existsSync(join(env.DATA_DIR, 'lock')), 'npm ends when the service has');
});
