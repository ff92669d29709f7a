// A JWT's signature and a proof inside it: either is enough, and the worse one is told.
import t from 'tap';
import { signVcJwt } from '../../../src/openbadges/proofs/vc-jwt.ts';
import { badge, find, rsaKey, sign, summary, verify } from '../signed-badges.ts';

const { privateKey, jwk } = rsaKey();
const kid = 'https://school.example/keys/1';
const documents = { [kid]: jwk, 'https://school.example/.well-known/jwks.json': { keys: [jwk] } };
const seal = (document: object): string => signVcJwt(document, { privateKey, alg: 'RS256', kid });

void t.test('both good, or one of them', async (t) => {
  const signed = await sign(badge());
  t.equal(summary(await verify(seal(signed), { documents })), 'valid');
  t.equal(
    summary(await verify(seal({ ...signed, name: 'Changed' }), { documents })),
    'valid_with_warnings signature=warn/other_proof_not_good',
  );
  t.equal(summary(await verify(seal(signed), {})), 'valid_with_warnings signature=warn/other_proof_not_good');
});

void t.test('what the proof was stands in the details', async (t) => {
  const report = await verify(await sign(badge()));
  t.match(find(report, 'signature'), { details: { cryptosuite: 'eddsa-rdfc-2022', created: '2026-03-04T10:11:12Z' } });
  t.match(find(report, 'issuer_key'), { details: { verificationMethod: /#z6Mk/ } });
});
