// The documents by which strangers find our keys: DID document, key set, single keys, key history.
// Retired keys stay in all of them for ever, for a dropped key kills every badge it signed. A compromised key stays in
// the history with its state. In the DID document its name stays with the instant of `revoked`, so that a verifier can say
// why, but it is no longer listed for assertions and the key itself is gone: a verifier that looks at neither must not find
// one (Controlled Identifiers 1.0, W3C Recommendation 15 May 2025, §2.2 and §2.3.2; Open Badges 3.0 implementation
// guide, "Key provenance").
import type { JWK } from 'jose';
import type { RingKey } from '../platform/key-ring.ts';
import { issuerDid } from './profile.ts';

const MEDIA_CONTEXTS = [
  'https://www.w3.org/ns/did/v1',
  'https://w3id.org/security/multikey/v1',
  'https://w3id.org/security/jwk/v1',
];

/** The URL of a key as a verification method of our DID document. */
export function verificationMethodId(publicUrl: string, key: RingKey): string {
  return `${issuerDid(publicUrl)}#${key.kid}`;
}

/** The URL that answers with one bare JWK: the `kid` of our VC-JWTs (Open Badges 3.0 §8.2.4). */
export function keyUrl(publicUrl: string, key: RingKey): string {
  return `${publicUrl}/keys/${key.kid}`;
}

/** The public key as a JWK whose `kid` is its full URL. */
export function publishedJwk(publicUrl: string, key: RingKey): JWK & { iss: string } {
  return { ...key.publicJwk, kid: keyUrl(publicUrl, key), alg: key.algorithm, use: 'sig', iss: issuerDid(publicUrl) };
}

/** Keys that anybody may rely on: everything but what was compromised. */
function trusted(keys: RingKey[]): RingKey[] {
  return keys.filter((key) => key.state !== 'compromised');
}

/**
 * The DID document. `assertionMethod` holds strings, each the whole URL of a method: the 1EdTech validator compares
 * strings and cannot read embedded methods.
 * @param keys every key that signs credentials, in any state.
 */
export function buildDidDocument(publicUrl: string, keys: RingKey[]): object {
  const did = issuerDid(publicUrl);
  const named = (some: RingKey[]) => some.map((key) => ({ key, id: verificationMethodId(publicUrl, key) }));
  const methods = named(trusted(keys));
  const revoked = named(keys.filter((key) => key.compromisedAt !== null));
  return {
    '@context': MEDIA_CONTEXTS,
    id: did,
    alsoKnownAs: [`${publicUrl}/issuer`],
    verificationMethod: [
      ...methods.map(({ key, id }) =>
        key.use === 'data-integrity'
          ? { id, type: 'Multikey', controller: did, publicKeyMultibase: key.kid }
          : { id, type: 'JsonWebKey', controller: did, publicKeyJwk: publicPart(publicUrl, key) },
      ),
      ...revoked.map(({ key, id }) => ({
        ...{ id, type: key.use === 'data-integrity' ? 'Multikey' : 'JsonWebKey', controller: did },
        // A dateTimeStamp of whole seconds; milliseconds are lawful and some readers cannot take them.
        revoked: `${key.compromisedAt!.toISOString().slice(0, 19)}Z`,
      })),
    ],
    assertionMethod: methods.map(({ id }) => id),
    service: [{ id: `${did}#issuer`, type: 'LinkedDomains', serviceEndpoint: publicUrl }],
  };
}

function publicPart(publicUrl: string, key: RingKey): JWK {
  const { iss: _, ...jwk } = publishedJwk(publicUrl, key);
  return jwk;
}

/** The key set of `/.well-known/jwks.json`: the keys of VC-JWTs, never those of access tokens. */
export function buildKeySet(publicUrl: string, keys: RingKey[]): { keys: JWK[] } {
  return {
    keys: trusted(keys)
      .filter((key) => key.use === 'vc-jwt')
      .map((key) => publishedJwk(publicUrl, key)),
  };
}

/** Every key that ever signed a credential, with what became of it and when. Signed by the caller. */
export function buildKeyHistory(publicUrl: string, keys: RingKey[], at: Date): object {
  return {
    id: `${publicUrl}/.well-known/key-history.json`,
    issuer: issuerDid(publicUrl),
    generatedAt: at.toISOString(),
    keys: keys.map((key) => ({
      verificationMethod: verificationMethodId(publicUrl, key),
      algorithm: key.algorithm,
      state: key.state,
      publicKeyJwk: publicPart(publicUrl, key),
      createdAt: key.createdAt.toISOString(),
      ...(key.activatedAt && { activatedAt: key.activatedAt.toISOString() }),
      ...(key.retiredAt && { retiredAt: key.retiredAt.toISOString() }),
      ...(key.compromisedAt && { compromisedAt: key.compromisedAt.toISOString() }),
    })),
  };
}
