// A presentation in a JWS: the holder's signature, the nonce, the audience and the dates.
import { sign } from 'node:crypto';
import t from 'tap';
import { judgePresentationJwt, type PresentationJwtQuery } from '../../../src/openbadges/checks/presentation-jwt.ts';
import {
  isProven,
  presentationOfJwt,
  reportPresentation,
  verifyPresentation,
} from '../../../src/openbadges/verify-presentation.ts';
import { serve } from '../documents.ts';
import type { Json } from '../example-badge.ts';
import { badge, issuerDocuments, key, now, otherKey, sign as signBadge, summary } from '../signed-badges.ts';

const holder = `did:key:${otherKey.multibase}`;
const kid = `${holder}#${otherKey.multibase}`;
const claims = { iss: holder, aud: 'shop.example', nonce: 'c0ffee', nbf: 1_700_000_000, exp: 1_900_000_000 };
const options = { resolve: serve(issuerDocuments), now };

function jws(payload: Json, header: Json = { alg: 'EdDSA', kid }, privateKey = otherKey.privateKey): string {
  const input = [header, payload].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return `${input}.${sign(null, Buffer.from(input), privateKey).toString('base64url')}`;
}

const presentation = async (): Promise<Json> => ({
  '@context': ['https://www.w3.org/ns/credentials/v2'],
  type: ['VerifiablePresentation'],
  holder,
  verifiableCredential: [await signBadge(badge())],
});

const asked: PresentationJwtQuery = {
  resolve: serve({}),
  at: now,
  holder,
  challenge: 'c0ffee',
  domain: 'shop.example',
};
const code = async (jwt: string, query: Partial<PresentationJwtQuery> = {}): Promise<string> => {
  const { mathematics, result, trust } = await judgePresentationJwt(jwt, { ...asked, ...query });
  return `${mathematics} ${result.code} ${trust?.trust}`;
};

void t.test('signed by its holder, for whom and when it was asked', async (t) => {
  t.equal(await code(jws(claims)), 'good OK pass');
  t.equal(await code(jws({ nonce: 'c0ffee', aud: ['a', 'shop.example'] }), { holder: undefined }), 'good OK pass');
  t.equal(await code(jws({}), { challenge: undefined, domain: undefined }), 'good OK pass', 'nothing was asked');
});

void t.test('another holder, nonce, audience or time; another key; no token', async (t) => {
  t.equal(await code(jws({ ...claims, iss: 'did:example:x' })), 'bad ERR_OB_JWT_CLAIM pass');
  t.equal(await code(jws({ ...claims, nonce: 'other' })), 'bad ERR_OB_PROOF_CHALLENGE pass');
  t.equal(await code(jws({ ...claims, aud: 'evil.example' })), 'bad ERR_OB_PROOF_DOMAIN pass');
  t.equal(await code(jws({ ...claims, exp: 1_700_000_000 })), 'bad ERR_OB_PROOF_EXPIRED pass');
  t.equal(await code(jws({ ...claims, nbf: '1' })), 'bad ERR_OB_JWT_CLAIM pass');
  t.equal(await code(jws(claims, undefined, key.privateKey)), 'bad ERR_OB_JWT_SIGNATURE pass');
  t.equal(await code(jws(claims), { holder: `did:key:${key.multibase}` }), 'bad ERR_OB_JWT_CLAIM fail');
  t.equal(await code(jws(claims, { alg: 'none', kid })), 'bad ERR_OB_JWT_ALGORITHM undefined');
  t.equal(
    await code(jws({ ...claims, iss: 'https://h.example/1' }, { alg: 'EdDSA', kid: 'https://h.example/1#k' }), {
      holder: 'https://h.example/1',
    }),
    'unknown ERR_OB_METHOD_UNREACHABLE unknown',
  );
});

void t.test('with the credentials in it, at the top level or in the claim vp', async (t) => {
  const inside = await presentation();
  for (const payload of [
    { ...inside, ...claims },
    { ...claims, vp: inside },
  ]) {
    const opened = presentationOfJwt(jws(payload))!;
    const report = await verifyPresentation(opened.presentation, { ...options, jwt: opened.jwt, challenge: 'c0ffee' });
    t.ok(isProven(report));
    t.match(report, { faults: [], credentials: [{ outcome: 'valid' }] });
    t.equal(summary(await reportPresentation(opened, options)), 'valid');
  }
  const changed = presentationOfJwt(jws({ ...inside, ...claims }, undefined, key.privateKey))!;
  t.match(summary(await reportPresentation(changed, options)), /^invalid signature=fail\/presentation_proof/);
  t.equal(presentationOfJwt('e30.e30.AA'), undefined);
  t.equal(presentationOfJwt('no'), undefined);
});
