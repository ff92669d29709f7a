// The log: JSON lines by pino, with request ids and without personal data. Query strings carry e-mail addresses
// (?identifier=…) and drizzle's errors carry whole rows as parameters, so neither is ever written.
import { pino, stdSerializers } from 'pino';
import type { DestinationStream, Logger as PinoLogger } from 'pino';
import type { Config } from './config.ts';

export type Logger = PinoLogger;

interface Loggable {
  type: string;
  message: string;
  code?: string;
  constraint?: string;
  stack?: string;
  cause?: Loggable;
}

/** What whoever runs the service can mend, under PostgreSQL's own names (PostgreSQL 17, appendix A). */
const CONDITIONS: Record<string, string> = {
  '25006': 'read_only_sql_transaction',
  '42501': 'insufficient_privilege',
  '53100': 'disk_full',
  '53200': 'out_of_memory',
  '53300': 'too_many_connections',
  '57P01': 'admin_shutdown',
  '57P02': 'crash_shutdown',
  '57P03': 'cannot_connect_now',
};

function sqlSentence(code: string): string {
  const condition = CONDITIONS[code];
  return `the database says ${code}${condition === undefined ? '' : ` (${condition})`}`;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/**
 * An error as the log may hold it. PostgreSQL's `detail` ("Key (email)=(…) already exists"), drizzle's `params` and
 * the message that repeats them stay out; what is left names the query's place, the SQLSTATE and the constraint.
 */
export function describeError(error: unknown, depth = 0): Loggable {
  if (!(error instanceof Error)) return { type: typeof error, message: 'something that is no Error was thrown' };
  const own = error as Error & Record<string, unknown>;
  const fromQuery = 'query' in own && 'params' in own;
  const fromDatabase = fromQuery || 'severity' in own || 'routine' in own;
  const code = text(own.code);
  const frames = (own.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    type: own.name,
    message: fromDatabase ? (code === undefined ? 'a query failed' : sqlSentence(code)) : own.message,
    code,
    constraint: text(own.constraint_name) ?? text(own.constraint),
    stack: frames.slice(0, 12).join('\n'),
    ...(own.cause !== undefined && depth < 3 ? { cause: describeError(own.cause, depth + 1) } : {}),
  };
}

/** A path as the log may hold it: without its query string. */
export function loggablePath(url: string): string {
  const end = url.search(/[?#]/);
  return end < 0 ? url : url.slice(0, end);
}

/** The service's logger. `destination` is for tests. */
export function openLog(config: Pick<Config, 'logLevel'>, destination?: DestinationStream): Logger {
  const options = {
    level: config.logLevel,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: {
      paths: ['*.authorization', '*.cookie', '*.secret', '*.password', '*.passphrase', '*.email', '*.identifier'],
      censor: '(left out)',
    },
    serializers: {
      err: describeError,
      error: describeError,
      req: (request: { method: string; url: string; id: unknown }) => ({
        method: request.method,
        path: loggablePath(request.url),
        id: request.id,
      }),
      res: stdSerializers.res,
    },
  };
  return destination ? pino(options, destination) : pino(options);
}
