// The guarded network: how verification reaches documents that strangers name in their badges.
//
// Every URL here was chosen by somebody unknown, so the connection itself is guarded, not only the text of the URL:
// literals and every address a name resolves to are refused when private, local, link-local, mapped or otherwise not
// the public Internet (a name may resolve to 169.254.169.254), each redirect starts over, and one verification may spend
// only so much. Contexts never come this way. Measured against decimal, hexadecimal, IPv4-mapped, link-local and
// unspecified literals: all refused.
//
// RFC 6890 (2013) special-purpose addresses; RFC 9110 §15.4; Open Badges 3.0 (April 2025) §9 as to what may be fetched.

import { lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { Agent, buildConnector, request, type Dispatcher } from 'undici';
import { ResolveError, type Resolve, type ResolvedDocument } from '../openbadges/resolve.ts';

export interface NetworkLimits {
  redirects: number;
  timeoutMs: number;
  sizeBytes: number;
}

export interface NetworkOptions {
  limits?: Partial<NetworkLimits>;
  /** For tests on localhost only: lets http and private addresses through. */
  allowLocal?: boolean;
}

const NETWORK_LIMITS: NetworkLimits = { redirects: 3, timeoutMs: 5_000, sizeBytes: 2 * 1024 * 1024 };

/** Whether an address is on the public Internet. Mapped and translated forms are judged by the address inside. */
export function isPublicAddress(address: string): boolean {
  const bare = address.startsWith('[') ? address.slice(1, -1) : address;
  if (!ipaddr.isValid(bare.split('%', 1)[0]!)) return false;
  // A zone id (`fe80::1%eth0`) only exists on a local link.
  if (bare.includes('%')) return false;
  return ipaddr.process(bare).range() === 'unicast';
}

/** A `lookup` that gives public addresses only, or none. */
const publicLookup: LookupFunction = (hostname, options, done) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return done(error, '', 0);
    const open = addresses.filter(({ address }) => isPublicAddress(address));
    if (open.length === 0) return done(new ResolveError('refused', `${hostname} has no public address.`), '', 0);
    if (options.all === true) return done(null, open);
    return done(null, open[0]!.address, open[0]!.family);
  });
};

/** Connections that refuse literals (which skip `lookup`) and filter what a name resolves to. */
function guardedAgent(timeoutMs: number, allowLocal: boolean): Agent {
  const connector = buildConnector({ timeout: timeoutMs, ...(allowLocal ? {} : { lookup: publicLookup }) });
  return new Agent({
    connect(options, done) {
      const literal = ipaddr.isValid(options.hostname.replace(/^\[|\]$/g, ''));
      if (!allowLocal && literal && !isPublicAddress(options.hostname)) {
        done(new ResolveError('refused', `${options.hostname} is not a public address.`), null);
        return;
      }
      connector(options, done);
    },
    pipelining: 0,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    maxResponseSize: -1,
  });
}

function permitted(url: string, allowLocal: boolean): URL {
  if (!URL.canParse(url)) throw new ResolveError('malformed_url', `${url.slice(0, 200)} is not a URL.`);
  const parsed = new URL(url);
  if (parsed.protocol !== 'https:' && !(allowLocal && parsed.protocol === 'http:'))
    throw new ResolveError('refused', `${url.slice(0, 200)} is not https.`);
  // Credentials in a URL would be sent to whoever the badge names.
  if (parsed.username !== '' || parsed.password !== '')
    throw new ResolveError('refused', `${parsed.host} was named with a user name or password.`);
  parsed.hash = '';
  return parsed;
}

/** Gives up on an answer. A body that is destroyed reports it as an error, which nobody else listens to. */
function discard(body: Dispatcher.ResponseData['body']): void {
  body.on('error', () => {});
  body.destroy();
}

async function readBody(body: Dispatcher.ResponseData['body'], sizeBytes: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of body as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > sizeBytes) {
      discard(body);
      throw new ResolveError('too_large', `The answer is larger than ${sizeBytes} bytes.`);
    }
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function one(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}

async function fetchOnce(
  agent: Agent,
  url: URL,
  accept: string,
  signal: AbortSignal,
): Promise<Dispatcher.ResponseData> {
  return request(url.href, {
    dispatcher: agent,
    method: 'GET',
    headers: { accept, 'accept-encoding': 'identity', 'user-agent': 'Cairn-Verifier' },
    signal,
  });
}

async function follow(
  agent: Agent,
  first: string,
  accept: string,
  limits: NetworkLimits,
  allowLocal: boolean,
): Promise<ResolvedDocument> {
  const signal = AbortSignal.timeout(limits.timeoutMs);
  let url = permitted(first, allowLocal);
  for (let hop = 0; hop <= limits.redirects; hop += 1) {
    const response = await fetchOnce(agent, url, accept, signal);
    const location = one(response.headers['location']);
    if (response.statusCode >= 300 && response.statusCode < 400 && location !== undefined) {
      discard(response.body);
      url = permitted(URL.canParse(location, url.href) ? new URL(location, url.href).href : location, allowLocal);
      continue;
    }
    const bytes = await readBody(response.body, limits.sizeBytes);
    return {
      url: url.href,
      status: response.statusCode,
      contentType: one(response.headers['content-type']) ?? '',
      body: bytes.toString('utf8'),
      bytes,
    };
  }
  throw new ResolveError('refused', `${first.slice(0, 200)} redirects more than ${limits.redirects} times.`);
}

/** The reason inside whatever undici wrapped it in, as one of ours; nothing of the far end's text is repeated. */
function asResolveError(error: unknown, url: string): ResolveError {
  for (let cause = error; cause instanceof Error; cause = cause.cause) if (cause instanceof ResolveError) return cause;
  return new ResolveError('unreachable', `${url.slice(0, 200)} could not be reached.`);
}

export interface GuardedNetwork {
  resolve: Resolve;
  close(): Promise<void>;
}

/**
 * Opens the guarded network. One is enough for a service.
 * Gives a `resolve` that fetches https documents of public hosts, at most 3 redirects, 5 s and 2 MiB each, without
 * cookies; it throws ResolveError for everything else.
 */
export function openGuardedNetwork(options: NetworkOptions = {}): GuardedNetwork {
  const limits = { ...NETWORK_LIMITS, ...options.limits };
  const allowLocal = options.allowLocal ?? false;
  const agent = guardedAgent(limits.timeoutMs, allowLocal);
  return {
    async resolve(url, accept) {
      try {
        return await follow(agent, url, accept, limits, allowLocal);
      } catch (error) {
        throw asResolveError(error, url);
      }
    },
    close: () => agent.destroy(),
  };
}
