// Who calls, and what of it is believed.
import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import t from 'tap';
import type { FastifyInstance } from 'fastify';
import { allow, requireCaller, sourcesOf } from '../../src/platform/callers.ts';
import { compromiseKey } from '../../src/platform/compromise-key.ts';
import { rotateKey } from '../../src/platform/rotate-key.ts';
import { buildPlatformApp, makeCaller } from './platform-app.ts';
import { onEachDatabase } from './test-service.ts';
import type { TestService } from './test-service.ts';

function build(service: TestService): FastifyInstance {
  const app = buildPlatformApp(service);
  app.get('/open', async (request) => ({ known: request.caller !== null }));
  app.get('/mine', { onRequest: allow('completions:read') }, async (request) => {
    const { clientId, sources, trustEmail, mayStateConsents, scopes } = requireCaller(request);
    return { clientId, sources, trustEmail, mayStateConsents, scopes, reads: sourcesOf(requireCaller(request)) };
  });
  return app;
}

const call = (app: FastifyInstance, token: string, url = '/mine') =>
  app.inject({ url, headers: { authorization: `Bearer ${token}` } });

await onEachDatabase(t, 'a caller has its scopes and what its client was given', async (t, service) => {
  const app = build(service);
  t.teardown(() => app.close());
  const lms = await makeCaller(app, service, ['completions:read', 'completions:write'], { trustEmail: true });
  const told = (await call(app, lms.token)).json<object>();
  t.match(told, {
    clientId: lms.id,
    sources: ['https://lms.example'],
    trustEmail: true,
    mayStateConsents: false,
    reads: ['https://lms.example'],
  });
  const boss = await makeCaller(app, service, ['admin']);
  t.match((await call(app, boss.token)).json(), { reads: null, scopes: ['admin'] });
  const poor = await makeCaller(app, service, ['completions:write']);
  const refused = await call(app, poor.token);
  t.equal(refused.statusCode, 403);
  t.match(refused.headers['www-authenticate'], /insufficient_scope.*completions:read/);
});

await onEachDatabase(t, 'without a token 401 and how to get one; open routes do not mind', async (t, service) => {
  const app = build(service);
  t.teardown(() => app.close());
  const missing = await app.inject('/mine');
  t.match(missing, { statusCode: 401, headers: { 'www-authenticate': 'Bearer' } });
  t.match(missing.json(), { code: 'token_missing' });
  t.same((await app.inject('/open')).json(), { known: false });
  t.match(await call(app, 'rubbish', '/open'), { statusCode: 200 });
});

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

function forge(header: object, claims: object, signer: (input: string) => string): string {
  const input = `${part(header)}.${part(claims)}`;
  return `${input}.${signer(input)}`;
}

await onEachDatabase(t, 'a token that is not ours is 401, whatever is wrong with it', async (t, service) => {
  const app = build(service);
  t.teardown(() => app.close());
  const { id, token } = await makeCaller(app, service, ['completions:read']);
  const { kid, publicJwk } = service.keys.active('access-token');
  const now = service.now().getTime() / 1000;
  const claims = {
    ...{ iss: 'https://badges.example.org', aud: 'https://badges.example.org/v1', client_id: id, sub: id },
    ...{ scope: 'completions:read', iat: now, exp: now + 900 },
  };
  const ours = service.keys.privateKey(kid);
  const byUs = (input: string): string => sign(null, Buffer.from(input), ours).toString('base64url');
  const byOther = (input: string): string =>
    sign(null, Buffer.from(input), generateKeyPairSync('ed25519').privateKey).toString('base64url');
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const cases: Record<string, string> = {
    empty: '',
    'two words': `${token} more`,
    changed: token.slice(0, -6) + 'AAAAAA',
    'of another key': forge({ alg: 'EdDSA', kid }, claims, byOther),
    unsigned: `${part({ alg: 'none', kid })}.${part(claims)}.`,
    'by the public key as a secret': forge({ alg: 'HS256', kid }, claims, (input) =>
      createHmac('sha256', publicJwk.x!).update(input).digest('base64url'),
    ),
    'of another algorithm': forge({ alg: 'RS256', kid }, claims, (input) =>
      sign('sha256', Buffer.from(input), rsa).toString('base64url'),
    ),
    'without kid': forge({ alg: 'EdDSA' }, claims, byUs),
    'of a badge key': forge({ alg: 'EdDSA', kid: service.keys.active('data-integrity').kid }, claims, (input) =>
      sign(null, Buffer.from(input), service.keys.privateKey(service.keys.active('data-integrity').kid)).toString(
        'base64url',
      ),
    ),
    'of another issuer': forge({ alg: 'EdDSA', kid }, { ...claims, iss: 'https://evil.example' }, byUs),
    'for another audience': forge({ alg: 'EdDSA', kid }, { ...claims, aud: 'https://badges.example.org' }, byUs),
    'without end': forge({ alg: 'EdDSA', kid }, { ...claims, exp: undefined }, byUs),
    'of an unknown client': forge({ alg: 'EdDSA', kid }, { ...claims, client_id: 'nobody' }, byUs),
    expired: forge({ alg: 'EdDSA', kid }, { ...claims, exp: now }, byUs),
  };
  t.equal((await call(app, forge({ alg: 'EdDSA', kid }, claims, byUs))).statusCode, 200, 'the forge itself is sound');
  for (const [name, one] of Object.entries(cases)) {
    const answer = await call(app, one);
    t.equal(answer.statusCode, 401, name);
    t.ok(answer.headers['www-authenticate'], name);
  }
  t.match((await call(app, cases.expired!)).headers['www-authenticate'], /invalid_token.*expired/);
});

await onEachDatabase(
  t,
  'a token ends with its time, outlives a rotation, and dies with a compromised key',
  async (t, service) => {
    const app = build(service);
    t.teardown(() => app.close());
    const { token } = await makeCaller(app, service, ['completions:read']);
    const { retired } = await rotateKey(service, 'access-token');
    t.equal((await call(app, token)).statusCode, 200);
    const later = await makeCaller(app, service, ['completions:read']);
    await compromiseKey(service, retired!);
    t.equal((await call(app, token)).statusCode, 401);
    t.equal((await call(app, later.token)).statusCode, 200);
    service.clock.advance(900_000);
    t.equal((await call(app, later.token)).statusCode, 401);
  },
);

await onEachDatabase(t, 'of requests at once with a key that is new here none is refused', async (t, service) => {
  if (service.db.kind === 'pglite') return t.comment('PGlite has one process');
  const [app, replica] = [build(service), await service.openReplica({ keysDir: service.config.keysDir })];
  t.teardown(() => app.close());
  t.teardown(() => replica.close());
  // The next key is known everywhere; the one after it is not.
  for (let n = 0; n < 2; n += 1) await rotateKey(replica, 'access-token');
  const elsewhere = build(replica);
  t.teardown(() => elsewhere.close());
  const { token } = await makeCaller(elsewhere, replica, ['completions:read']);
  const answers = await Promise.all(Array.from({ length: 5 }, () => call(app, token)));
  t.same(
    answers.map((answer) => answer.statusCode),
    [200, 200, 200, 200, 200],
  );
});
