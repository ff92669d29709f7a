// The key history, signed by the active key, so that a copy of it can be trusted when our host is gone.
// eddsa-jcs-2022 (Data Integrity EdDSA Cryptosuites 1.0, W3C Recommendation 15 May 2025): plain JSON needs no JSON-LD.
import { signEddsaJcs2022 } from '../openbadges/proofs/eddsa-jcs-2022.ts';
import type { RingKey } from '../platform/key-ring.ts';
import type { Service } from '../platform/service.ts';
import { buildKeyHistory, verificationMethodId } from './documents.ts';

/** The history of these keys with a proof by the active one. */
export async function signedKeyHistory(
  service: Pick<Service, 'config' | 'keys' | 'now'>,
  keys: RingKey[],
): Promise<object> {
  const { publicUrl } = service.config;
  const at = service.now();
  const key = service.keys.active('data-integrity');
  return signEddsaJcs2022(buildKeyHistory(publicUrl, keys, at), {
    privateKey: service.keys.privateKey(key.kid),
    verificationMethod: verificationMethodId(publicUrl, key),
    created: at,
  });
}
