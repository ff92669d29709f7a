// PGlite, PostgreSQL inside this process: the default, so that one machine with npm needs no server. Made durable
// (durable-files.ts) and locked (data-folder-lock.ts), both of which PGlite leaves to its caller.
import { mkdirSync, renameSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { lockFolder } from './data-folder-lock.ts';
import type { OpenedDatabase, Tx } from './database.ts';
import { DurableFS, holdsDatabase, syncEntry, syncFolder } from './durable-files.ts';
import type { Logger } from './logging.ts';
import { migrate } from './migrations.ts';
import type { MigrationTarget } from './migrations.ts';
import { unpackImage } from './unpack-image.ts';

// V8 optimises one enormous function of PGlite a second after the start and needs 500 MiB for it. Without that second
// compiler the process stays at 170 MiB in place of a peak of 725; 20,000 inserts took 3.3 s of CPU in place of 4.0, and
// aggregating queries 1.4 times as long.
setFlagsFromString('--no-wasm-tier-up');
setFlagsFromString('--no-wasm-dynamic-tiering');

// 16 MB in place of 128 keeps the process some 150 MB smaller; -F would turn fsync off. Measured: 1,000 single
// commits in 0.4-0.5 s with fsync, 0.3 s without.
const startParams = [
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
  ...['shared_buffers=16MB', 'fsync=on', 'wal_sync_method=fsync', 'TimeZone=UTC'].flatMap((setting) => ['-c', setting]),
];

/** How a migration reaches PGlite; nobody else can be in the folder, so the lock is the folder's. */
export function embeddedTarget(pglite: PGlite): MigrationTarget {
  return {
    async applied() {
      const found = await pglite.query<{ there: boolean }>(
        `select to_regclass('schema_migrations') is not null as there`,
      );
      if (!found.rows[0]?.there) return [];
      return (await pglite.query<{ name: string; digest: string }>('select name, digest from schema_migrations')).rows;
    },
    exclusively: (work) => work(),
    async run(script) {
      await pglite.transaction((tx) => tx.exec(script));
    },
  };
}

/** A drizzle database over a PGlite that somebody opened. */
export function drizzleOver(pglite: PGlite): Tx {
  return drizzle(pglite, { casing: 'snake_case' }) as unknown as Tx;
}

/**
 * Opens DATA_DIR/postgres, making it when it is not there. It is made under another name and renamed when it is whole
 * and synced, so that a start cut short leaves nothing that looks like a database.
 */
async function openFolder(dataDir: string, log: Logger): Promise<PGlite> {
  const folder = join(dataDir, 'postgres');
  if (!holdsDatabase(folder)) {
    const making = join(dataDir, 'postgres.making');
    rmSync(making, { recursive: true, force: true });
    log.info({ folder }, 'making the embedded database, once');
    await unpackImage(making);
    await syncFolder(making);
    renameSync(making, folder);
    await syncEntry(dataDir);
  }
  return await PGlite.create({ fs: new DurableFS(folder), startParams }).catch((error: unknown) => {
    throw new Error(explainAbort(folder), { cause: error });
  });
}

// PostgreSQL says why on a stderr that is not there; what reaches us is "Aborted()".
function explainAbort(folder: string): string {
  const { bavail, bsize } = statfsSync(folder);
  const left = `its disk has ${Math.floor((bavail * bsize) / 2 ** 20)} MiB left`;
  return (
    `The embedded database in ${folder} does not start; ${left}. When that is less than 32, make room and start again: ` +
    'nothing is lost. Otherwise restore a backup.'
  );
}

/** Locks the folder, opens the database in it, and migrates. */
export async function openEmbedded(dataDir: string, log: Logger): Promise<OpenedDatabase> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const lock = await lockFolder(dataDir);
  let pglite: PGlite | undefined;
  try {
    pglite = await openFolder(dataDir, log);
    const migrated = await migrate(embeddedTarget(pglite));
    const open = pglite;
    return {
      connection: { kind: 'pglite', pglite: open },
      drizzle: drizzleOver(open),
      migrated,
      async close() {
        await open.close();
        lock.release();
      },
    };
  } catch (error) {
    await pglite?.close().catch(() => {});
    lock.release();
    throw error;
  }
}
