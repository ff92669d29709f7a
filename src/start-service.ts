// Start and end of the service: opens what the settings name, listens, and ends in good order.
import closeWithGrace from 'close-with-grace';
import { buildApp, registerJobs } from './app.ts';
import { runServiceCommand } from './commands.ts';
import { openCommandSocket } from './platform/command-socket.ts';
import type { CommandSocket } from './platform/command-socket.ts';
import { parseConfig } from './platform/config.ts';
import type { Config } from './platform/config.ts';
import { openLog } from './platform/logging.ts';
import { closeService, openService } from './platform/service.ts';
import type { Service } from './platform/service.ts';
import { explainStart } from './platform/start-faults.ts';

/** How long a key that another replica rotated or marked may go unnoticed here. */
const refreshKeysMs = 5_000;

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
  let config: Config | undefined;
  try {
    config = parseConfig(env);
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
    process.stderr.write(explainStart(error, config) + '\n');
    process.exitCode = 1;
  }
}
