// PostgreSQL by postgres.js and drizzle: the database of a service with replicas.
import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { ADVISORY_LOCKS } from './advisory-locks.ts';
import type { OpenedDatabase, Tx } from './database.ts';
import type { Logger } from './logging.ts';
import { migrate, readMigrations } from './migrations.ts';
import type { Migration, MigrationTarget } from './migrations.ts';
import { isConnectionLost } from './outage.ts';

const patienceMs = 20_000;

const asText = (value: unknown): unknown => (value instanceof Date ? value.toISOString() : value);
const asJson = (value: unknown): unknown => (typeof value === 'string' ? value : JSON.stringify(value));

/**
 * How long a connection that failed waits before it is tried again, in seconds. postgres.js lets each failure of any of
 * its connections lengthen it for all, up to 20 s: a server that was away for 5 s was used again by the last of ten
 * connections 11 to 13 s after it was back, and whoever asked meanwhile waited that long for an answer, good or bad.
 */
function secondsUntilRetry(): number {
  return 0.15 + Math.random() / 10;
}

/** Settings that every client of ours shares, so that raw queries answer alike on both databases. */
const clientOptions = {
  onnotice: () => {},
  connect_timeout: 10,
  backoff: secondsUntilRetry,
  // A transaction left open (a stopped process behind a proxy) would hold its locks for ever.
  connection: {
    application_name: 'cairn',
    TimeZone: 'UTC',
    // Instants are read as texts; a database or a role may have another style of its own.
    DateStyle: 'ISO',
    idle_in_transaction_session_timeout: 60_000,
    // The planner takes our lists for longer than they are: it compiled a statement of 2 ms for 30, and read whole
    // tables where an index gives 64 rows, since it thinks of a disk that turns.
    jit: 'off',
    random_page_cost: 1.1,
    // A prepared statement keeps its plan. One that was made while a table was nearly empty must still be right when it
    // holds a million rows a minute later: by index, row by row, always.
    enable_seqscan: 'off',
    enable_hashjoin: 'off',
    enable_mergejoin: 'off',
  },
  types: {
    // count(*) and bigint come as text otherwise; PGlite answers with numbers.
    bigint: { to: 20, from: [20], serialize: String, parse: Number },
  },
};

/**
 * A client for a connection URI. A Unix socket's folder is written as libpq does, `postgres:///cairn?host=/run/postgresql`
 * (PostgreSQL 15 manual §34.1.1.2), which postgres.js would pass to the server as a setting.
 */
export function connect(uri: string, options: postgres.Options<Record<string, postgres.PostgresType>>): postgres.Sql {
  const url = new URL(uri);
  const folder = url.searchParams.get('host');
  url.searchParams.delete('host');
  const types = { ...clientOptions.types, ...options.types };
  return postgres(url.href, { ...clientOptions, ...options, types, ...(folder ? { host: folder } : {}) });
}

// A server that is starting, or whose name is not there yet, is waited for; a wrong password is not.
const passing = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'CONNECT_TIMEOUT', 'ECONNRESET', '57P03']);

