// Client credentials against an access token (RFC 6749 §4.4, October 2012). The token is a JWT of the profile of
// RFC 9068 (October 2021), signed by a key that signs nothing else.
import { randomUUID, timingSafeEqual } from 'node:crypto';
import { AUDIENCE_PATH } from './callers.ts';
import { hashSecret } from './clients.ts';
import type { Service } from './service.ts';
import { findClient, readSecretHashes } from './store.ts';

/** An error of the token endpoint, in OAuth's own words (RFC 6749 §5.2). */
export class TokenError extends Error {
  readonly error: 'invalid_request' | 'invalid_client' | 'unsupported_grant_type' | 'invalid_scope';
  constructor(error: TokenError['error'], description: string) {
    super(description);
    this.name = 'TokenError';
    this.error = error;
  }
}

export interface AccessTokenClaims {
  iss: string;
  aud: string;
  sub: string;
  client_id: string;
  scope: string;
  iat: number;
  exp: number;
  jti: string;
}

/** Signs claims with the named access-token key. */
export type SignToken = (claims: AccessTokenClaims, kid: string, privateKeyPem: string) => string;

export interface AccessToken {
  access_token: string;
  token_type: 'Bearer';
  expires_in: number;
  scope: string;
}

function grantedScopes(asked: string | undefined, may: string[]): string[] {
  if (asked === undefined) return may;
  const wanted = [...new Set(asked.split(' ').filter(Boolean))];
  const refused = wanted.filter((scope) => !may.includes(scope));
  if (refused.length > 0 || wanted.length === 0) {
    throw new TokenError('invalid_scope', `This client may have: ${may.join(' ')}.`);
  }
  return wanted;
}

async function authenticate(
  service: Service,
  clientId: string,
  secret: string,
): Promise<{ id: string; scopes: string[] }> {
  const given = Buffer.from(hashSecret(secret), 'hex');
  const client = await findClient(service.db.read, clientId);
  const hashes = client ? await readSecretHashes(service.db.read, client.id) : [];
  const known = hashes.some((hash) => timingSafeEqual(Buffer.from(hash, 'hex'), given));
  // One sentence for both, so that the ids of clients cannot be tried out.
  if (!client || !known)
    throw new TokenError('invalid_client', 'There is no such client, or its secret is another one.');
  return client;
}

/** @throws {TokenError} */
export async function issueAccessToken(
  service: Service,
  sign: SignToken,
  request: { clientId: string; secret: string; scope: string | undefined },
): Promise<AccessToken> {
  const client = await authenticate(service, request.clientId, request.secret);
  const scope = grantedScopes(request.scope, client.scopes).join(' ');
  const iat = Math.floor(service.now().getTime() / 1000);
  const lifetime = Math.floor(service.config.accessTokenTtlMs / 1000);
  const { publicUrl } = service.config;
  const { kid } = service.keys.active('access-token');
  const pem = service.keys.privateKey(kid).export({ format: 'pem', type: 'pkcs8' }) as string;
  const claims = {
    ...{ iss: publicUrl, aud: publicUrl + AUDIENCE_PATH, sub: client.id, client_id: client.id, scope },
    ...{ iat, exp: iat + lifetime, jti: randomUUID() },
  };
  return { access_token: sign(claims, kid, pem), token_type: 'Bearer', expires_in: lifetime, scope };
}
