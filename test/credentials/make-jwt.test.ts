// The VC-JWT: the same badge in another envelope, made once, readable by jose.
import { compactVerify, createLocalJWKSet, decodeProtectedHeader, importJWK, type JWK } from 'jose';
import t from 'tap';
import { correctCredential } from '../../src/credentials/correct-credential.ts';
import { credentialJwt } from '../../src/credentials/make-jwt.ts';
import { replaceSigned } from '../../src/credentials/store.ts';
import { buildKeySet, publishedJwk } from '../../src/issuer/documents.ts';
import { credentialKeys } from '../../src/issuer/routes.ts';
import type { Service } from '../../src/platform/service.ts';
import { onEachDatabase } from '../platform/test-service.ts';
import { badgeOf, issueCommons, readIssued } from './issued.ts';

const P = 'https://badges.example.org';

/** The payload, when jose believes the signature by the key set that we publish. */
async function readByJose(service: Service, jwt: string): Promise<Record<string, unknown>> {
  const keySet = createLocalJWKSet(buildKeySet(P, credentialKeys(service)) as { keys: JWK[] });
  const { payload } = await compactVerify(jwt, keySet, { algorithms: ['RS256'] });
  return JSON.parse(Buffer.from(payload).toString()) as Record<string, unknown>;
}

await onEachDatabase(t, 'jose believes it, and its header is alg, kid and typ and nothing else', async (t, service) => {
  const jwt = await credentialJwt(service, await issueCommons(service));
  const { kid } = service.keys.active('vc-jwt');
  t.same(decodeProtectedHeader(jwt ?? ''), { alg: 'RS256', kid: `${P}/keys/${kid}`, typ: 'JWT' });
  await t.resolves(readByJose(service, jwt ?? ''));
});

await onEachDatabase(t, 'the kid is the address of the one bare key that verifies it', async (t, service) => {
  const jwt = (await credentialJwt(service, await issueCommons(service))) ?? '';
  const jwk = publishedJwk(P, service.keys.active('vc-jwt'));
  t.equal(decodeProtectedHeader(jwt).kid, jwk.kid);
  await t.resolves(compactVerify(jwt, await importJWK(jwk)));
});

await onEachDatabase(
  t,
  'its claims equal the members, and without them it is the badge without its proof',
  async (t, service) => {
    const issued = await issueCommons(service, 'ada', { name: 'Zoë & Söhne', consents: { name: true } });
    const { proof: _, ...badge } = badgeOf(issued) as unknown as { proof: unknown; issuer: { id: string } };
    const { iss, sub, jti, nbf, ...rest } = await readByJose(service, (await credentialJwt(service, issued)) ?? '');
    t.same(rest, badge);
    const { id, validFrom, credentialSubject } = badgeOf(issued);
    t.same(
      { iss, sub, jti, nbf },
      { iss: badge.issuer.id, sub: credentialSubject.id, jti: id, nbf: Date.parse(validFrom) / 1000 },
    );
  },
);

await onEachDatabase(t, 'asked for twenty times at once: one JWT, and everybody gets it', async (t, service) => {
  const issued = await issueCommons(service);
  const made = await Promise.all(Array.from({ length: 20 }, () => credentialJwt(service, issued)));
  t.equal(new Set(made).size, 1);
  const stored = await readIssued(service, issued.id);
  t.equal(stored.jwt, made[0]);
  service.clock.advance(60_000);
  t.equal(await credentialJwt(service, stored), made[0]);
});

await onEachDatabase(
  t,
  'a correction takes the old JWT away; the new one says what the badge says now',
  async (t, service) => {
    const before = await issueCommons(service, 'ada', { name: 'Adda', consents: { name: true } });
    const old = await credentialJwt(service, before);
    service.clock.advance(60_000);
    const after = await correctCredential(service, before.id, { name: 'Ada' });
    t.equal(after.jwt, null);
    const jwt = (await credentialJwt(service, after)) ?? '';
    t.not(jwt, old);
    t.equal((await readByJose(service, jwt)).validFrom, '2026-03-04T12:01:00Z');
  },
);

await onEachDatabase(t, 'a badge corrected while its JWT is made: the new content is signed', async (t, service) => {
  const stale = await issueCommons(service);
  const json = stale.json.replace('"validFrom":"2026-03-04T12:00:00Z"', '"validFrom":"2026-03-04T12:00:05Z"');
  await service.db.transaction((tx) =>
    replaceSigned(tx, { id: stale.id, json, kid: stale.kid, validFrom: '2026-03-04T12:00:05Z', searchName: null }),
  );
  const jwt = (await credentialJwt(service, stale)) ?? '';
  t.equal((await readByJose(service, jwt)).nbf, Date.parse('2026-03-04T12:00:05Z') / 1000);
});

await onEachDatabase(t, 'what was erased has no JWT', async (t, service) => {
  const issued = await issueCommons(service);
  t.equal(await credentialJwt(service, { ...issued, json: null }), null);
});
