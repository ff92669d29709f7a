// A series of status lists: all lists of one purpose that one issuer signs. A verifier takes a list only from the
// issuer of the credential, so each did:key has series of its own; ours bear the purpose alone.
// Bitstring Status List 1.0 (W3C Recommendation, 15 May 2025) §2.2 `issuer`, §3.2.
import { didKeyIssuer, ownIssuer, type OurIssuer } from '../issuer/issuers.ts';
import type { Service } from '../platform/service.ts';

export const STATUS_PURPOSES = ['revocation', 'suspension'] as const;
export type StatusPurpose = (typeof STATUS_PURPOSES)[number];

/** The name of a series, which is also its path below `/status/`: `suspension`, `revocation/z6Mk…`. */
export function seriesOf(purpose: StatusPurpose, issuer: Pick<OurIssuer, 'method' | 'key'>): string {
  return issuer.method === 'web' ? purpose : `${purpose}/${issuer.key.kid}`;
}

/** The purpose that the lists of a series state. */
export function purposeOf(series: string): string {
  return series.split('/', 1)[0]!;
}

/**
 * Who signs the lists of a series.
 * @returns undefined when its key may no longer sign, or is no key of ours.
 */
export function signerOf(service: Pick<Service, 'keys' | 'config'>, series: string): OurIssuer | undefined {
  const kid = series.split('/')[1];
  if (kid === undefined) return ownIssuer(service);
  const key = service.keys.find(kid);
  return key?.use === 'did-key' && key.state === 'active' ? didKeyIssuer(key) : undefined;
}
