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
import { openMailer } from './mailer.ts';
import type { Mailer } from './mailer.ts';
import { openKeyRing } from './open-key-ring.ts';
import { openKeyedHash } from './open-keyed-hash.ts';
import type { KeyedHash } from './open-keyed-hash.ts';
import { openWorkers } from './worker-pool.ts';
import type { Workers } from './worker-pool.ts';

export interface Service {
  config: Config;
  db: Database;
  keys: KeyRing;
  jobs: Jobs;
  mail: Mailer;
  workers: Workers;
  /** A hash that only we can compute: the same text gives the same hash. */
  keyedHash: KeyedHash;
  now: () => Date;
  log: Logger;
  random: (sizeBytes: number) => Buffer;
}

/**
 * Opens what stands on an open database: the public URL is held to, then keys, then the job queue. Closes the database
 * when one of them fails.
 */
export async function openServiceOn(
  db: Database,
  config: Config,
  log: Logger,
  now: () => Date = () => new Date(),
): Promise<Service> {
  try {
    await fixPublicUrl(config, db, log, now());
    const keys = await openKeyRing(config, db, log, now);
    const keyedHash = await openKeyedHash(config, db, log, now());
    const jobs = await openJobs(db, log, config.shutdownTimeoutMs);
    const workers = openWorkers({ threads: config.workerThreads });
    return { config, db, keys, jobs, mail: openMailer(config), workers, keyedHash, now, log, random: randomBytes };
  } catch (error) {
    await db.close();
    throw error;
  }
}

/** Opens the database that the settings name and the service on it. */
export async function openService(config: Config, log: Logger): Promise<Service> {
  return await openServiceOn(await openDatabase(config, log), config, log);
}

/** Stops working on jobs (letting running ones end) and closes the database. */
export async function closeService(service: Service): Promise<void> {
  await service.jobs.stop();
  service.mail.close();
  await service.workers.close();
  await service.db.close();
}
