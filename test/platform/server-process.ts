// The real server as a process of its own, for tests that kill it, and the command line beside it.
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';

/** Settings of the process, PUBLIC_URL among them, where it is reached. */
export type Env = Record<string, string | undefined>;

let asked = 0;

/**
 * A port of this machine that nobody listens on, and that the machine gives to nobody of itself: below the range from
 * which it takes those of connections (ip(7), `ip_local_port_range`). One of that range may be taken by any connection
 * while a server is away, even by the very one that looks whether it is back. Each process begins at another place.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const server = createServer();
    const port = 11_000 + ((process.pid * 16 + asked++) % 20_000);
    const taken = await new Promise<boolean>((resolve) =>
      server.once('error', () => resolve(true)).listen(port, () => resolve(false)),
    );
    if (taken) continue;
    server.close();
    await once(server, 'close');
    return port;
  }
}

/** Starts it and waits until it is ready, however long that takes. @throws when it ends before */
export async function startProcess(env: Env): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['src/server.ts'], { env: { ...process.env, ...env }, stdio: 'ignore' });
  for (;;) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`the server ended with ${child.exitCode ?? child.signalCode}`);
    const ready = await fetch(`${env.PUBLIC_URL}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ready) return child;
    await setTimeout(50);
  }
}

/** Sends a signal and waits until the process is gone. */
export async function endProcess(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
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
