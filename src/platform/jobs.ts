// Jobs, by pg-boss on the same database: sent inside the transaction that causes them, so that a job exists exactly
// when its cause does. Retried with growing pauses; what fails for good lies in the queue `dead-letter`.
import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { fromDrizzle, fromPglite, PgBoss } from 'pg-boss';
import type { DrizzleSqlTagLike, DrizzleTransactionLike, Db, Job, JobResult } from 'pg-boss';
import type postgres from 'postgres';
import type { Connection, Database, Tx } from './database.ts';
import { describeError } from './logging.ts';
import type { Logger } from './logging.ts';
import { isConnectionLost } from './outage.ts';
import { connect } from './postgres-database.ts';

/** Every queue there is, since a queue must exist before the transaction that sends to it. */
export const QUEUES = [
  'credentials-issued',
  'credentials-reissue',
  'status-lists-renew',
  'claim-mail',
  'privacy-tidy',
  'platform-tidy',
  'imports',
  'imports-tidy',
] as const;
export type QueueName = (typeof QUEUES)[number];

const DEAD_LETTERS = 'dead-letter';

export interface SendOptions {
  startAfterSeconds?: number;
  /** At most one waiting job bears this key; a second is dropped, since the first has not run yet. */
  singletonKey?: string;
}

export interface Jobs {
  /** Inside the causing transaction: rolled back, there is no job. */
  send(tx: Tx, queue: string, payload: object, options?: SendOptions): Promise<void>;
  /** Says what runs a queue's jobs; it begins at `start`. A deed that throws is tried again, so it must be repeatable. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- each queue's deed names its own payload
  work(queue: string, deed: (payload: any) => Promise<void>): Promise<void>;
  /** Sends an empty job by the clock (cron, UTC), once whatever the number of replicas. */
  schedule(queue: string, cron: string): Promise<void>;
  start(): Promise<void>;
  /** Lets running jobs end, up to the time that the settings allow. */
  stop(): Promise<void>;
  ready(): boolean;
  /** Waiting, running and dead, for /metrics. */
  counts(): Promise<{ queue: string; waiting: number; running: number }[]>;
}

// A script without parameters opens and ends its own transaction, so it needs one connection from begin to end.
async function runScript(client: postgres.Sql, text: string): Promise<{ rows: unknown[] }> {
  const reserved = await client.reserve();
  try {
    const results = (await reserved.unsafe(text)) as unknown[];
    return { rows: results.some(Array.isArray) ? results.flat() : [...results] };
  } catch (error) {
    // On a connection that is gone it would end the process (`postgres-database.ts`).
    if (!isConnectionLost(error)) await reserved.unsafe('rollback').catch(() => {});
    throw error;
  } finally {
    reserved.release();
  }
}

/** How long a statement of the queue may take; the longest that were seen took milliseconds. */
const STATEMENT_MS = 300_000;

/**
 * Gives up on an answer that never comes. After a restart of PostgreSQL the worker of one queue was once seen never to
 * fetch again, until the service was started anew, and to keep it from ending. Whoever waited asks again; what was
 * fetched after all, and by nobody, expires and is tried again.
 */
async function orGiveUp<T>(answer: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the database did not answer the job queue in time')), ms).unref();
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}

/** pg-boss over postgres.js. Not drizzle's client: drizzle changes how its client reads dates, and completion breaks. */
export function fromPostgres(client: postgres.Sql, statementMs = STATEMENT_MS): Db {
  return {
    async executeSql(text, values) {
      if (values === undefined || values.length === 0)
        return (await orGiveUp(runScript(client, text), statementMs)) as { rows: never[] };
      return { rows: [...(await orGiveUp(client.unsafe(text, values as never[]), statementMs))] as never[] };
    },
    async listen(channel, onNotification, onReconnect) {
      const listening = await client.listen(channel, onNotification, onReconnect);
      return { close: () => listening.unlisten() };
    },
  };
}

// Strings as they are, or finding jobs by their data silently finds nothing (pg-boss has already made them JSON).
const json = {
  to: 114,
  from: [114, 3802],
  serialize: (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value)),
  parse: (text: string) => JSON.parse(text) as unknown,
};

const retention = { retryLimit: 8, retryDelay: 5, retryBackoff: true, retryDelayMax: 3600, expireInSeconds: 900 };

