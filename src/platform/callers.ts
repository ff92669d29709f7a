// Who calls. A bearer token (RFC 6750, October 2012) is verified when it comes, whatever the route; what a route needs
// it says itself. The token names a client and its scopes; what else the client may is read from the database, so that
// a client that is disabled stops within seconds and not when its token expires.
import { createPublicKey } from 'node:crypto';
import fastifyJwt from '@fastify/jwt';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { decodeProtectedHeader } from 'jose';
import { Recent } from '../openbadges/recent.ts';
import { Problem } from './problem.ts';
import type { Service } from './service.ts';
import { findClient } from './store.ts';
import type { ClientRecord } from './store.ts';

export const SCOPES = [
  'completions:write',
  'completions:read',
  'reviews:write',
  'credentials:read',
  'credentials:revoke',
  'vc:issue',
  'admin',
] as const;
export type Scope = (typeof SCOPES)[number];

/** The audience of our access tokens: the API, and nothing else that trusts the same issuer. */
export const AUDIENCE_PATH = '/v1';

export interface Caller {
  clientId: string;
  scopes: string[];
  sources: string[];
  trustEmail: boolean;
  mayStateConsents: boolean;
  /** Also true with `admin`. */
  has(scope: string): boolean;
}

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller | null;
    callerFault: Problem | null;
  }
}

interface Claims {
  client_id?: unknown;
  scope?: unknown;
  exp?: unknown;
}

/** How many letters of tokens, with 300 for what each says, are remembered. */
const VERIFIED_KEPT_LENGTH = 1_000_000;

/** How long a client's settings are believed before they are read again. */
const settingsTtlMs = 5_000;

function refuse(sentence: string): Problem {
  return new Problem('token_invalid', 401, sentence, {
    headers: { 'www-authenticate': `Bearer error="invalid_token", error_description="${sentence}"` },
  });
}

const expired = 'The access token has expired: ask for a new one at /oauth/token.';
const invalid = 'The access token is not one of ours, or it was changed.';

/** Reads clients with a memory of some seconds, so that a request costs no query. */
function makeClientReader(service: Service): (id: string, scopes: string[]) => Promise<Caller | undefined> {
  const read = new Map<string, { client: Awaited<ReturnType<typeof findClient>>; at: number }>();
  return async (id, asked) => {
    const now = service.now().getTime();
    let entry = read.get(id);
    if (!entry || now - entry.at >= settingsTtlMs) {
      if (read.size > 1000) read.clear();
      entry = { client: await findClient(service.db.read, id), at: now };
      read.set(id, entry);
    }
    if (!entry.client) return undefined;
    return callerOf(entry.client, asked);
  };
}

/** A client as a caller, with those of the scopes that it still has. */
export function callerOf(client: ClientRecord, asked: readonly string[]): Caller {
  const { id, sources, trustEmail, mayStateConsents, scopes: granted } = client;
  const scopes = asked.filter((scope) => granted.includes(scope));
  const has = (scope: string): boolean => scopes.includes(scope) || scopes.includes('admin');
  return { clientId: id, scopes, sources, trustEmail, mayStateConsents, has };
}

const refreshed = new WeakMap<Service, { at: number; read: Promise<void> }>();

// A token with a made-up kid must not cost a query each time. Whoever comes while the keys are read waits for that: of
// requests at once with a key that is new here, all but the first would else be refused.
async function refreshSometimes(service: Service): Promise<void> {
  const at = performance.now();
  const last = refreshed.get(service);
  if (last && at - last.at < 1000) return await last.read;
  const read = service.keys.refresh();
  refreshed.set(service, { at, read });
  await read;
}

/** The key of a kid that may verify tokens now; a compromised one verifies nothing. */
function findTokenKey({ keys }: Service, kid: string): ReturnType<Service['keys']['find']> {
  const key = keys.find(kid);
  return key?.use === 'access-token' && key.state !== 'compromised' ? key : undefined;
}

/** The PEM of the key that a token names. Another replica may just have rotated. */
async function findPem(service: Service, pems: Map<string, string>, token: unknown): Promise<string> {
  const kid = (token as { header?: { kid?: unknown } }).header?.kid;
  if (typeof kid !== 'string') throw new Error('no kid');
  if (!service.keys.find(kid)) await refreshSometimes(service);
  const key = findTokenKey(service, kid);
  if (!key) throw new Error('unknown kid');
  let pem = pems.get(kid);
  if (pem === undefined) {
    pem = createPublicKey({ key: key.publicJwk, format: 'jwk' }).export({ format: 'pem', type: 'spki' }) as string;
    pems.set(kid, pem);
  }
  return pem;
}

