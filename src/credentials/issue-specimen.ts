// A badge to look at a deployment with: signed in earnest by the keys that sign all badges, for nobody, valid for ten
// minutes, and kept nowhere. It takes a place in a status list, as every badge does, so that the list can be looked at.
import { randomUUID } from 'node:crypto';
import { buildBadge } from '../openbadges/credential.ts';
import { signVcJwt } from '../openbadges/proofs/vc-jwt.ts';
import { keyUrl, verificationMethodId } from '../issuer/documents.ts';
import { buildIssuerProfile } from '../issuer/profile.ts';
import type { Service } from '../platform/service.ts';
import { buildAchievement } from '../tracks/achievement.ts';
import { AWARDABLES } from '../tracks/catalogue.ts';
import { wholeSecond } from './badge-content.ts';
import { statusEntry } from './status-entry.ts';
import { signDocument } from './sign-document.ts';
import { takeStatusIndexes } from './take-status-indexes.ts';

const VALID_MS = 600_000;

export interface Specimen {
  credential: Record<string, unknown>;
  jwt: string;
  /** The keys of this service by the names under which they are published, whatever their state. */
  keys: string[];
}

/** Makes one, in both forms. */
export async function issueSpecimen(service: Service): Promise<Specimen> {
  const { publicUrl, issuerName } = service.config;
  const [place] = await service.db.transaction((tx) => takeStatusIndexes(tx, service, 1));
  const awardable = AWARDABLES[0];
  if (!place || !awardable) throw new Error('no place, or nothing that is awarded');
  const issuer = buildIssuerProfile(publicUrl, issuerName);
  const at = wholeSecond(service.now());
  const unsigned = buildBadge({
    id: `urn:uuid:${randomUUID()}`,
    name: 'Specimen: not awarded to anybody',
    issuer,
    achievement: buildAchievement(awardable, publicUrl, issuer),
    subjectId: `urn:uuid:${randomUUID()}`,
    results: [],
    validFrom: at,
    validUntil: new Date(at.getTime() + VALID_MS),
    awardedDate: at,
    credentialStatus: statusEntry(publicUrl, 'revocation', place),
  });
  const key = service.keys.active('vc-jwt');
  const jwt = signVcJwt(unsigned, {
    privateKey: service.keys.privateKey(key.kid),
    alg: key.algorithm === 'ES256' ? 'ES256' : 'RS256',
    kid: keyUrl(publicUrl, key),
  });
  const { json } = await signDocument(service, unsigned);
  const keys = [
    ...service.keys.keys('data-integrity').map((one) => verificationMethodId(publicUrl, one)),
    ...service.keys.keys('vc-jwt').map((one) => keyUrl(publicUrl, one)),
  ];
  return { credential: JSON.parse(json) as Record<string, unknown>, jwt, keys };
}
