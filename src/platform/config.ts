// Every setting, read in this one place and checked before anything is opened, so that an operator learns of all
// faults at once in place of one a start. Nothing else in the service reads the environment.
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { htmlEntityIn } from '../openbadges/credential.ts';

export interface Config {
  port: number;
  host: string;
  /** Where the world reaches us; stands in every credential for ever. Without a slash at the end. */
  publicUrl: string;
  /** Who issues: the name that stands in every credential and on every page. */
  issuerName: string;
  /** PostgreSQL; without it the embedded database in `dataDir` is used. */
  databaseUrl?: string;
  /** A streaming replica of it, for reading. */
  databaseReplicaUrl?: string;
  databasePoolSize: number;
  dataDir: string;
  keysDir: string;
  keysPassphrase?: string;
  logLevel: (typeof LOG_LEVELS)[number];
  /** The algorithm of VC-JWT: RS256 is what Open Badges 3.0 §8.2.1 requires of everybody, ES256 is smaller. */
  jwtAlgorithm: 'RS256' | 'ES256';
  accessTokenTtlMs: number;
  /** Which proxies may say who the visitor is (X-Forwarded-For); false takes the socket's address. */
  trustProxy: boolean | string | number;
  rateLimits: {
    clientPerMinute: number;
    addressPerMinute: number;
    tokenPerMinute: number;
  };
  /** Where mail is handed in; without it no mail is sent. May hold a password. */
  smtpUrl?: string;
  /** Who mail comes from. */
  mailFrom?: string;
  /** The issuer's page on LinkedIn, by number: badges that are added to a profile show its logo then. */
  linkedinOrganizationId?: string;
  /** Whether the VC API may issue arbitrary credentials (its own scope is needed besides). */
  vcApi: boolean;
  /** Whether revoked badges are also listed by their ids, as Open Badges 3.0 has it. */
  revocationList1EdTech: boolean;
  allowPublicUrlChange: boolean;
  shutdownTimeoutMs: number;
  /** Threads for verification and pictures; 0 does both in the main thread. */
  workerThreads: number;
  /** The greatest request body. */
  bodyLimitBytes: number;
  /** The greatest file of an import. */
  importMaxBytes: number;
  /** What asks for /metrics has to show it; without one whoever reaches the port reads them. */
  metricsToken?: string;
  /** Whether strangers come here: then no link that lets somebody in is ever written to the log. */
  production: boolean;
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const local = new Set(['localhost', '127.0.0.1', '[::1]']);

const whole = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(Number)
    .refine((value) => value >= least && value <= most, `must be from ${least} to ${most}`);

const yesOrNo = z
  .enum(['yes', 'no', 'on', 'off'], 'must be yes (on) or no (off)')
  .transform((value) => value === 'yes' || value === 'on');

const publicUrl = z.string().transform((text, context) => {
  const fault = (message: string): never => {
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  };
  if (!URL.canParse(text)) return fault('must be a URL such as https://badges.example.org');
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return fault('must begin with https://');
  if (url.username || url.password) return fault('must not carry a name or password');
  if (url.pathname !== '/' || url.search || url.hash) return fault('must be an origin alone, without path, ? or #');
  return url.origin;
});

// It is signed into every badge: a name that the standard or a wallet refuses would let no record complete anything.
const issuerName = z
  .string()
  .trim()
  .min(1, 'must be a name that can be seen')
  .max(200, 'must have at most 200 characters')
  .refine((name) => name.isWellFormed() && htmlEntityIn(name) === undefined, {
    message: 'must be plain text, without HTML entities such as &amp;',
  });

const databaseUrl = z
  .string()
  .refine(
    (text) => URL.canParse(text) && /^postgres(ql)?:$/.test(new URL(text).protocol),
    'must be a URL such as postgres://user:password@host:5432/cairn',
  );

const smtpUrl = z
  .string()
  .refine(
    (text) => URL.canParse(text) && /^smtps?:$/.test(new URL(text).protocol) && new URL(text).hostname !== '',
    'must be a URL such as smtp://user:password@mail.example.org:587',
  );

// One mailbox, bare or with a name before it. No line break may come in: what follows would be a header.
const mailFrom = z
  .string()
  .max(320)
  .regex(
    /^(?:[^<>@\r\n]+<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/,
    'must be an address such as badges@example.org or Badges <badges@example.org>',
  );

const RANGES = new Set(['loopback', 'linklocal', 'uniquelocal']);
const isAddress = (text: string): boolean => RANGES.has(text) || ipaddr.isValid(text) || ipaddr.isValidCIDR(text);

// "yes", "no", a number of hops, or a list of addresses: what Fastify's trustProxy takes.
const trustProxy = z
  .string()
  .refine(
    (text) => /^(yes|no|\d+)$/.test(text) || text.split(',').every((one) => isAddress(one.trim())),
    'must be yes, no, a number of proxies, or their addresses, such as 10.0.0.0/8,192.0.2.7',
  )
  .transform((text) => (text === 'yes' ? true : text === 'no' ? false : /^\d+$/.test(text) ? Number(text) : text));

const settings = z.object({
  PORT: whole(0, 65535).default(3000),
  HOST: z.string().default('localhost'),
  PUBLIC_URL: publicUrl.optional(),
  ISSUER_NAME: issuerName.default('Cairn'),
  DATABASE_URL: databaseUrl.optional(),
  DATABASE_REPLICA_URL: databaseUrl.optional(),
  DATABASE_POOL_SIZE: whole(1, 1000).default(10),
  DATA_DIR: z.string().default('data'),
  KEYS_DIR: z.string().default('keys'),
  KEYS_PASSPHRASE: z.string().min(12, 'must have at least 12 characters').optional(),
  LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).default('info'),
  JWT_ALGORITHM: z.enum(['RS256', 'ES256'], 'must be RS256 or ES256').default('RS256'),
  ACCESS_TOKEN_SECONDS: whole(1, 86400).default(900),
  TRUST_PROXY: trustProxy.default(false),
  RATE_LIMIT_CLIENT_PER_MINUTE: whole(0, 10_000_000).default(60_000),
  RATE_LIMIT_ADDRESS_PER_MINUTE: whole(0, 10_000_000).default(600),
  RATE_LIMIT_TOKEN_PER_MINUTE: whole(0, 10_000_000).default(60),
  SMTP_URL: smtpUrl.optional(),
  MAIL_FROM: mailFrom.optional(),
  LINKEDIN_ORGANIZATION_ID: z
    .string()
    .regex(/^\d{1,20}$/, 'must be the number of the organization’s page on LinkedIn')
    .optional(),
  VC_API: yesOrNo.default(false),
  REVOCATION_LIST_1EDTECH: yesOrNo.default(false),
  ALLOW_PUBLIC_URL_CHANGE: yesOrNo.default(false),
  SHUTDOWN_TIMEOUT_MS: whole(100, 600_000).default(10_000),
  WORKER_THREADS: whole(0, 256).optional(),
  BODY_LIMIT_BYTES: whole(1024, 64 * 1024 * 1024).default(1024 * 1024),
  IMPORT_MAX_BYTES: whole(1024, 2 ** 50).default(2 ** 32),
  METRICS_TOKEN: z
    .string()
    .regex(
      /^[A-Za-z0-9._~+/-]{16,200}=*$/,
      'must have 16 to 200 letters, digits or -._~+/ (what a Bearer token may have, RFC 6750 §2.1), such as `openssl rand -hex 32` gives',
    )
    .optional(),
  NODE_ENV: z.string().optional(),
});

/** The names of all settings, for the usage text and for the test that holds the README to them. */
export const SETTING_NAMES: readonly string[] = Object.keys(settings.shape).filter((name) => name !== 'NODE_ENV');

/** Settings that are missing or wrong; the message names every one and what would be right. */
export class ConfigError extends Error {
  readonly faults: string[];
  constructor(faults: string[]) {
    super(`The settings are not right:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.name = 'ConfigError';
    this.faults = faults;
  }
}

/**
 * Parses the environment. An empty variable counts as absent (that is how compose files leave things out).
 *
 * @throws {ConfigError} naming all faults at once; values are never repeated, since some are secret
 */
export function parseConfig(env: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([name, value]) => name in settings.shape && value));
  const parsed = settings.safeParse(given);
  const faults = parsed.success ? [] : parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
  const production = env.NODE_ENV === 'production';
  const url = publicUrl.safeParse(given.PUBLIC_URL ?? `http://localhost:${given.PORT ?? 3000}`).data;
  if (url && production && url.startsWith('http:') && !local.has(new URL(url).hostname)) {
    faults.push('PUBLIC_URL must begin with https:// in production (did:web is resolved over TLS only)');
  }
  if (given.SMTP_URL && !given.MAIL_FROM) faults.push('MAIL_FROM must say who mail comes from when SMTP_URL is set');
  if (given.DATABASE_REPLICA_URL && !given.DATABASE_URL)
    faults.push('DATABASE_URL must be set when DATABASE_REPLICA_URL is: a replica has a primary');
  if (!parsed.success || faults.length > 0 || url === undefined) throw new ConfigError(faults);
  const read = parsed.data;
  return {
    port: read.PORT,
    host: read.HOST,
    publicUrl: url,
    issuerName: read.ISSUER_NAME,
    databaseUrl: read.DATABASE_URL,
    databaseReplicaUrl: read.DATABASE_REPLICA_URL,
    databasePoolSize: read.DATABASE_POOL_SIZE,
    dataDir: resolve(read.DATA_DIR),
    keysDir: resolve(read.KEYS_DIR),
    keysPassphrase: read.KEYS_PASSPHRASE,
    logLevel: read.LOG_LEVEL,
    jwtAlgorithm: read.JWT_ALGORITHM,
    accessTokenTtlMs: read.ACCESS_TOKEN_SECONDS * 1000,
    trustProxy: read.TRUST_PROXY,
    rateLimits: {
      clientPerMinute: read.RATE_LIMIT_CLIENT_PER_MINUTE,
      addressPerMinute: read.RATE_LIMIT_ADDRESS_PER_MINUTE,
      tokenPerMinute: read.RATE_LIMIT_TOKEN_PER_MINUTE,
    },
    smtpUrl: read.SMTP_URL,
    mailFrom: read.MAIL_FROM,
    linkedinOrganizationId: read.LINKEDIN_ORGANIZATION_ID,
    vcApi: read.VC_API,
    revocationList1EdTech: read.REVOCATION_LIST_1EDTECH,
    allowPublicUrlChange: read.ALLOW_PUBLIC_URL_CHANGE,
    shutdownTimeoutMs: read.SHUTDOWN_TIMEOUT_MS,
    workerThreads: read.WORKER_THREADS ?? Math.max(1, availableParallelism() - 1),
    bodyLimitBytes: read.BODY_LIMIT_BYTES,
    importMaxBytes: read.IMPORT_MAX_BYTES,
    metricsToken: read.METRICS_TOKEN,
    // Nobody is told to set NODE_ENV: who has a name in the world and a certificate for it is no developer's machine.
    production: production || (url.startsWith('https:') && !local.has(new URL(url).hostname)),
  };
}
