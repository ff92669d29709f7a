// The credential of an award: what is the same in every badge of an achievement, made once, and what is the earner's own.
// A thread that signs builds by this file too, so that it needs no database, and all that is drawn by lot is given to it.
import type { Achievement } from '../openbadges/achievement.ts';
import { constantPart } from '../openbadges/constant-part.ts';
import { buildBadge, type UnsignedCredential } from '../openbadges/credential.ts';
import type { Profile } from '../openbadges/profile.ts';
import { hashIdentity } from '../openbadges/recipient.ts';
import type { Result } from '../openbadges/result.ts';
import { buildIssuerProfile } from '../issuer/profile.ts';
import type { LearnerIdentity } from '../learners/store.ts';
import type { Config } from '../platform/config.ts';
import { buildAchievement } from '../tracks/achievement.ts';
import type { Awardable } from '../tracks/catalogue.ts';
import { awardUrl } from './award-record.ts';
import { statusEntry } from './status-entry.ts';
import type { StatusPlace } from './take-status-indexes.ts';

/** What a badge says that is not the same for every earner. */
export interface BadgeParts {
  id: string;
  awardId: string;
  /** Of the award record. */
  recordDigest: string;
  results: Result[];
  subjectId: string;
  place: StatusPlace;
  awardable: Awardable;
  shown: ShownLearner;
  awardedAt: Date;
  validFrom: Date;
}

/** What a badge tells of its earner, with the salt of the e-mail's hash. */
export interface ShownLearner {
  email: string | null;
  /** By consent only. */
  name: string | null;
  salt: string;
}

const SALT_BYTES = 16;

/** Salts for as many badges, each fresh and of 128 bits, drawn at once: to ask for one took as long as for a hundred. */
export function drawSalts(count: number, random: (sizeBytes: number) => Buffer): string[] {
  const drawn = random(SALT_BYTES * count);
  return Array.from({ length: count }, (_, n) => drawn.toString('hex', n * SALT_BYTES, (n + 1) * SALT_BYTES));
}

/** What may be shown of a learner. @param salt fresh for each badge */
export function showLearner(
  { email, name, consents }: Pick<LearnerIdentity, 'name' | 'email' | 'consents'>,
  salt: string,
): ShownLearner {
  return { email, name: consents.name?.granted ? name : null, salt };
}

/** A name as it is stored to be searched for: in one form and case, whatever the locale of the database folds. */
export function searchName(name: string | null): string | null {
  return name?.normalize('NFC').toLowerCase() ?? null;
}

/** Who issues. */
export type IssuerSettings = Pick<Config, 'publicUrl' | 'issuerName'>;

/** Dates in credentials have whole seconds, so that a VC-JWT's `nbf` can equal `validFrom` (Open Badges 3.0 §8.2.4). */
export function wholeSecond(at: Date): Date {
  return new Date(Math.floor(at.getTime() / 1000) * 1000);
}

interface ConstantParts {
  issuer: Profile;
  achievements: Map<Awardable, Achievement>;
}

const constantParts = new Map<string, ConstantParts>();

/** What is the same in every badge of an achievement, made once. */
function partsOf(settings: IssuerSettings, awardable: Awardable): { issuer: Profile; achievement: Achievement } {
  const { publicUrl, issuerName } = settings;
  const key = `${publicUrl}\n${issuerName}`;
  let parts = constantParts.get(key);
  if (!parts) {
    parts = { issuer: constantPart(buildIssuerProfile(publicUrl, issuerName)), achievements: new Map() };
    constantParts.set(key, parts);
  }
  const { issuer, achievements } = parts;
  let achievement = achievements.get(awardable);
  if (!achievement) {
    achievement = constantPart(buildAchievement(awardable, publicUrl, issuer));
    achievements.set(awardable, achievement);
  }
  return { issuer, achievement };
}

/** Builds the credential of an award. */
export function buildCredential(settings: IssuerSettings, parts: BadgeParts): UnsignedCredential {
  const { publicUrl } = settings;
  const { email, name, salt } = parts.shown;
  const { issuer, achievement } = partsOf(settings, parts.awardable);
  return buildBadge({
    id: `${publicUrl}/credentials/${parts.id}`,
    name: parts.awardable.title,
    issuer,
    achievement,
    subjectId: parts.subjectId,
    ...(email && { emailIdentity: { identityHash: hashIdentity(email, salt), salt } }),
    ...(name && { recipientName: name }),
    results: parts.results,
    validFrom: parts.validFrom,
    awardedDate: parts.awardedAt,
    credentialStatus: statusEntry(publicUrl, 'revocation', parts.place),
    relatedResource: [
      {
        id: awardUrl(publicUrl, parts.awardId),
        mediaType: 'application/json',
        digestMultibase: parts.recordDigest,
      },
    ],
  });
}
