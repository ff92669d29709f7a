// What is remembered of a signature is whether it is right, and of nothing else but the same words and the same key.
import t from 'tap';
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { signEddsaRdfc2022 } from '../../../src/openbadges/proofs/eddsa-rdfc-2022.ts';
import { verifyProofs } from '../../../src/openbadges/proofs/proof.ts';
import { rememberedVerdict } from '../../../src/openbadges/proofs/remembered-verdicts.ts';
import { badgeVector } from '../vectors/open-badges.ts';

const keys = generateKeyPairSync('ed25519');
const others = generateKeyPairSync('ed25519');
const created = new Date('2026-11-20T00:00:00Z');
const sign = (document: object, expires?: Date) =>
  signEddsaRdfc2022(document, {
    privateKey: keys.privateKey,
    verificationMethod: 'did:web:x.example#k',
    created,
    ...(expires && { expires }),
  });
const check = async (document: unknown, publicKey: KeyObject, now = created, purpose = 'assertionMethod') => {
  const resolveMethod = async () => ({ controller: 'did:web:x.example', publicKey });
  const [result] = await verifyProofs(document, { now, purpose, resolveMethod, remembers: true });
  return result?.code;
};

void t.test('the same words and the same key are calculated once, others each time', async (t) => {
  let calculated = 0;
  const ask = (suite: string, document: object, proof: object, key: KeyObject, verdict: boolean) =>
    rememberedVerdict(suite, document, proof, key, async () => {
      calculated += 1;
      return verdict;
    });
  t.ok(await ask('a', { x: 1 }, { v: 1 }, keys.publicKey, true));
  t.ok(await ask('a', { x: 1 }, { v: 1 }, keys.publicKey, false));
  t.equal(calculated, 1);
  t.notOk(await ask('b', { x: 1 }, { v: 1 }, keys.publicKey, false));
  t.notOk(await ask('a', { x: 2 }, { v: 1 }, keys.publicKey, false));
  t.notOk(await ask('a', { x: 1 }, { v: 2 }, keys.publicKey, false));
  t.notOk(await ask('a', { x: 1 }, { v: 1 }, others.publicKey, false));
  t.equal(calculated, 5);
  t.notOk(await ask('a', { x: 2 }, { v: 1 }, keys.publicKey, true), 'a bad one stays bad');
});

void t.test('what throws is calculated again, and the oldest are forgotten', async (t) => {
  const fail = async () => {
    throw new Error('not now');
  };
  await t.rejects(rememberedVerdict('a', {}, {}, keys.publicKey, fail));
  t.ok(await rememberedVerdict('a', {}, {}, keys.publicKey, async () => true));
  for (let n = 0; n < 10_000; n += 1) await rememberedVerdict('n', { n }, {}, keys.publicKey, async () => true);
  t.notOk(await rememberedVerdict('a', {}, {}, keys.publicKey, async () => false));
});

void t.test(
  'a changed word, another key, a past date and another purpose are found after a good verdict',
  async (t) => {
    const signed = await sign(badgeVector.unsigned, new Date('2026-12-01T00:00:00Z'));
    t.equal(await check(signed, keys.publicKey), 'OK');
    t.equal(await check(structuredClone(signed), keys.publicKey), 'OK');
    t.equal(await check({ ...signed, name: 'Another' }, keys.publicKey), 'ERR_OB_PROOF_SIGNATURE');
    t.equal(await check(signed, others.publicKey), 'ERR_OB_PROOF_SIGNATURE');
    t.equal(await check(signed, keys.publicKey, new Date('2026-12-02T00:00:00Z')), 'ERR_OB_PROOF_EXPIRED');
    t.equal(await check(signed, keys.publicKey, created, 'authentication'), 'ERR_OB_PROOF_PURPOSE');
    t.equal(await check(signed, keys.publicKey), 'OK');
  },
);

void t.test('what is nested too deep to be written is judged each time', async (t) => {
  let deep: object = {};
  for (let n = 0; n < 100_000; n += 1) deep = [deep];
  t.ok(await rememberedVerdict('a', deep, {}, keys.publicKey, async () => true));
  t.notOk(await rememberedVerdict('a', deep, {}, keys.publicKey, async () => false));
});
