// An open service for a test: on PGlite in memory and on a real PostgreSQL where there is one, each time as if new,
// with a clock that the test sets and the keys of the template (made on 1 January 2026).
import { chmodSync, cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import t from 'tap';
import type { Test } from 'tap';
import type { Config } from '../../src/platform/config.ts';
import { guardedDatabase } from '../../src/platform/database.ts';
import type { OpenedDatabase } from '../../src/platform/database.ts';
import { openPostgres } from '../../src/platform/postgres-database.ts';
import { closeService, openServiceOn } from '../../src/platform/service.ts';
import type { Service } from '../../src/platform/service.ts';
import { makeScratch } from './scratch.ts';
import { makeClock } from './test-clock.ts';
import type { TestClock } from './test-clock.ts';
import { postgresFound, startServer } from './test-postgres.ts';
import type { TestServer } from './test-postgres.ts';
import { resetPglite, snapshotPglite } from './test-reset.ts';
import { copyKeys, prepareTemplate, silent, startParams, testConfig, overPglite } from './test-template.ts';
import type { Kind } from './test-template.ts';

export interface TestService extends Service {
  clock: TestClock;
  /** A second service on the same PostgreSQL with the same keys and clock. @throws on PGlite, which has one process */
  openReplica(overrides?: Partial<Config>): Promise<TestService>;
  close(): Promise<void>;
}

// PGlite takes half a second to load, so that one is kept for the file and emptied between tests.
const idle: { pglite: PGlite; snapshot: Awaited<ReturnType<typeof snapshotPglite>> }[] = [];

async function openMemory(template: string): Promise<OpenedDatabase> {
  let kept = idle.pop();
  if (!kept) {
    const dump = new Blob([readFileSync(join(template, 'pglite.tar'))]);
    const pglite = await PGlite.create({ startParams, loadDataDir: dump });
    kept = { pglite, snapshot: await snapshotPglite(pglite) };
  }
  const { pglite, snapshot } = kept;
  return overPglite(pglite, async () => {
    await resetPglite(pglite, snapshot);
    idle.push({ pglite, snapshot });
  });
}

let server: Promise<TestServer> | undefined;
let databases = 0;

async function startOnce(template: string): Promise<TestServer> {
  const cluster = join(makeScratch(), 'cluster');
  cpSync(join(template, 'cluster'), cluster, { recursive: true });
  chmodSync(cluster, 0o700);
  return await startServer(cluster);
}

async function createDatabase(template: string): Promise<string> {
  const running = await (server ??= startOnce(template));
  const name = `test_${++databases}`;
  const admin = await openPostgres(running.url('postgres'), 1, silent, []);
  await admin.drizzle.execute(`create database ${name} template cairn_template strategy file_copy`);
  await admin.close();
  return running.url(name);
}

t.teardown(async () => {
  for (const { pglite } of idle) await pglite.close();
  await server?.then((running) => running.stop());
});

async function assemble(opened: OpenedDatabase, config: Config, clock: TestClock): Promise<TestService> {
  const service = await openServiceOn(guardedDatabase(opened), config, silent, clock.now);
  return {
    ...service,
    clock,
    async openReplica(overrides = {}) {
      if (opened.connection.kind !== 'postgres')
        throw new Error('PGlite has one process: test replicas on PostgreSQL.');
      const again = await openPostgres(opened.connection.url, 5, silent);
      return await assemble(again, { ...config, ...overrides }, clock);
    },
    close: () => closeService(service),
  };
}

/** An open service as if new. `overrides` are settings; close it when the test ends. */
export async function openTestService(kind: Kind = 'pglite', overrides: Partial<Config> = {}): Promise<TestService> {
  const template = await prepareTemplate(kind);
  const keysDir = join(makeScratch(), 'keys');
  copyKeys(template, keysDir);
  if (kind === 'pglite') return await assemble(await openMemory(template), testConfig(keysDir, overrides), makeClock());
  const databaseUrl = await createDatabase(template);
  const opened = await openPostgres(databaseUrl, 5, silent);
  return await assemble(opened, testConfig(keysDir, { databaseUrl, ...overrides }), makeClock());
}

/** The kinds there are on this machine; what is left out is said loudly, once a file. */
export const kinds: Kind[] = postgresFound ? ['pglite', 'postgres'] : ['pglite'];
if (!postgresFound)
  t.comment('NO POSTGRESQL FOUND: these tests ran on PGlite alone. Install postgresql to leave nothing out.');

type Body = (t: Test, service: TestService) => Promise<unknown>;

/** Runs a test on every kind of database, each with a service of its own that is closed afterwards. */
export async function onEachDatabase(
  test: Test,
  name: string,
  body: Body,
  overrides: Partial<Config> = {},
): Promise<void> {
  for (const kind of kinds) {
    await test.test(`${name} (${kind === 'pglite' ? 'PGlite' : 'PostgreSQL'})`, async (own) => {
      const service = await openTestService(kind, overrides);
      own.teardown(() => service.close());
      await body(own, service);
    });
  }
}
