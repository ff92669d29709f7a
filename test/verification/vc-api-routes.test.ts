// The VC API says yes only to what verifies entirely, and never 500.
import t from 'tap';
import { signEddsaRdfc2022 } from '../../src/openbadges/proofs/eddsa-rdfc-2022.ts';
import { isVerified } from '../../src/verification/vc-api-routes.ts';
import { badge, key, now, otherKey, sign, verify } from '../openbadges/signed-badges.ts';
import { verificationApp } from './test-app.ts';

const did = `did:key:${key.multibase}`;
const holder = `did:key:${otherKey.multibase}`;
const good = await sign(badge({ issuer: { id: did, type: ['Profile'], name: 'x' } }));

void t.test('a good credential: verified', async (t) => {
  const app = verificationApp(t);
  const answer = await app.inject({
    method: 'POST',
    url: '/credentials/verify',
    payload: { verifiableCredential: good, options: { returnCredential: true } },
  });
  t.equal(answer.statusCode, 200);
  t.match(answer.json(), { verified: true, outcome: 'valid', credential: { name: 'Bread baking' } });
});

void t.test('a bad or malformed one: 400 with a problem that tells them apart', async (t) => {
  const app = verificationApp(t);
  const ask = async (payload: unknown) =>
    app.inject({
      method: 'POST',
      url: '/credentials/verify',
      headers: { 'content-type': 'application/json' },
      payload: JSON.stringify(payload),
    });
  for (const verifiableCredential of ['text', null, 7, [good], undefined, { ...good, proof: null }]) {
    const answer = await ask({ verifiableCredential });
    t.equal(answer.statusCode, 400);
    t.match(answer.json(), { code: 'malformed_credential' });
  }
  t.match((await ask(null)).statusCode, 400);
  t.match((await ask({ verifiableCredential: good, options: 'x' })).json(), { code: 'malformed_options' });
  const changed = await ask({ verifiableCredential: { ...good, name: 'Forged' } });
  t.equal(changed.statusCode, 400);
  t.match(changed.json(), { code: 'not_verified', errors: [{ code: 'signature.signature_invalid' }] });
  t.match((await ask({ verifiableCredential: {} })).json(), { code: 'not_verified' });
});

void t.test('of several proofs all must be good here', async (t) => {
  const [proof] = good.proof;
  const report = await verify({ ...good, proof: [proof, { ...proof, proofValue: 'z3x' }] });
  t.equal(report.outcome, 'valid_with_warnings');
  t.notOk(isVerified(report));
});

void t.test('a presentation with its challenge and domain', async (t) => {
  const app = verificationApp(t);
  const presentation = await signEddsaRdfc2022(
    {
      '@context': ['https://www.w3.org/ns/credentials/v2'],
      type: ['VerifiablePresentation'],
      holder,
      verifiableCredential: [good],
    },
    {
      privateKey: otherKey.privateKey,
      verificationMethod: `${holder}#${otherKey.multibase}`,
      created: now,
      proofPurpose: 'authentication',
      challenge: 'c0ffee',
      domain: 'shop.example',
    },
  );
  const ask = async (verifiablePresentation: unknown, options: object = {}) =>
    app.inject({ method: 'POST', url: '/presentations/verify', payload: { verifiablePresentation, options } });
  const answer = await ask(presentation, { challenge: 'c0ffee', domain: 'shop.example' });
  t.equal(answer.statusCode, 200);
  t.match(answer.json(), { verified: true, results: { presentation: { holder }, credentials: [{ verified: true }] } });
  t.match((await ask(presentation, { challenge: 'other' })).json(), {
    code: 'not_verified',
    errors: [{ code: 'ERR_OB_PROOF_CHALLENGE' }],
  });
  const { proof: _, ...bare } = presentation;
  t.match((await ask(bare)).json(), { code: 'not_verified', errors: [{ code: 'proof_missing' }] });
  t.match((await ask({ type: 'Thing' })).json(), { code: 'malformed_presentation' });
  t.match((await ask({ type: 'EnvelopedVerifiablePresentation', id: 'x' })).json(), { code: 'malformed_presentation' });
});

void t.test('what the options set of the proof must hold', async (t) => {
  const app = verificationApp(t);
  const ask = async (options: object) =>
    (
      await app.inject({
        method: 'POST',
        url: '/credentials/verify',
        payload: { verifiableCredential: good, options },
      })
    ).json() as object;
  t.match(await ask({ expectedProofPurpose: 'assertionMethod' }), { verified: true });
  t.match(await ask({ expectedProofPurpose: 'authentication' }), { errors: [{ code: 'signature.proof_purpose' }] });
  t.match(await ask({ challenge: 'c0ffee' }), { errors: [{ code: 'signature.proof_challenge' }] });
  t.match(await ask({ domain: 'shop.example' }), { errors: [{ code: 'signature.proof_domain' }] });
});

void t.test('a request that can be read in two ways is malformed', async (t) => {
  const app = verificationApp(t);
  const text = JSON.stringify({ verifiableCredential: good });
  const ask = (payload: string) =>
    app.inject({
      method: 'POST',
      url: '/credentials/verify',
      headers: { 'content-type': 'application/json' },
      payload,
    });
  const answer = await ask(text.replace('"name":"Bread baking"', '"name":"Law","name":"Bread baking"'));
  t.equal(answer.statusCode, 400, answer.body);
  t.match(answer.json(), { code: 'malformed_json', detail: /"name" stands twice/ });
  t.equal((await ask(text)).statusCode, 200);
  t.equal((await ask('{')).statusCode, 400);
});
