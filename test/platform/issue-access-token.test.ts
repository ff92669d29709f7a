// Tokens, before HTTP.
import t from 'tap';
import { createClient } from '../../src/platform/create-client.ts';
import { issueAccessToken } from '../../src/platform/issue-access-token.ts';
import type { AccessTokenClaims, SignToken, TokenError } from '../../src/platform/issue-access-token.ts';
import { rotateSecret } from '../../src/platform/rotate-secret.ts';
import { onEachDatabase } from './test-service.ts';

const sign: SignToken = (claims, kid) => JSON.stringify({ claims, kid });

await onEachDatabase(
  t,
  'a token names the client, the scopes it asked for, our key and its end',
  async (t, service) => {
    const scopes = ['completions:write', 'completions:read'];
    const { client, secret } = await createClient(service, { name: 'LMS', sources: [], scopes });
    const all = await issueAccessToken(service, sign, { clientId: client.id, secret, scope: undefined });
    t.match(all, { token_type: 'Bearer', expires_in: 900, scope: scopes.join(' ') });
    const { claims, kid } = JSON.parse(all.access_token) as { claims: AccessTokenClaims; kid: string };
    const iat = service.now().getTime() / 1000;
    t.match(claims, {
      iss: 'https://badges.example.org',
      aud: 'https://badges.example.org/v1',
      sub: client.id,
      iat,
      exp: iat + 900,
    });
    t.equal(kid, service.keys.active('access-token').kid);
    const one = await issueAccessToken(service, sign, {
      clientId: client.id,
      secret,
      scope: 'completions:read completions:read',
    });
    t.equal(one.scope, 'completions:read');
  },
);

await onEachDatabase(
  t,
  'both living secrets serve; wrong ones and unknown clients are told alike',
  async (t, service) => {
    const { client, secret } = await createClient(service, { name: 'LMS', sources: [], scopes: ['completions:write'] });
    const { secret: second } = await rotateSecret(service, client.id);
    for (const one of [secret, second]) {
      t.ok(await issueAccessToken(service, sign, { clientId: client.id, secret: one, scope: undefined }));
    }
    const told = await Promise.all(
      [
        { clientId: client.id, secret: 'wrong' },
        { clientId: 'nobody', secret },
      ].map((given) =>
        issueAccessToken(service, sign, { ...given, scope: undefined }).catch((error: unknown) => error as TokenError),
      ),
    );
    t.same(
      told.map((error) => (error as TokenError).error),
      ['invalid_client', 'invalid_client'],
    );
    t.equal((told[0] as TokenError).message, (told[1] as TokenError).message);
  },
);

await onEachDatabase(t, 'a scope that the client may not have is refused', async (t, service) => {
  const { client, secret } = await createClient(service, { name: 'LMS', sources: [], scopes: ['completions:write'] });
  for (const scope of ['admin', 'completions:write admin', ' ']) {
    const asked = issueAccessToken(service, sign, { clientId: client.id, secret, scope });
    const error: unknown = await asked.catch((thrown: unknown) => thrown);
    t.match(error, { error: 'invalid_scope', message: /completions:write/ });
  }
});
