// The key history can be trusted from a copy: its proof verifies, and every change breaks it.
import t from 'tap';
import { signedKeyHistory } from '../../src/issuer/sign-key-history.ts';
import { publicKeyFromJwk } from '../../src/openbadges/keys.ts';
import { verifyProofs } from '../../src/openbadges/proofs/proof.ts';
import type { RingKey } from '../../src/platform/key-ring.ts';
import { openTestService } from '../platform/test-service.ts';

interface History {
  keys: { verificationMethod: string; state: string; publicKeyJwk: object }[];
  proof: { verificationMethod: string }[];
}

async function statuses(history: object, now: Date): Promise<string[]> {
  const { keys } = history as History;
  const results = await verifyProofs(history as Record<string, unknown>, {
    now,
    purpose: 'assertionMethod',
    resolveMethod: async (url) => {
      const entry = keys.find((one) => one.verificationMethod === url);
      if (!entry) throw new Error(`${url} is not in the history`);
      return { controller: 'did:web:badges.example.org', publicKey: publicKeyFromJwk(entry.publicKeyJwk) };
    },
  });
  return results.map((result) => result.status);
}

await t.test('the proof verifies with the active key that the history itself names', async (t) => {
  const service = await openTestService();
  t.teardown(() => service.close());
  const keys: RingKey[] = [...service.keys.keys('data-integrity'), ...service.keys.keys('vc-jwt')];
  const history = (await signedKeyHistory(service, keys)) as History;
  t.equal(history.keys.length, keys.length);
  t.equal(
    history.proof[0]?.verificationMethod,
    `did:web:badges.example.org#${service.keys.active('data-integrity').kid}`,
  );
  t.same(await statuses(history, service.now()), ['good']);

  const forged = structuredClone(history);
  forged.keys[0]!.state = 'compromised';
  t.same((await statuses(forged, service.now())).includes('good'), false);
});
