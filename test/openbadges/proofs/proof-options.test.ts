// The members of a proof, one rule each. What a broken rule does to a whole document stands in proof.test.ts.
import t from 'tap';
import {
  checkExpectation,
  isDateTimeStamp,
  parseProof,
  proofConfiguration,
} from '../../../src/openbadges/proofs/proof-options.ts';

const proof = {
  type: 'DataIntegrityProof',
  cryptosuite: 'eddsa-rdfc-2022',
  created: '2026-03-04T10:11:12Z',
  verificationMethod: 'did:key:z6Mk#z6Mk',
  proofPurpose: 'assertionMethod',
  proofValue: 'z1',
};

void t.test('an instant has a zone and a day that exists', async (t) => {
  for (const text of [
    '2024-02-29T00:00:00Z',
    '2026-03-04T10:11:12.345678+05:30',
    '2026-03-04T23:59:59-14:00',
    '0001-01-01T00:00:00Z',
  ]) {
    t.ok(isDateTimeStamp(text), text);
  }
  for (const text of [
    '2023-02-29T00:00:00Z',
    '2026-04-31T00:00:00Z',
    '2026-03-04T10:11:12',
    '2026-03-04 10:11:12Z',
    '2026-03-04',
    '2026-03-04T24:11:12Z',
    '2026-03-04T10:60:00Z',
    '2026-13-04T10:00:00Z',
    '2026-03-04T10:11:12+15:00',
    '2026-03-04T10:11:12z',
    '2026-03-04T10:11Z',
    '26-03-04T10:11:12Z',
    '2026-03-04T10:11:12.Z',
    '2026-03-04T10:11:12Z\n',
    '',
  ]) {
    t.notOk(isDateTimeStamp(text), JSON.stringify(text));
  }
});

void t.test('a broken rule names its member', async (t) => {
  t.equal(parseProof(proof).proofValue, 'z1');
  t.throws(() => parseProof({ ...proof, verificationMethod: 'did:key: z6Mk' }), {
    code: 'ERR_OB_PROOF_MALFORMED',
    pointer: '/verificationMethod',
  });
  t.throws(() => parseProof({ ...proof, id: 'https://exa\nmple.org/' }), {
    code: 'ERR_OB_PROOF_MALFORMED',
    pointer: '/id',
  });
  t.throws(() => parseProof({ ...proof, cryptosuite: '' }), {
    code: 'ERR_OB_PROOF_MALFORMED',
    pointer: '/cryptosuite',
  });
  t.throws(() => parseProof({ ...proof, previousProof: ['urn:uuid:1', ''] }), {
    code: 'ERR_OB_PROOF_MALFORMED',
    pointer: '/previousProof',
  });
  const { cryptosuite: _, ...older } = proof;
  t.doesNotThrow(() => parseProof({ ...older, type: 'Ed25519Signature2020' }), 'an older proof is named by its type');
  t.throws(() => parseProof(older), { code: 'ERR_OB_PROOF_MALFORMED', pointer: '/cryptosuite' });
});

void t.test('an instant without its zone is UTC', async (t) => {
  const ends = parseProof({ ...proof, created: '2026-03-04T10:11:12', expires: '2026-03-05T00:00:00' });
  const purpose = 'assertionMethod';
  t.doesNotThrow(() => checkExpectation(ends, { now: new Date('2026-03-04T23:59:59Z'), purpose }));
  t.throws(() => checkExpectation(ends, { now: new Date('2026-03-05T00:00:00Z'), purpose }), {
    code: 'ERR_OB_PROOF_EXPIRED',
  });
  for (const created of ['2026-03-04', '2026-02-30T00:00:00', '2026-03-04T10:11:12+25:00', '', 7, null])
    t.throws(() => parseProof({ ...proof, created }), { code: 'ERR_OB_PROOF_MALFORMED', pointer: '/created' });
});

void t.test('what is expected and what is not asked for', async (t) => {
  const now = new Date('2026-11-20T00:00:00Z');
  const purpose = 'assertionMethod';
  t.doesNotThrow(() => checkExpectation({ ...proof, challenge: 'c', domain: 'd' }, { now, purpose }));
  t.doesNotThrow(() => checkExpectation({ ...proof, domain: ['b', 'a'] }, { now, purpose, domain: ['a', 'b', 'a'] }));
  t.doesNotThrow(
    () => checkExpectation({ ...proof, domain: ['a'] }, { now, purpose, domain: 'a' }),
    'one is a set of one',
  );
  t.throws(() => checkExpectation({ ...proof, domain: ['a'] }, { now, purpose, domain: ['a', 'b'] }), {
    code: 'ERR_OB_PROOF_DOMAIN',
  });
});

void t.test('the configuration is everything but the value', async (t) => {
  const { proofValue: _, ...rest } = proof;
  t.strictSame(proofConfiguration({ ...proof, nonce: 'x' }), { ...rest, nonce: 'x' });
});
