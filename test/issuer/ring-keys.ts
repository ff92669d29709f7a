// Keys as a ring has them, one of each kind and state, for tests of what is published of them.
import { generateKeyPairSync } from 'node:crypto';
import type { JWK } from 'jose';
import { encodeMultikey, jwkThumbprint, type PublicJwk } from '../../src/openbadges/keys.ts';
import type { KeyState, RingKey } from '../../src/platform/key-ring.ts';

const BORN = new Date('2026-01-01T00:00:00.000Z');

/** A key of the embedded proofs. */
export function proofKey(state: KeyState = 'active'): RingKey {
  const { publicKey } = generateKeyPairSync('ed25519');
  return ringKey(
    'data-integrity',
    'EdDSA',
    encodeMultikey(publicKey),
    publicKey.export({ format: 'jwk' }) as JWK,
    state,
  );
}

/** A key of VC-JWTs. */
export function jwtKey(state: KeyState = 'active', algorithm: 'RS256' | 'ES256' = 'ES256'): RingKey {
  const { publicKey } =
    algorithm === 'RS256'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = publicKey.export({ format: 'jwk' }) as JWK;
  return ringKey('vc-jwt', algorithm, jwkThumbprint(jwk as PublicJwk), jwk, state);
}

function ringKey(
  use: RingKey['use'],
  algorithm: RingKey['algorithm'],
  kid: string,
  publicJwk: JWK,
  state: KeyState,
): RingKey {
  return {
    ...{ kid, use, algorithm, state, publicJwk, createdAt: BORN },
    activatedAt: state === 'next' ? null : BORN,
    retiredAt: state === 'retired' ? BORN : null,
    compromisedAt: state === 'compromised' ? BORN : null,
  };
}
