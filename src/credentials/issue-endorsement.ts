// Vouches for somebody or something in the issuer's name: a delivery partner's accreditation, a facilitator's decision.
// Both forms are made at once, since an endorsement is made to be put into what others sign.
// Open Badges 3.0 (1EdTech, April 2025): EndorsementCredential, §9.2.
import { randomUUID } from 'node:crypto';
import { keyUrl } from '../issuer/documents.ts';
import { buildIssuerProfile } from '../issuer/profile.ts';
import { buildEndorsement } from '../openbadges/build-endorsement.ts';
import type { UnsignedCredential } from '../openbadges/credential.ts';
import { OpenBadgesError } from '../openbadges/errors.ts';
import { signVcJwt } from '../openbadges/proofs/vc-jwt.ts';
import { Problem } from '../platform/problem.ts';
import type { Service } from '../platform/service.ts';
import {
  endorsementsSignedBy,
  insertEndorsement,
  lockEndorsement,
  replaceEndorsement,
  type StoredEndorsement,
} from './endorsement-store.ts';
import { wholeSecond } from './badge-content.ts';
import { statusEntry } from './status-entry.ts';
import { signDocument } from './sign-document.ts';
import { takeStatusIndexes, type StatusPlace } from './take-status-indexes.ts';

export interface EndorsementOrder {
  /** The id of what is endorsed: a DID or a URL. */
  subject: string;
  name: string;
  comment: string;
  validUntil?: Date;
}

/** The URL of an endorsement, which is its id. */
export function endorsementUrl(publicUrl: string, id: string): string {
  return `${publicUrl}/endorsements/${id}`;
}

async function signBoth(
  service: Service,
  unsigned: UnsignedCredential,
): Promise<Pick<StoredEndorsement, 'kid' | 'json' | 'jwt' | 'jwtKid'>> {
  const key = service.keys.active('vc-jwt');
  const jwt = signVcJwt(unsigned, {
    privateKey: service.keys.privateKey(key.kid),
    alg: key.algorithm === 'ES256' ? 'ES256' : 'RS256',
    kid: keyUrl(service.config.publicUrl, key),
  });
  const { json, kid } = await signDocument(service, unsigned);
  return { kid, json, jwt, jwtKid: key.kid };
}

function build(service: Service, id: string, order: EndorsementOrder, place: StatusPlace, at: Date) {
  const { publicUrl, issuerName } = service.config;
  try {
    return buildEndorsement({
      id: endorsementUrl(publicUrl, id),
      name: order.name,
      issuer: buildIssuerProfile(publicUrl, issuerName),
      subjectId: order.subject,
      comment: order.comment,
      validFrom: at,
      ...(order.validUntil && { validUntil: order.validUntil }),
      credentialStatus: statusEntry(publicUrl, 'revocation', place),
    });
  } catch (error) {
    if (!(error instanceof OpenBadgesError)) throw error;
    throw new Problem('endorsement_malformed', 422, error.message);
  }
}

/** Issues one. @throws {Problem} endorsement_malformed (422) */
export async function issueEndorsement(service: Service, order: EndorsementOrder): Promise<StoredEndorsement> {
  return service.db.transaction(async (tx) => {
    const [place] = await takeStatusIndexes(tx, service, 1);
    if (!place) throw new Error('no place for an endorsement');
    const [id, at] = [randomUUID(), wholeSecond(service.now())];
    const stored = {
      id,
      subject: order.subject,
      ...(await signBoth(service, build(service, id, order, place, at))),
      statusList: place.list,
      statusIndex: place.index,
      issuedAt: at.toISOString(),
    };
    await insertEndorsement(tx, stored);
    return { ...stored, revokedAt: null };
  });
}

/**
 * Signs anew, as it stands, every endorsement that a key signed; one transaction each, and one that was done is not
 * found again.
 * @returns how many.
 */
export async function reissueEndorsements(service: Service, kid: string): Promise<number> {
  const ids = await endorsementsSignedBy(service.db.read, kid);
  for (const id of ids)
    await service.db.transaction(async (tx) => {
      const stored = await lockEndorsement(tx, id);
      if (!stored) return;
      const { proof: _, ...unsigned } = JSON.parse(stored.json) as Record<string, unknown>;
      await replaceEndorsement(tx, id, await signBoth(service, unsigned as unknown as UnsignedCredential));
    });
  return ids.length;
}
