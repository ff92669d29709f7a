// How the command line reaches a service that holds the embedded folder: PGlite has one process, so the command is
// handed over by a Unix socket in that folder (0600, in a folder that is 0700) and its output streams back. Whoever can
// open the socket could read the folder's database and keys anyway.
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { createConnection, createServer } from 'node:net';
import type { Socket } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Output } from './cli-arguments.ts';

/** Runs a command; gives its exit code. What it throws is told to the caller. */
export type RunCommand = (args: string[], out: Output) => Promise<number>;

type Line = { out: string } | { fail: string } | { exit: number; error?: string };

// sockaddr_un holds 108 bytes (unix(7)); a longer path goes to a folder of ours that both sides can work out.
const longestBytes = 104;

/** Where the socket of a data folder lies. */
export function socketPath(dataDir: string): string {
  const path = join(dataDir, 'command.sock');
  if (Buffer.byteLength(path) <= longestBytes) return path;
  const digest = createHash('sha256').update(dataDir).digest('hex').slice(0, 16);
  return join(tmpdir(), `cairn-${userInfo().uid}-${digest}`, 'command.sock');
}

const greatestBytes = 1024 * 1024;

async function readRequest(socket: Socket): Promise<string[]> {
  let text = '';
  for await (const chunk of socket) {
    text += String(chunk);
    if (text.length > greatestBytes) throw new Error('The command is too long.');
    if (text.includes('\n')) break;
  }
  const { command } = JSON.parse(text) as { command?: unknown };
  if (!Array.isArray(command) || !command.every((word) => typeof word === 'string'))
    throw new Error('That is no command.');
  return command;
}

async function answer(socket: Socket, run: RunCommand): Promise<void> {
  const say = (line: Line): void => void socket.write(JSON.stringify(line) + '\n');
  try {
    const args = await readRequest(socket.iterator({ destroyOnReturn: false }) as never as Socket);
    say({ exit: await run(args, { write: (text) => say({ out: text }), fail: (text) => say({ fail: text }) }) });
  } catch (error) {
    say({ exit: 1, error: (error as Error).message });
  }
  socket.end();
}

export interface CommandSocket {
  close(): Promise<void>;
}

/** Listens for commands. The caller holds the folder's lock, so a socket that is there already is a dead one's. */
export async function openCommandSocket(dataDir: string, run: RunCommand): Promise<CommandSocket> {
  const path = socketPath(dataDir);
  mkdirSync(join(path, '..'), { recursive: true, mode: 0o700 });
  rmSync(path, { force: true });
  const running = new Set<Promise<void>>();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.setEncoding('utf8').on('error', () => socket.destroy());
    const done = answer(socket, run).finally(() => running.delete(done));
    running.add(done);
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(path, resolve));
  chmodSync(path, 0o600);
  return {
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await Promise.allSettled(running);
      await closed;
      rmSync(path, { force: true });
    },
  };
}

async function connect(path: string): Promise<Socket | undefined> {
  const socket = createConnection(path);
  return await new Promise((resolve, reject) => {
    socket.once('connect', () => resolve(socket));
    socket.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ENOENT' || error.code === 'ECONNREFUSED' ? resolve(undefined) : reject(error),
    );
  });
}

/** Hands a command to the service that holds the folder; undefined when none does. @throws what the command threw */
export async function sendCommand(dataDir: string, args: string[], out: Output): Promise<number | undefined> {
  const socket = await connect(socketPath(dataDir));
  if (!socket) return undefined;
  socket.write(JSON.stringify({ command: args }) + '\n');
  for await (const text of createInterface({ input: socket })) {
    const line = JSON.parse(text) as Line;
    if ('out' in line) out.write(line.out);
    if ('fail' in line) out.fail(line.fail);
    if (!('exit' in line)) continue;
    socket.end();
    if (line.error !== undefined) throw new Error(line.error);
    return line.exit;
  }
  throw new Error('The running service ended before the command did.');
}
