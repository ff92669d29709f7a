// A new key pair and the name it will bear. Ed25519 keys are named by their multibase form (Controlled Identifiers 1.0,
// 15 May 2025, §2.2.2), because the fragment of their verification method must be it; the others by their thumbprint
// (RFC 7638, September 2015).
import { generateKeyPair } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import type { JWK } from 'jose';
import type { PublicJwk } from '../openbadges/keys.ts';
import { encodeMultikey, jwkThumbprint } from '../openbadges/keys.ts';
import type { Config } from './config.ts';
import type { KeyFiles } from './key-files.ts';
import type { KeyState, KeyUse, RingKey } from './key-ring.ts';
import { insertKey } from './store.ts';
import type { Tx } from './database.ts';

const generate = promisify(generateKeyPair);

async function generateFor(
  use: KeyUse,
  config: Config,
): Promise<{ algorithm: RingKey['algorithm']; publicKey: KeyObject; privateKey: KeyObject }> {
  if (use !== 'vc-jwt') return { algorithm: 'EdDSA', ...(await generate('ed25519')) };
  if (config.jwtAlgorithm === 'ES256')
    return { algorithm: 'ES256', ...(await generate('ec', { namedCurve: 'P-256' })) };
  return { algorithm: 'RS256', ...(await generate('rsa', { modulusLength: 2048 })) };
}

/** The file, without its ending, that holds a key's private part. */
export function keyFileName(key: Pick<RingKey, 'use' | 'kid'>): string {
  return `${key.use}-${key.kid}`;
}

/**
 * Makes a key: its private part on disk first, then its public part in the database. A transaction that fails
 * afterwards leaves a file that no one names, which is harmless; the other order could leave a key that cannot sign.
 */
export async function makeKey(
  tx: Tx,
  use: KeyUse,
  state: Extract<KeyState, 'next' | 'active'>,
  { config, files, at }: { config: Config; files: KeyFiles; at: Date },
): Promise<RingKey> {
  const { algorithm, publicKey, privateKey } = await generateFor(use, config);
  const publicJwk = publicKey.export({ format: 'jwk' }) as JWK;
  const kid = algorithm === 'EdDSA' ? encodeMultikey(publicKey) : jwkThumbprint(publicJwk as PublicJwk);
  const activatedAt = state === 'active' ? at : null;
  const key: RingKey = {
    ...{ kid, use, algorithm, state, publicJwk, createdAt: at, activatedAt },
    ...{ retiredAt: null, compromisedAt: null },
  };
  await files.write(keyFileName(key), privateKey);
  await insertKey(tx, key);
  return key;
}
