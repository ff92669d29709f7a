// A real PostgreSQL for tests: Debian's, or whichever `postgres` is on the PATH, in a folder that is thrown away.
import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, realpathSync } from 'node:fs';
import type { Socket } from 'node:net';
import { delimiter, dirname, join } from 'node:path';
import { makeScratch } from './scratch.ts';

const debian = '/usr/lib/postgresql';

function findFolder(): string | undefined {
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...(process.env.PATH ?? '').split(delimiter),
    ...versions.map((version) => join(debian, version, 'bin')),
  ];
  const found = folders.find((folder) => existsSync(join(folder, 'postgres')) && existsSync(join(folder, 'initdb')));
  // Its other programs stand beside it, not beside a link to it.
  return found && dirname(realpathSync(join(found, 'postgres')));
}

const folder = findFolder();

/** Whether there is a PostgreSQL to test on. */
export const postgresFound = folder !== undefined;

const works = (command: string, ...rest: string[]): boolean => spawnSync(command, [...rest, 'true']).status === 0;

// PostgreSQL refuses to run as root: a user namespace lets it see itself as somebody else. Where the kernel allows
// none, another uid does. A server is killed with the test that started it, even by SIGKILL.
function prefix(): string[] {
  const root = process.getuid?.() === 0;
  const asNobody = ['unshare', '--user', '--map-user=65534', '--map-group=65534', '--'];
  const mortal = ['setpriv', '--pdeathsig', 'QUIT', '--'];
  const chosen = !root ? [] : works(asNobody[0]!, ...asNobody.slice(1)) ? asNobody : undefined;
  if (chosen === undefined)
    throw new Error('PostgreSQL cannot run as root here and unshare is refused: run as another user.');
  return works(mortal[0]!, ...mortal.slice(1)) ? [...chosen, ...mortal] : chosen;
}

let cachedPrefix: string[] | undefined;

function commandFor(program: string, args: string[]): [string, string[]] {
  cachedPrefix ??= prefix();
  const [first, ...rest] = [...cachedPrefix, join(folder!, program), ...args];
  return [first!, rest];
}

/** Makes a cluster's folder. */
export function initCluster(cluster: string): void {
  const [command, args] = commandFor('initdb', [
    '-D',
    cluster,
    '--no-sync',
    '-A',
    'trust',
    '-U',
    'postgres',
    '-E',
    'UTF8',
    '--locale=C.UTF-8',
  ]);
  const made = spawnSync(command, args, { encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`);
}

export interface TestServer {
  /** Copies it into a folder as a streaming replica that is ready to be started. */
  copyTo(folder: string): void;
  /** The URI of one of its databases. */
  url(database: string): string;
  stop(): Promise<void>;
}

/**
 * Whether the server lets anybody in, as pg_ctl knows it: by the eighth line of its lock file. The socket is there while
 * it still says "starting up" to everybody who asks; a file that another process left says nothing of this one.
 */
function isReady(cluster: string, child: ChildProcess): boolean {
  const file = join(cluster, 'postmaster.pid');
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  return lines[0] === String(child.pid) && ['ready', 'standby'].includes(lines[7]?.trim() ?? '');
}

async function waitUntilReady(cluster: string, child: ChildProcess, said: () => string): Promise<void> {
  for (let waited = 0; !isReady(cluster, child); waited += 10) {
    if (child.exitCode !== null || waited > 120_000) throw new Error(`PostgreSQL did not start: ${said()}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/**
 * Starts a server on a cluster's folder, reachable by a Unix socket alone.
 * @param durable with fsync, as in production: for measuring.
 */
export async function startServer(cluster: string, durable = false): Promise<TestServer> {
  const sockets = makeScratch();
  const settings = ['listen_addresses=', `unix_socket_directories=${sockets}`, 'max_connections=200'];
  const hasty = ['fsync=off', 'full_page_writes=off', 'synchronous_commit=off', 'autovacuum=off'];
  const more = durable ? ['shared_buffers=512MB', 'max_wal_size=2GB'] : [...hasty, 'shared_buffers=32MB'];
  const [command, args] = commandFor('postgres', [
    '-D',
    cluster,
    ...[...settings, ...more].flatMap((one) => ['-c', one]),
  ]);
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr!.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-4000)));
  (child.stderr as Socket).unref();
  child.unref();
  const end = (): void => void child.kill('SIGQUIT');
  process.once('exit', end);
  await waitUntilReady(cluster, child, () => said);
  return {
    url: (database) => `postgres://postgres@localhost/${database}?host=${sockets}`,
    copyTo(folder) {
      const args = ['-h', sockets, '-U', 'postgres', '-D', folder, '-R', '-X', 'stream', '-c', 'fast', '--no-sync'];
      const [command, all] = commandFor('pg_basebackup', args);
      const made = spawnSync(command, all, { encoding: 'utf8' });
      if (made.status !== 0) throw new Error(`pg_basebackup failed: ${made.stderr}`);
    },
    async stop() {
      process.off('exit', end);
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.ref();
      child.kill('SIGINT');
      await ended;
    },
  };
}
