// Issues badges: take the status index, build, sign, store, announce, in that order and in the transaction of the
// record that completed the requirement. Nothing is added after signing; the signed bytes are what is stored and served.
import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { Achievement } from '../openbadges/achievement.ts';
import { constantPart } from '../openbadges/constant-part.ts';
import { buildBadge, type UnsignedCredential } from '../openbadges/credential.ts';
import type { Profile } from '../openbadges/profile.ts';
import { hashIdentity } from '../openbadges/recipient.ts';
import { buildIssuerProfile } from '../issuer/profile.ts';
import { readIdentities, type LearnerIdentity } from '../learners/store.ts';
import type { Tx } from '../platform/database.ts';
import type { Service } from '../platform/service.ts';
import { buildAchievement, buildResults } from '../tracks/achievement.ts';
import { trackVersion, type Awardable } from '../tracks/catalogue.ts';
import type { Verdict } from '../tracks/evaluate.ts';
import { awardUrl, buildAwardRecord, digestMultibase } from './award-record.ts';
import { statusEntry } from './publish-status-list.ts';
import { signDocument } from './sign-document.ts';
import { insertAwards, type AwardRow, type CredentialRow } from './store.ts';
import { takeStatusIndexes, type StatusPlace } from './take-status-indexes.ts';

/** The queue of the announcements: one job for each transaction that issued something. */
export const ISSUED_QUEUE = 'credentials-issued';

/** A requirement was met: this learner is to have this badge. */
export interface AwardOrder {
  learnerId: string;
  awardable: Awardable;
  verdict: Verdict;
}

export interface Issued {
  learnerId: string;
  achievement: string;
  credentialId: string;
  /** The public URL, which is the credential's `id`. */
  url: string;
}

/** What a badge says that is not the same for every earner. */
export interface BadgeParts {
  id: string;
  awardId: string;
  awardRecord: string;
  subjectId: string;
  place: StatusPlace;
  awardable: Awardable;
  verdict: Verdict;
  learner: Pick<LearnerIdentity, 'name' | 'email' | 'consents'>;
  awardedAt: Date;
  validFrom: Date;
}

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
function partsOf(config: Service['config'], awardable: Awardable): { issuer: Profile; achievement: Achievement } {
  const { publicUrl, issuerName } = config;
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

/** Builds the credential of an award; the salt is fresh for each. */
export function buildCredential(service: Pick<Service, 'config' | 'random'>, parts: BadgeParts): UnsignedCredential {
  const { publicUrl } = service.config;
  const { issuer, achievement } = partsOf(service.config, parts.awardable);
  const salt = service.random(16).toString('hex');
  return buildBadge({
    id: `${publicUrl}/credentials/${parts.id}`,
    name: parts.awardable.title,
    issuer,
    achievement,
    subjectId: parts.subjectId,
    ...(parts.learner.email && { emailIdentity: { identityHash: hashIdentity(parts.learner.email, salt), salt } }),
    ...(parts.learner.consents.name?.granted && parts.learner.name && { recipientName: parts.learner.name }),
    results: buildResults(parts.awardable, parts.verdict, publicUrl),
    validFrom: parts.validFrom,
    awardedDate: parts.awardedAt,
    credentialStatus: statusEntry(publicUrl, 'revocation', parts.place),
    relatedResource: [
      {
        id: awardUrl(publicUrl, parts.awardId),
        mediaType: 'application/json',
        digestMultibase: digestMultibase(parts.awardRecord),
      },
    ],
  });
}

/** After how many badges the event loop has a turn: some 2 ms. A live post waits for a dozen turns, one a statement. */
const TURN = 5;

/** One of each achievement, by lot: what `check-issued` looks at. */
function drawSample(credentials: CredentialRow[], random: Service['random']): string[] {
  const byAchievement = Map.groupBy(credentials, (row) => row.achievement);
  return [...byAchievement.values()].map((rows) => rows[random(4).readUInt32BE(0) % rows.length]!.id);
}

/**
 * Issues the badges of these orders. The learners are locked by the caller, and none has a live credential of the
 * achievement; the partial unique index `credentials_live` would refuse a second.
 * @returns what was issued, in the order of the orders.
 */
export async function issueCredentials(tx: Tx, service: Service, orders: AwardOrder[]): Promise<Issued[]> {
  if (orders.length === 0) return [];
  const { publicUrl } = service.config;
  const at = wholeSecond(service.now());
  const identities = await readIdentities(tx, [...new Set(orders.map((order) => order.learnerId))]);
  const learners = new Map(identities.map((learner) => [learner.id, learner]));
  const places = await takeStatusIndexes(tx, service, orders.length);

  const awards: AwardRow[] = [];
  const credentials: CredentialRow[] = [];
  for (const [n, order] of orders.entries()) {
    const learner = learners.get(order.learnerId);
    const place = places[n];
    const track = trackVersion(order.awardable.trackId, order.awardable.version);
    if (!learner || !place || !track)
      throw new Error(`no learner, place or track for an award of ${order.awardable.key}`);
    const ids = { id: randomUUID(), awardId: randomUUID() };
    const awardRecord = buildAwardRecord({
      publicUrl,
      awardId: ids.awardId,
      credentialId: ids.id,
      awardable: order.awardable,
      trackDigest: track.digest,
      verdict: order.verdict,
      awardedAt: at,
    });
    const subjectId = `urn:uuid:${randomUUID()}`;
    const unsigned = buildCredential(service, {
      ...ids,
      awardRecord,
      subjectId,
      place,
      awardable: order.awardable,
      verdict: order.verdict,
      learner,
      awardedAt: at,
      validFrom: at,
    });
    const { json, kid } = await signDocument(service, unsigned);
    const common = { learnerId: order.learnerId, achievement: order.awardable.key, awardedAt: at.toISOString() };
    awards.push({
      ...common,
      id: ids.awardId,
      trackId: track.id,
      trackVersion: track.version,
      record: awardRecord,
    });
    credentials.push({
      ...common,
      ...ids,
      subjectId,
      statusList: place.list,
      statusIndex: place.index,
      kid,
      json,
      validFrom: at.toISOString(),
    });
    // A thousand badges of an import are half a second of signing: whatever came meanwhile has its turn in between.
    if (n % TURN === TURN - 1) await setImmediate();
  }
  await insertAwards(tx, awards, credentials);
  await service.jobs.send(tx, ISSUED_QUEUE, { credentials: drawSample(credentials, service.random) });
  return credentials.map((row) => ({
    learnerId: row.learnerId,
    achievement: row.achievement,
    credentialId: row.id,
    url: `${publicUrl}/credentials/${row.id}`,
  }));
}