async function waitUntilReached(client: postgres.Sql, log: Logger): Promise<void> {
  const until = Date.now() + patienceMs;
  for (let told = false; ;) {
    try {
      await client`select 1`;
      return;
    } catch (error) {
      const code = (error as { code?: string }).code ?? '';
      if (!passing.has(code) || Date.now() > until) {
        throw new Error(`PostgreSQL at DATABASE_URL cannot be used (${code}): ${(error as Error).message}`, {
          cause: error,
        });
      }
      if (!told) log.warn({ code }, 'waiting for PostgreSQL');
      told = true;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
}

/**
 * The client with every statement prepared: parsed and planned once a connection, and sent in one round trip in place of
 * two. drizzle asks for neither. Our statements have few texts, since lists are sent as one value (`lists.ts`).
 */
function preparing<T extends postgres.Sql | postgres.TransactionSql>(client: T): T {
  const unsafe: typeof client.unsafe = (text, values, options) =>
    client.unsafe(text, values, { ...options, prepare: true });
  return new Proxy(client, {
    get(target, key) {
      if (key === 'unsafe') return unsafe;
      if (key === 'begin')
        return (work: (tx: postgres.TransactionSql) => Promise<unknown>) =>
          beginGuarded(target as postgres.Sql, (tx) => work(preparing(tx)));
      return Reflect.get(target, key, target) as unknown;
    },
  });
}

const never = (): Promise<never> => new Promise(() => {});

function lostConnection(): Error {
  return Object.assign(new Error('the connection of this transaction was lost'), { code: 'CONNECTION_CLOSED' });
}

/** How long postgres.js may take to say that a connection is gone, after a statement failed by it. */
const LOSS_MS = 1000;

/**
 * A transaction that outlives its connection without harm. When a connection closes, postgres.js (3.4.9) rejects the
 * transaction; but whatever is sent on it afterwards, by the work that still runs or as its own rollback, is written to a
 * socket that is null, in a callback that nobody can catch: PostgreSQL restarted, and the whole service ended. So nothing
 * more is sent: statements are refused here, and the work's own end is not told, as the transaction is over already.
 */
function beginGuarded(client: postgres.Sql, work: (tx: postgres.TransactionSql) => Promise<unknown>): Promise<unknown> {
  let over = false;
  const refused = (): never => {
    const failing = Promise.reject(lostConnection());
    return Object.assign(failing, { values: () => failing, raw: () => failing }) as never;
  };
  async function guarded(tx: postgres.TransactionSql): Promise<unknown> {
    const careful = new Proxy(tx, {
      get: (target, key) => (key === 'unsafe' && over ? refused : (Reflect.get(target, key, target) as unknown)),
    });
    try {
      const done = await work(careful);
      return over ? await never() : done;
    } catch (error) {
      if (isConnectionLost(error) && !over) await new Promise((resolve) => setTimeout(resolve, LOSS_MS).unref());
      if (over) return never();
      throw error;
    }
  }
  return client.begin(guarded).finally(() => (over = true));
}

function migrationTarget(client: postgres.Sql): MigrationTarget {
  return {
    async applied() {
      const [found] = await client`select to_regclass('schema_migrations') is not null as there`;
      return found?.there
        ? await client<{ name: string; digest: string }[]>`select name, digest from schema_migrations`
        : [];
    },
    // A session's lock on a connection of its own: the transaction that migrates ends before it is given back.
    async exclusively(work) {
      const reserved = await client.reserve();
      try {
        await reserved`select pg_advisory_lock(${ADVISORY_LOCKS.migration})`;
        await work();
      } finally {
        await reserved`select pg_advisory_unlock(${ADVISORY_LOCKS.migration})`;
        reserved.release();
      }
    },
    async run(script) {
      await client.begin((transaction) => transaction.unsafe(script));
    },
  };
}

function drizzleOver(client: postgres.Sql): Tx {
  const db = drizzle(preparing(client), { casing: 'snake_case' });
  // drizzle lets values through as they are; a Date or an object in a raw query would then be refused, unlike on PGlite.
  for (const type of ['1184', '1114', '1082']) client.options.serializers[Number(type)] = asText;
  for (const type of ['114', '3802']) client.options.serializers[Number(type)] = asJson;
  return db as unknown as Tx;
}

/**
 * A server that is only read, connected to when it is first asked; it need not be there.
 * @param closed told of each connection that ends.
 */
export function openReadOnly(
  url: string,
  poolSize: number,
  closed: () => void = () => {},
): Pick<OpenedDatabase, 'drizzle' | 'close'> {
  const client = connect(url, { max: poolSize, connect_timeout: 2, onclose: closed });
  return { drizzle: drizzleOver(client), close: () => client.end({ timeout: 5 }) };
}

/** Connects, waiting for a server that is still starting, and migrates under an advisory lock. */
export async function openPostgres(
  url: string,
  poolSize: number,
  log: Logger,
  migrations: Migration[] = readMigrations(),
): Promise<OpenedDatabase> {
  const client = connect(url, { max: poolSize });
  try {
    await waitUntilReached(client, log);
    const migrating = connect(url, { max: 2 });
    const migrated = await migrate(migrationTarget(migrating), migrations).finally(() => migrating.end({ timeout: 5 }));
    return {
      connection: { kind: 'postgres', url },
      drizzle: drizzleOver(client),
      migrated,
      close: () => client.end({ timeout: 5 }),
    };
  } catch (error) {
    await client.end({ timeout: 1 });
    throw error;
  }
}
