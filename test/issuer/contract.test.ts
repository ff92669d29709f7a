// What this room says in the contract is said of routes that there are, and its documents belong together.
import t from 'tap';
import { issuerContract } from '../../src/issuer/contract.ts';
import documents from '../../src/issuer/example-documents.json' with { type: 'json' };
import { publicKeyFromJwk } from '../../src/openbadges/keys.ts';
import { verifyProofs } from '../../src/openbadges/proofs/proof.ts';
import { holdRoom } from '../contract/room.ts';

await t.test('every text belongs to a route', async (t) => holdRoom(t, issuerContract));

await t.test('the key history that is shown verifies with a key that it names', async (t) => {
  const { keyHistory, did } = documents;
  const [result] = await verifyProofs(structuredClone(keyHistory), {
    now: new Date('2026-03-04T12:00:00.000Z'),
    purpose: 'assertionMethod',
    resolveMethod: async (url) => {
      const entry = keyHistory.keys.find((one) => one.verificationMethod === url);
      return { controller: did.id, publicKey: publicKeyFromJwk(entry!.publicKeyJwk) };
    },
  });
  t.equal(result?.status, 'good');
  t.same(
    did.assertionMethod,
    keyHistory.keys.map((one) => one.verificationMethod),
  );
  t.ok(documents.keySet.keys.some((one) => one.kid === documents.key.kid));
});
