// Start and end of the service: opens what the settings name, listens, and ends in good order.
import closeWithGrace from 'close-with-grace';
import { buildApp, registerJobs } from './app.ts';
import { runServiceCommand } from './commands.ts';
import { openCommandSocket } from './platform/command-socket.ts';
import type { CommandSocket } from './platform/command-socket.ts';
import { ConfigError, parseConfig } from './platform/config.ts';
import { FolderInUseError } from './platform/data-folder-lock.ts';
import { PublicUrlChangedError } from './platform/fix-public-url.ts';
import { openLog } from './platform/logging.ts';
import { KeyFileError } from './platform/key-files.ts';
import { MissingPrivateKeyError } from './platform/open-key-ring.ts';
import { closeService, openService } from './platform/service.ts';
import type { Service } from './platform/service.ts';

/** How long a key that another replica rotated or marked may go unnoticed here. */
const refreshKeysMs = 5_000;

function explain(error: unknown): string {
  const known = [ConfigError, FolderInUseError, PublicUrlChangedError, MissingPrivateKeyError, KeyFileError];
  if (known.some((kind) => error instanceof kind)) return (error as Error).message;
  const { code, port } = error as NodeJS.ErrnoException & { port?: number };
  if (code === 'EADDRINUSE') return `Port ${port} is taken: set PORT to another one.`;
  if (code === 'ENOTFOUND' || code === 'EADDRNOTAVAIL')
    return `HOST is no address of this machine (${(error as Error).message}): set it to localhost, 0.0.0.0 or another.`;
  if (error instanceof Error) return error.cause instanceof Error ? error.message : (error.stack ?? error.message);
  return String(error);
}

async function listen(service: Service): Promise<() => Promise<void>> {
  const app = buildApp(service);
  let socket: CommandSocket | undefined;
  const refreshing = setInterval(() => {
    service.keys
      .refresh()
      .catch((error: unknown) => service.log.error({ err: error }, 'the keys could not be read again'));
  }, refreshKeysMs).unref();
  async function close(): Promise<void> {
    clearInterval(refreshing);
    await socket?.close();
    await app.close();
    await closeService(service);
  }
  try {
    await registerJobs(service);
    await app.listen({ port: service.config.port, host: service.config.host });
    await service.jobs.start();
    if (service.db.kind === 'pglite') {
      socket = await openCommandSocket(service.config.dataDir, (args, out) => runServiceCommand(service, args, out));
    }
    return close;
  } catch (error) {
    await close();
    throw error;
  }
}

function greet({ config, db }: Service): void {
  const where = db.kind === 'pglite' ? `the embedded database in ${config.dataDir}` : 'PostgreSQL';
  const seconds = (performance.now() / 1000).toFixed(1);
  process.stderr
    .write(`Cairn is ready after ${seconds} s at ${config.publicUrl}, on ${where}, with the keys in ${config.keysDir}.
  Verify a badge:  ${config.publicUrl}/verify
  The API:         ${config.publicUrl}/docs
  A client:        npm run cairn -- clients create --name "My platform" --source https://lms.example.edu --scope completions:write\n`);
}

// Without `node` among the installed packages the system's own runs, silently: say so.
function checkNode(): void {
  if (process.versions.node.startsWith('24.')) return;
  const found = `Cairn is made for Node 24 and runs on ${process.version}`;
  process.stderr.write(`${found}: start it with "npm start" after "npm ci".\n`);
}

/** Runs the service until a signal ends it; a start that fails is told on stderr and sets the exit code. */
export async function startService(env: Record<string, string | undefined>): Promise<void> {
  checkNode();
  try {
    const config = parseConfig(env);
    const log = openLog(config);
    const service = await openService(config, log);
    const close = await listen(service);
    closeWithGrace({ delay: config.shutdownTimeoutMs, logger: log }, async ({ signal, err }) => {
      if (err) log.error({ err }, 'an error nobody caught: ending');
      log.info({ signal }, 'ending: what was accepted is finished first');
      await close();
    });
    greet(service);
  } catch (error) {
    process.stderr.write(explain(error) + '\n');
    process.exitCode = 1;
  }
}
