// Keys of fixed seeds for tests: the same on every run, and worthless.
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { encodeMultikey, publicJwk } from '../../src/openbadges/keys.ts';

const ED25519_PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

export interface TestKey {
  privateKey: KeyObject;
  publicKey: KeyObject;
  multibase: string;
  jwk: Record<string, unknown>;
}

/** An Ed25519 key from one byte. */
export function ed25519Key(seed: number): TestKey {
  const der = Buffer.concat([ED25519_PKCS8, Buffer.alloc(32, seed)]);
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(privateKey);
  return { privateKey, publicKey, multibase: encodeMultikey(publicKey), jwk: { ...publicJwk(publicKey) } };
}

/** A controller document with one Multikey, listed for assertions. */
export function controllerOf(id: string, key: TestKey, extra: Record<string, unknown> = {}): Record<string, unknown> {
  const method = { id: `${id}#${key.multibase}`, type: 'Multikey', controller: id, publicKeyMultibase: key.multibase };
  return {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
    id,
    verificationMethod: [method],
    assertionMethod: [method.id],
    ...extra,
  };
}