/** Gives an app `request.caller`. Call before any route is added. */
export function installCallers(app: FastifyInstance, service: Service): void {
  const pems = new Map<string, string>();
  const readClient = makeClientReader(service);
  // Checking a signature, and even remembering by a hash that it was checked, costs more than all else here.
  const verified = new Recent<{ claims: Claims; kid: string }>(VERIFIED_KEPT_LENGTH);
  app.register(fastifyJwt, {
    decode: { complete: true },
    secret: {
      private: async () => '',
      public: async (_request: FastifyRequest, token: unknown) => await findPem(service, pems, token),
    },
    // The time is the service's, so expiry is checked below.
    verify: {
      algorithms: ['EdDSA'],
      allowedIss: service.config.publicUrl,
      allowedAud: service.config.publicUrl + AUDIENCE_PATH,
      ignoreExpiration: true,
      ignoreNotBefore: true,
    },
    sign: { algorithm: 'EdDSA' },
  });
  app.decorateRequest('caller', null);
  app.decorateRequest('callerFault', null);

  /** The claims of a token whose signature was checked, now or before; of its key, the state is looked at each time. */
  async function verifiedClaims(request: FastifyRequest, token: string): Promise<Claims> {
    const known = verified.get(token);
    if (known && findTokenKey(service, known.kid)) return known.claims;
    const claims = await request.jwtVerify<Claims>();
    verified.set(token, { claims, kid: decodeProtectedHeader(token).kid! }, 300);
    return claims;
  }

  async function identify(request: FastifyRequest, token: string): Promise<Caller | Problem> {
    let claims: Claims;
    try {
      claims = await verifiedClaims(request, token);
    } catch {
      // @fastify/jwt answers 500 to a token with another algorithm, so whatever it throws is this.
      return refuse(invalid);
    }
    const { client_id: id, scope, exp } = claims;
    if (typeof id !== 'string' || typeof scope !== 'string' || typeof exp !== 'number') return refuse(invalid);
    if (exp * 1000 <= service.now().getTime()) {
      verified.delete(token);
      return refuse(expired);
    }
    const caller = await readClient(id, scope.split(' ').filter(Boolean));
    return caller ?? refuse('The client of this access token is not known any more, or was disabled.');
  }

  app.addHook('onRequest', (request, _reply, done) => {
    const token = /^Bearer\s(.*)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (token === undefined) return done();
    identify(request, token).then((found) => {
      if (found instanceof Problem) request.callerFault = found;
      else request.caller = found;
      done();
    }, done);
  });
}

/**
 * The caller, who must have one of the scopes (or `admin`); with none named, any caller will do.
 *
 * @throws {Problem} 401 without a good token, 403 without a scope (RFC 6750 §3.1)
 */
export function requireCaller(request: FastifyRequest, ...anyOfScopes: string[]): Caller {
  const { caller, callerFault } = request;
  if (callerFault) throw callerFault;
  if (!caller) {
    throw new Problem('token_missing', 401, 'Send an access token: Authorization: Bearer … (from POST /oauth/token).', {
      headers: { 'www-authenticate': 'Bearer' },
    });
  }
  if (anyOfScopes.length > 0 && !anyOfScopes.some((scope) => caller.has(scope))) {
    const wanted = anyOfScopes.join(' or ');
    throw new Problem('scope_missing', 403, `This needs the scope ${wanted}, which the access token lacks.`, {
      headers: { 'www-authenticate': `Bearer error="insufficient_scope", scope="${anyOfScopes.join(' ')}"` },
    });
  }
  return caller;
}

/** For a route's `onRequest`: refuses before the body is read. Its `scopes` are what the contract says of the route. */
export function allow(...scopes: string[]): ((request: FastifyRequest) => Promise<void>) & { scopes: string[] } {
  const check = async (request: FastifyRequest): Promise<void> => void requireCaller(request, ...scopes);
  return Object.assign(check, { scopes });
}

/** What a caller may read: what its sources brought; null is everything (`admin`). */
export function sourcesOf(caller: Caller): string[] | null {
  return caller.has('admin') ? null : caller.sources;
}
