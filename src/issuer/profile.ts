// Who we are: the DID, the addresses of our documents, and the profile that stands in every credential.
// did:web (Method Specification, W3C CCG, 2024): host and port percent-encoded, the path joined by colons.
import type { Profile } from '../openbadges/profile.ts';

/**
 * The did:web of a public address.
 * @param publicUrl without a trailing slash, like https://badges.example.org or http://localhost:3000.
 */
export function issuerDid(publicUrl: string): string {
  const url = new URL(publicUrl);
  const path = url.pathname.split('/').filter(Boolean).map(encodeURIComponent);
  return ['did:web', encodeURIComponent(url.host), ...path].join(':');
}

/** The issuer as it stands in credentials (Open Badges 3.0 §B.1.16 Profile). */
export function buildIssuerProfile(publicUrl: string, name: string): Profile {
  return {
    id: issuerDid(publicUrl),
    type: ['Profile'],
    name,
    url: `${publicUrl}/issuer`,
    image: { id: `${publicUrl}/issuer/image.png`, type: 'Image', caption: `The mark of ${name}` },
  };
}