/** Opens pg-boss (its tables are made or migrated) without working yet: the CLI only sends. */
export async function openJobs(db: Database, log: Logger, stopTimeoutMs: number): Promise<Jobs> {
  const connection = db.connection;
  const client = connection.kind === 'postgres' ? connect(connection.url, { max: 4, types: { json } }) : undefined;
  const boss = new PgBoss({
    db: client ? fromPostgres(client) : fromPglite((connection as Extract<Connection, { kind: 'pglite' }>).pglite),
    backend: connection.kind,
    useListenNotify: true,
    // Maintenance looks after the partition of finished jobs; every minute is plenty for an embedded service.
    superviseIntervalSeconds: 60,
  });
  boss.on('error', (error) => log.error({ err: error }, 'the job queue met an error'));
  boss.on('warning', (warning) => log.debug({ warning: warning.message }, 'the job queue warns'));
  try {
    await boss.start();
    await ensureQueues(boss);
  } catch (error) {
    // What stays open would keep a start that failed from ending.
    await boss.stop({ graceful: false, close: false }).catch(() => {});
    await client?.end({ timeout: 1 });
    throw error;
  }

  const deeds = new Map<QueueName, (payload: object) => Promise<void>>();
  let working = false;

  function known(queue: string): QueueName {
    const found = QUEUES.find((name) => name === queue);
    if (!found) throw new Error(`There is no queue ${queue}: add it to QUEUES in platform/jobs.ts.`);
    return found;
  }

  async function runOne(queue: QueueName, job: Job<object>): Promise<JobResult> {
    try {
      await deeds.get(queue)!(job.data);
      return { id: job.id, status: 'completed' };
    } catch (error) {
      log.error({ err: error, queue, job: job.id }, 'a job failed; it is tried again unless this was the last time');
      // A string: an output that is an object fails on postgres.js. Without the parameters of failed queries.
      return { id: job.id, status: 'failed', output: { error: JSON.stringify(describeError(error)) } };
    }
  }

  async function begin(queue: QueueName): Promise<void> {
    const options = {
      ...{ batchSize: 8, burstWhenBatchFull: true, perJobResults: true as const },
      ...{ pollingIntervalSeconds: 2, notifyPollingIntervalSeconds: 5 },
    };
    await boss.work<object>(queue, options, (jobs) => Promise.all(jobs.map((job) => runOne(queue, job))));
  }

  return {
    async send(tx, queue, payload, { startAfterSeconds, singletonKey } = {}) {
      await boss.send(known(queue), payload, {
        db: fromDrizzle(tx as unknown as DrizzleTransactionLike, sql as unknown as DrizzleSqlTagLike),
        singletonKey: singletonKey ?? randomUUID(),
        ...(startAfterSeconds === undefined ? {} : { startAfter: startAfterSeconds }),
      });
    },
    async work(queue, deed) {
      deeds.set(known(queue), deed);
      if (working) await begin(known(queue));
    },
    async schedule(queue, cron) {
      await boss.schedule(known(queue), cron, {}, { tz: 'UTC', singletonKey: 'by-the-clock' });
    },
    async start() {
      working = true;
      for (const queue of deeds.keys()) await begin(queue);
    },
    async stop() {
      working = false;
      await boss.stop({ graceful: true, timeout: stopTimeoutMs, close: false });
      await client?.end({ timeout: 5 });
    },
    ready: () => working,
    async counts() {
      const queues = await boss.getQueues();
      return queues.map(({ name, queuedCount, activeCount }) => ({
        queue: name,
        waiting: queuedCount,
        running: activeCount,
      }));
    },
  };
}

/** `short`: one waiting job for each singleton key. Queues that are there keep their jobs and take our settings. */
async function ensureQueues(boss: PgBoss): Promise<void> {
  const there = new Set((await boss.getQueues()).map(({ name }) => name));
  if (!there.has(DEAD_LETTERS)) await boss.createQueue(DEAD_LETTERS, { retentionSeconds: 90 * 86_400 });
  for (const queue of QUEUES) {
    if (there.has(queue)) continue;
    await boss.createQueue(queue, { policy: 'short', deadLetter: DEAD_LETTERS, notify: true, ...retention });
    // pg-boss reads how a queue is made when it is first used, on a connection of its own: inside a transaction PGlite,
    // which has one, would wait for ever. Asking for a job that is not there is such a use.
    await boss.getJobById(queue, randomUUID());
  }
}
