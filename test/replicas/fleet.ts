// Replicas for a test: real server processes on one PostgreSQL behind a plain round-robin proxy, without sticky sessions.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { freePort } from '../platform/server-process.ts';

type Env = Record<string, string | undefined>;

export interface Replica {
  url: string;
  child: ChildProcess;
}

export interface Fleet {
  /** Where the world reaches it: the proxy. */
  url: string;
  replicas: Replica[];
  /** Kills one without a word. */
  kill(n: number): Promise<void>;
  /** Starts it again at its old address; resolves when it is ready. */
  revive(n: number): Promise<void>;
  /** Ends all of them in good order; gives their exit codes. */
  stop(): Promise<(number | null)[]>;
}

/** Hands each request to the next replica. One that is gone is a 502, an answer that breaks off a broken connection. */
function openProxy(ports: number[]): Server {
  let next = 0;
  return createServer((incoming: IncomingMessage, outgoing: ServerResponse) => {
    const port = ports[next++ % ports.length]!;
    const { method, url, headers } = incoming;
    const onward = request({ host: '127.0.0.1', port, method, path: url, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode!, answer.headers);
      answer.on('error', () => outgoing.destroy());
      answer.pipe(outgoing);
    });
    onward.on('error', () => (outgoing.headersSent ? outgoing.destroy() : outgoing.writeHead(502).end()));
    incoming.pipe(onward);
  });
}

async function start(env: Env, port: number): Promise<Replica> {
  const child = spawn(process.execPath, ['src/server.ts'], {
    env: { ...process.env, ...env, PORT: String(port), HOST: '127.0.0.1' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr!.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-2000)));
  const url = `http://127.0.0.1:${port}`;
  for (;;) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`the server ended with ${child.exitCode ?? child.signalCode}: ${said}`);
    const ready = await fetch(`${url}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ready) return { url, child };
    await setTimeout(50);
  }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const ended = once(child, 'exit');
  child.kill(signal);
  return ((await ended) as [number | null])[0];
}

/** Starts a fleet. `env` says which database and keys they share. */
export async function startFleet(count: number, env: (url: string) => Env): Promise<Fleet> {
  const ports = await Promise.all(Array.from({ length: count }, freePort));
  const proxy = openProxy(ports).listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const url = `http://localhost:${(proxy.address() as AddressInfo).port}`;
  const settings = env(url);
  const replicas = await Promise.all(ports.map((port) => start(settings, port)));
  return {
    url,
    replicas,
    kill: async (n) => void (await end(replicas[n]!.child, 'SIGKILL')),
    revive: async (n) => void (replicas[n] = await start(settings, ports[n]!)),
    async stop() {
      const codes = await Promise.all(replicas.map(({ child }) => end(child, 'SIGTERM')));
      proxy.closeAllConnections();
      await new Promise((resolve) => proxy.close(resolve));
      return codes;
    },
  };
}
