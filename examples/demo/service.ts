// The real service as an operator starts it: a process of its own on the embedded database, in a folder that is new.
// Nothing of it is imported; the demo knows it by its command line and its HTTP alone.
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const START_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 15_000;

export interface RunningService {
  url: string;
  folder: string;
  /** Runs `node src/cli.ts …` with the service's settings. */
  cli(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }>;
  /** The most memory it has used, in MiB, where the system tells. */
  peakMib(): number | undefined;
  /** How it ended, if it did, and what it logged that is no routine: warnings, errors, words outside the log. */
  complaints(): string[];
  stop(): Promise<number | null>;
  /** Removes the folder with database and keys. */
  forget(): void;
}

/** Starts the service in a fresh folder and waits until it is ready. Throws with the end of its log when it is not. */
export async function startService(): Promise<RunningService> {
  const folder = mkdtempSync(join(tmpdir(), 'cairn-demo-'));
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const environment = {
    ...process.env,
    PORT: String(port),
    PUBLIC_URL: url,
    DATA_DIR: join(folder, 'data'),
    KEYS_DIR: join(folder, 'keys'),
    DATABASE_URL: '',
    NODE_ENV: '',
  };
  const logFile = join(folder, 'service.log');
  const log = openSync(logFile, 'a');
  const child = spawn(process.execPath, ['src/server.ts'], {
    cwd: PROJECT,
    env: environment,
    stdio: ['ignore', log, log],
  });
  // However the demo ends, its service ends with it.
  process.once('exit', () => child.kill('SIGKILL'));
  const service: RunningService = {
    url,
    folder,
    cli: (...args) => runCli(args, environment),
    peakMib: () => peakMib(child),
    complaints: () => complaints(child, logFile),
    stop: () => stop(child),
    forget: () => rmSync(folder, { recursive: true, force: true }),
  };
  try {
    await ready(url, child);
  } catch (error) {
    await stop(child);
    const lines = readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-30);
    service.forget();
    throw new Error(`${(error as Error).message}\n${lines.join('\n')}`, { cause: error });
  }
  return service;
}

async function ready(url: string, child: ChildProcess): Promise<void> {
  const untilMs = Date.now() + START_WITHIN_MS;
  while (Date.now() < untilMs) {
    const end = endOf(child);
    if (end !== undefined) throw new Error(`The service ${end} before it was ready. Its last words:`);
    const answer = await fetch(`${url}/readyz`).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.status === 200) return;
    await setTimeout(50);
  }
  throw new Error(`The service was not ready within ${START_WITHIN_MS / 1000} s. Its last words:`);
}

function endOf(child: ChildProcess): string | undefined {
  if (child.exitCode !== null) return `ended with code ${child.exitCode}`;
  return child.signalCode === null ? undefined : `was ended by ${child.signalCode}`;
}

function complaints(child: ChildProcess, logFile: string): string[] {
  const lines = readFileSync(logFile, 'utf8').trimEnd().split('\n');
  const end = endOf(child);
  const told = lines.filter((line) => !/"level":"(trace|debug|info)"/.test(line)).slice(-20);
  return end === undefined ? told : [`The service ${end}.`, ...told];
}

async function stop(child: ChildProcess): Promise<number | null> {
  if (endOf(child) === undefined) {
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    const late = new AbortController();
    const killer = setTimeout(STOP_WITHIN_MS, undefined, { signal: late.signal }).then(
      () => child.kill('SIGKILL'),
      () => false,
    );
    await gone;
    late.abort();
    await killer;
  }
  return child.exitCode;
}

function runCli(args: string[], env: NodeJS.ProcessEnv): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const options = { cwd: PROJECT, env, maxBuffer: 64 * 1024 * 1024 };
    execFile(process.execPath, ['src/cli.ts', ...args], options, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
      resolve({ code, stdout, stderr });
    });
  });
}

function peakMib(child: ChildProcess): number | undefined {
  try {
    const kib = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1];
    return kib === undefined ? undefined : Math.round(Number(kib) / 1024);
  } catch {
    return undefined; // only Linux has /proc
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, 'localhost');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
