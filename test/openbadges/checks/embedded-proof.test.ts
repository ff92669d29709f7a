// Mathematics and trust are two questions, and the best proof decides.
import t from 'tap';
import { judgeProofs, rank } from '../../../src/openbadges/checks/embedded-proof.ts';
import { serve } from '../documents.ts';
import { badge, ISSUER, issuerDocuments, now, otherKey, sign } from '../signed-badges.ts';

const query = { resolve: serve(issuerDocuments), controller: ISSUER, purpose: 'assertionMethod', at: now };

void t.test('the issuer’s, a witness’s, a forger’s and an open one', async (t) => {
  const signed = await sign(badge());
  const [own] = await judgeProofs(signed, query);
  t.match(own, { mathematics: 'good', trust: { trust: 'pass' }, witness: false });
  const foreign = await sign(badge(), { key: otherKey, method: `did:key:${otherKey.multibase}#${otherKey.multibase}` });
  const [witness] = await judgeProofs(foreign, query);
  t.match(witness, { mathematics: 'good', trust: { trust: 'fail', code: 'controller_mismatch' }, witness: true });
  const [forged] = await judgeProofs({ ...signed, name: 'Forged' }, query);
  t.match(forged, { mathematics: 'bad', trust: { trust: 'pass' } });
  const [open] = await judgeProofs(signed, { ...query, resolve: serve({}) });
  t.match(open, { mathematics: 'unknown', trust: { trust: 'unknown' } });
  t.strictSame([own!, open!, witness!, forged!].map(rank), [4, 2, 1, 0]);
});

void t.test('challenge and domain are demanded when they were set', async (t) => {
  const signed = await sign(badge());
  const [judged] = await judgeProofs(signed, { ...query, challenge: 'c0ffee' });
  t.match(judged, { mathematics: 'bad', result: { code: 'ERR_OB_PROOF_CHALLENGE' } });
});
