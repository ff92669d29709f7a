// The real server as a process of its own, for tests that kill it, and the command line beside it.
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';

/** Settings of the process, PUBLIC_URL among them, where it is reached. */
export type Env = Record<string, string | undefined>;

/** A port of this machine that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, 'localhost');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Starts it and waits until it is ready. @throws when it ends before, or is not ready within a minute */
export async function startProcess(env: Env): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['src/server.ts'], { env: { ...process.env, ...env }, stdio: 'ignore' });
  for (let waited = 0; waited < 60_000; waited += 50) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`);
    const ready = await fetch(`${env.PUBLIC_URL}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ready) return child;
    await setTimeout(50);
  }
  throw new Error('the server did not become ready');
}

/** Sends a signal and waits until the process is gone. */
export async function endProcess(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}

/** Runs a command of `cairn` under the settings of a server. */
export async function runCairn(env: Env, ...args: string[]): Promise<{ stdout: string; stderr: string }> {
  return await promisify(execFile)(process.execPath, ['src/cli.ts', ...args], { env: { ...process.env, ...env } });
}

/** Makes a client of a source. @returns an access token with these scopes */
export async function makeToken(env: Env, source: string, ...scopes: string[]): Promise<string> {
  const asked = scopes.flatMap((scope) => ['--scope', scope]);
  const { stdout } = await runCairn(env, 'clients', 'create', '--name', 'test', '--source', source, ...asked);
  const { client_id: id, client_secret: secret } = JSON.parse(stdout) as Record<string, string>;
  const answer = await fetch(`${env.PUBLIC_URL}/oauth/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${id}:${secret}`)}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  return ((await answer.json()) as { access_token: string }).access_token;
}
