// A service on a database of its own, with fsync, and a platform that may post to it.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openPostgres } from '../src/platform/postgres-database.ts';
import { freePort } from '../test/platform/server-process.ts';
import { initCluster, startServer } from '../test/platform/test-postgres.ts';
import { silent } from '../test/platform/test-template.ts';
import { startProcess, stopProcess } from './start-process.ts';

export const SOURCE = 'https://moodle.example.edu';
const SCOPES = ['completions:write', 'completions:read', 'credentials:read', 'credentials:revoke'];

export interface RunningCairn {
  url: string;
  databaseUrl: string;
  token: string;
  /** Settings of the running service, for more processes on the same database. */
  env: Record<string, string>;
  /** Settings of a floor on the same kind of database. */
  floor: Record<string, string>;
  stop(): Promise<void>;
}

async function tokenOf(env: Record<string, string>, url: string): Promise<string> {
  const scopes = SCOPES.flatMap((scope) => ['--scope', scope]);
  const args = ['src/cli.ts', 'clients', 'create', '--name', 'bench', '--source', SOURCE, '--trust-email', ...scopes];
  const { stdout } = await promisify(execFile)(process.execPath, args, { env: { ...process.env, ...env } });
  const { client_id: id, client_secret: secret } = JSON.parse(stdout) as Record<string, string>;
  const answer = await fetch(`${url}/oauth/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${id}:${secret}`)}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  return ((await answer.json()) as { access_token: string }).access_token;
}

async function startPostgres(folder: string): Promise<{ urlOf(database: string): string; stop(): Promise<void> }> {
  initCluster(join(folder, 'cluster'));
  const server = await startServer(join(folder, 'cluster'), true);
  const admin = await openPostgres(server.url('postgres'), 1, silent, []);
  for (const name of ['cairn', 'floor']) await admin.drizzle.execute(`create database ${name}`);
  await admin.close();
  return { urlOf: (database) => server.url(database), stop: () => server.stop() };
}

/**
 * Starts it on a free database; everything is thrown away at the end.
 * @param kind where it keeps what it is told; on `pglite` there is no `databaseUrl`
 */
export async function startCairn(
  more: Record<string, string> = {},
  kind: 'postgres' | 'pglite' = 'postgres',
): Promise<RunningCairn> {
  const folder = mkdtempSync(join(tmpdir(), 'cairn-bench-'));
  const server = kind === 'postgres' ? await startPostgres(folder) : undefined;
  const floor: Record<string, string> = server
    ? { DATABASE_URL: server.urlOf('floor') }
    : { DATA_DIR: join(folder, 'floor') };
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env: Record<string, string> = {
    ...(server ? { DATABASE_URL: server.urlOf('cairn') } : { DATA_DIR: join(folder, 'data') }),
    KEYS_DIR: join(folder, 'keys'),
    PORT: String(port),
    HOST: '127.0.0.1',
    PUBLIC_URL: `http://localhost:${port}`,
    LOG_LEVEL: 'warn',
    ACCESS_TOKEN_SECONDS: '86400',
    RATE_LIMIT_CLIENT_PER_MINUTE: '0',
    RATE_LIMIT_ADDRESS_PER_MINUTE: '0',
    ...more,
  };
  const child = await startProcess('src/server.ts', env, `${url}/readyz`);
  async function stop(): Promise<void> {
    await stopProcess(child);
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
  try {
    const databaseUrl = server?.urlOf('cairn') ?? '';
    return { url, databaseUrl, token: await tokenOf(env, url), env, floor, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
