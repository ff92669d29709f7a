// What every room is handed: the open service. Dependencies are arguments; there is no container and no singleton.
import { randomBytes } from 'node:crypto';
import type { Config } from './config.ts';
import { openDatabase } from './database.ts';
import type { Database } from './database.ts';
import { fixPublicUrl } from './fix-public-url.ts';
import { openJobs } from './jobs.ts';
import type { Jobs } from './jobs.ts';
import type { KeyRing } from './key-ring.ts';
import type { Logger } from './logging.ts';
import { openKeyRing } from './open-key-ring.ts';

export interface Service {
  config: Config;
  db: Database;
  keys: KeyRing;
  jobs: Jobs;
  now: () => Date;
  log: Logger;
  random: (sizeBytes: number) => Buffer;
}

/**
 * Opens database, keys and job queue, in this order; what was opened is closed again when a later one fails.
 *
 * @param clock where the time comes from; tests give their own
 */
export async function openService(config: Config, log: Logger, clock: () => Date = () => new Date()): Promise<Service> {
  const db = await openDatabase(config, log);
  try {
    await fixPublicUrl(config, db, log, clock());
    const keys = await openKeyRing(config, db, log, clock);
    const jobs = await openJobs(db, log, config.shutdownTimeoutMs);
    return { config, db, keys, jobs, now: clock, log, random: randomBytes };
  } catch (error) {
    await db.close();
    throw error;
  }
}

/** Stops working on jobs (letting running ones end) and closes the database. */
export async function closeService(service: Service): Promise<void> {
  await service.jobs.stop();
  await service.db.close();
}
