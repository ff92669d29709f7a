// What every test begins with, prepared once a machine and kept in node_modules/.cache: a migrated database with its
// keys and job tables, for PGlite as a dump and for PostgreSQL as a cluster's folder with the database `cairn_template`.
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  rmdirSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import { dataDir as image } from '@electric-sql/pglite-prepopulatedfs';
import { pino } from 'pino';
import { parseConfig } from '../../src/platform/config.ts';
import type { Config } from '../../src/platform/config.ts';
import { guardedDatabase } from '../../src/platform/database.ts';
import type { OpenedDatabase } from '../../src/platform/database.ts';
import { drizzleOver, embeddedTarget } from '../../src/platform/embedded-database.ts';
import { migrate, readMigrations } from '../../src/platform/migrations.ts';
import { openPostgres } from '../../src/platform/postgres-database.ts';
import { closeService, openServiceOn } from '../../src/platform/service.ts';
import { initCluster, startServer } from './test-postgres.ts';

export type Kind = 'pglite' | 'postgres';

export const silent = pino({ level: 'silent' });
export const startParams = [...PGlite.defaultStartParams, '-c', 'shared_buffers=16MB', '-c', 'TimeZone=UTC'];

const cache = fileURLToPath(new URL('../../node_modules/.cache/cairn-tests/', import.meta.url));
const own = [
  'test-template.ts',
  '../../src/platform/make-key.ts',
  '../../src/platform/key-files.ts',
  '../../src/platform/open-keyed-hash.ts',
  '../../src/platform/jobs.ts',
];

/** Settings as tests have them; folders are the caller's. */
export function testConfig(keysDir: string, overrides: Partial<Config> = {}): Config {
  const parsed = parseConfig({ PUBLIC_URL: 'https://badges.example.org', LOG_LEVEL: 'silent', KEYS_DIR: keysDir });
  return { ...parsed, production: false, databasePoolSize: 5, shutdownTimeoutMs: 2000, workerThreads: 0, ...overrides };
}

function digest(): string {
  const project = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const parts = [
    ...readMigrations().map((migration) => migration.digest),
    ...own.map((file) => readFileSync(new URL(file, import.meta.url), 'utf8')),
    ...['@electric-sql/pglite', 'pg-boss'].map((name) => project.dependencies[name]),
  ];
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 16);
}

/** A PGlite as the rest of the program sees it. */
export function overPglite(pglite: PGlite, close: () => Promise<void>): OpenedDatabase {
  return { connection: { kind: 'pglite', pglite }, drizzle: drizzleOver(pglite), migrated: [], close };
}

async function primeService(opened: OpenedDatabase, keysDir: string): Promise<void> {
  const begun = new Date('2026-01-01T00:00:00.000Z');
  const service = await openServiceOn(guardedDatabase(opened), testConfig(keysDir), silent, () => begun);
  await closeService(service);
}

async function makePglite(folder: string): Promise<void> {
  const pglite = await PGlite.create({ startParams, loadDataDir: await image() });
  await migrate(embeddedTarget(pglite));
  await primeService(
    overPglite(pglite, async () => {}),
    join(folder, 'keys'),
  );
  await pglite.exec('checkpoint');
  const dump = await pglite.dumpDataDir('none');
  writeFileSync(join(folder, 'pglite.tar'), Buffer.from(await dump.arrayBuffer()));
  await pglite.close();
}

async function makePostgres(folder: string): Promise<void> {
  const cluster = join(folder, 'cluster');
  mkdirSync(cluster, { mode: 0o700 });
  initCluster(cluster);
  const server = await startServer(cluster);
  try {
    const admin = await openPostgres(server.url('postgres'), 1, silent, []);
    await admin.drizzle.execute('create database cairn_template');
    await admin.close();
    await primeService(await openPostgres(server.url('cairn_template'), 2, silent), join(folder, 'keys'));
  } finally {
    await server.stop();
  }
}

// Templates of schemas that nobody has any more; a younger one, or one of this schema, may be in use by a test that runs
// beside this.
function forgetOld(): void {
  const current = digest();
  for (const name of readdirSync(cache)) {
    const old =
      !name.includes(current) &&
      Date.now() - (statSync(join(cache, name), { throwIfNoEntry: false })?.mtimeMs ?? Date.now()) > 86_400_000;
    if (old) rmSync(join(cache, name), { recursive: true, force: true });
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function make(kind: Kind, making: string, folder: string): Promise<void> {
  // It says all the while that it is being made, however long that takes.
  const beating = setInterval(() => utimesSync(making, new Date(), new Date()), 1000);
  try {
    await (kind === 'pglite' ? makePglite(making) : makePostgres(making));
    clearInterval(beating);
    renameSync(making, folder);
  } catch (error) {
    clearInterval(beating);
    rmSync(making, { recursive: true, force: true });
    throw error;
  }
  forgetOld();
}

/** The prepared folder of a kind; many test files start at once, and one of them makes it. */
export async function prepareTemplate(kind: Kind): Promise<string> {
  const folder = join(cache, `${kind}-${digest()}`);
  const making = `${folder}.making`;
  mkdirSync(cache, { recursive: true });
  while (!existsSync(folder)) {
    try {
      mkdirSync(making);
    } catch {
      const since = statSync(making, { throwIfNoEntry: false })?.mtimeMs;
      if (since !== undefined && Date.now() - since > 90_000) rmSync(making, { recursive: true, force: true });
      await pause(50);
      continue;
    }
    // Another may have been ready between the two looks. (What is renamed is not taken away: it may be the next one's.)
    if (existsSync(folder)) rmdirSync(making);
    else await make(kind, making, folder);
  }
  return folder;
}

/** A copy of the template's keys, for one service. */
export function copyKeys(template: string, to: string): void {
  cpSync(join(template, 'keys'), to, { recursive: true });
}
