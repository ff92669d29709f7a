// 1EdTech's revocation list: the ids of revoked badges in the open, with a sentence for each.
//
// It is unsigned and tells everybody what was revoked, so we issue Bitstring lists instead and offer this one as an
// option; others' badges carry it, so it is read, with the tolerance that the two known spellings need.
//
// 1EdTech Revocation List 1.0 as quoted by Open Badges 3.0 (April 2025) §9.1 step 4; member names as in use.

import { z } from 'zod';
import { OpenBadgesError } from '../errors.ts';

const revokedEntrySchema = z.looseObject({
  id: z.string().min(1),
  revoked: z.boolean().optional(),
  revocationReason: z.string().optional(),
});

const revocationListSchema = z.looseObject({
  id: z.string().optional(),
  issuer: z.union([z.string(), z.looseObject({ id: z.string() })]).optional(),
  revokedCredential: z.array(revokedEntrySchema).optional(),
  revokedCredentials: z.array(revokedEntrySchema).optional(),
});

export interface RevocationList {
  id?: string;
  issuer?: string;
  entries: readonly { id: string; revoked?: boolean | undefined; revocationReason?: string | undefined }[];
}

/**
 * Reads a list that somebody published.
 * Takes its JSON; gives the list. Throws ERR_OB_STATUS_MALFORMED when it has no `revokedCredential` list of entries.
 */
export function parseRevocationList(json: unknown): RevocationList {
  const parsed = revocationListSchema.safeParse(json);
  const entries = parsed.success ? (parsed.data.revokedCredential ?? parsed.data.revokedCredentials) : undefined;
  if (!parsed.success || entries === undefined)
    throw new OpenBadgesError(
      'ERR_OB_STATUS_MALFORMED',
      'A revocation list must have revokedCredential, a list of objects with the id of each revoked badge.',
    );
  const issuer = typeof parsed.data.issuer === 'object' ? parsed.data.issuer.id : parsed.data.issuer;
  return {
    ...(parsed.data.id !== undefined && { id: parsed.data.id }),
    ...(issuer !== undefined && { issuer }),
    entries,
  };
}

/**
 * Looks a badge up in a list.
 * Takes the list and the badge's id; gives whether it is revoked and why. An entry without `revoked` is a revocation;
 * one that says `false` is none. Whoever calls compares `list.issuer` with the badge's issuer, for the list is unsigned.
 */
export function lookUpRevocation(list: RevocationList, credentialId: string): { revoked: boolean; reason?: string } {
  const entry = list.entries.find((one) => one.id === credentialId && one.revoked !== false);
  if (!entry) return { revoked: false };
  return { revoked: true, ...(entry.revocationReason !== undefined && { reason: entry.revocationReason }) };
}

/** Builds our list: its URL, the issuer's id and the revoked badges with their public sentences. */
export function buildRevocationList(parts: {
  id: string;
  issuer: string;
  revoked: readonly { id: string; reason?: string }[];
}): object {
  return {
    id: parts.id,
    issuer: parts.issuer,
    revokedCredential: parts.revoked.map(({ id, reason }) => ({
      id,
      revoked: true,
      ...(reason !== undefined && { revocationReason: reason }),
    })),
  };
}
