// The award record: why a badge was given, for machines. Served at `/awards/{id}`, immutable, and bound into the
// credential by `relatedResource` with a multibase digest (Verifiable Credentials Data Model 2.0, W3C Recommendation
// 15 May 2025, §5.3). It names completions, times and sources, never the person.
import { hash } from 'node:crypto';
import type { Verdict, VerdictNode } from '../tracks/evaluate.ts';
import type { Awardable } from '../tracks/catalogue.ts';

export interface AwardRecordParts {
  publicUrl: string;
  awardId: string;
  credentialId: string;
  awardable: Awardable;
  trackDigest: string;
  verdict: Verdict;
  awardedAt: Date;
}

/** The URL of an award record. */
export function awardUrl(publicUrl: string, awardId: string): string {
  return `${publicUrl}/awards/${awardId}`;
}

/** The bytes of an award record. */
export function buildAwardRecord(parts: AwardRecordParts): string {
  return JSON.stringify({
    id: awardUrl(parts.publicUrl, parts.awardId),
    type: 'AwardRecord',
    credential: `${parts.publicUrl}/credentials/${parts.credentialId}`,
    achievement: `${parts.publicUrl}/achievements/${parts.awardable.key}`,
    track: { id: parts.awardable.trackId, version: parts.awardable.version, digest: parts.trackDigest },
    awardedAt: parts.awardedAt.toISOString(),
    verdict: { complete: parts.verdict.complete, root: withoutFeeTerms(parts.verdict.root) },
  });
}

/** The digest of bytes as `digestMultibase`: SHA-256 as a multihash (0x12 0x20), base64url without padding. */
export function digestMultibase(bytes: string): string {
  return `u${Buffer.from(`1220${hash('sha256', bytes)}`, 'hex').toString('base64url')}`;
}

const asksFee = ({ kind, children }: VerdictNode): boolean => kind === 'fee' || (children?.some(asksFee) ?? false);

/** Whether a fee was paid, waived or worked off is nobody's business but the earner's and ours. */
function withoutFeeTerms(node: VerdictNode): object {
  if (!asksFee(node)) return node;
  return {
    ...node,
    ...(node.kind === 'fee' && {
      satisfiedBy: node.satisfiedBy?.map(({ completion, source, occurredAt }) => ({ completion, source, occurredAt })),
    }),
    ...(node.children && { children: node.children.map(withoutFeeTerms) }),
  };
}
