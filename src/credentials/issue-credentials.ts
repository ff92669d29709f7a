// Issues badges: take the status index, build, sign, store, announce, in that order and in the transaction of the
// record that completed the requirement. Nothing is added after signing; the signed bytes are what is stored and served.
import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { issuerPrivateKey, ownIssuer } from '../issuer/issuers.ts';
import { readIdentities } from '../learners/store.ts';
import type { Tx } from '../platform/database.ts';
import { oneTrip, sendAhead, type Ahead } from '../platform/send-ahead.ts';
import type { Service } from '../platform/service.ts';
import { timeOrderedUuid } from '../platform/uuid.ts';
import { buildResults } from '../tracks/achievement.ts';
import { trackVersion, type Awardable } from '../tracks/catalogue.ts';
import type { Verdict } from '../tracks/evaluate.ts';
import { buildAwardRecord, digestMultibase } from './award-record.ts';
import { drawSalts, searchName, showLearner, wholeSecond } from './badge-content.ts';
import { signInBatches, type BadgeOrder } from './sign-batch.ts';
import { insertAwards, insertCredentials } from './store.ts';
import { takeStatusIndexes } from './take-status-indexes.ts';

/** The queue of the announcements: one job for each transaction that issued something. */
export const ISSUED_QUEUE = 'credentials-issued';

/** Awards of one statement, and of one turn of the event loop: some 5 ms. */
const GROUP = 100;

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

/** One of each achievement, by lot: what `check-issued` looks at. */
function drawSample(badges: BadgeOrder[], random: Service['random']): string[] {
  const byAchievement = Map.groupBy(badges, (badge) => badge.achievement);
  return [...byAchievement.values()].map((some) => some[random(4).readUInt32BE(0) % some.length]!.id);
}

/**
 * Issues the badges of these orders. The learners are locked by the caller, and none has a live credential of the
 * achievement; the partial unique index `credentials_live` would refuse a second.
 * @returns what was issued, in the order of the orders.
 */
export async function issueCredentials(tx: Tx, service: Service, orders: AwardOrder[]): Promise<Issued[]> {
  const sent = sendAhead();
  return await sent.during(beginToIssue(tx, service, orders, sent));
}

/**
 * The same, but says what is issued before it is signed and stored: that goes on while the caller stores what follows
 * from it, and is waited for by `sent`.
 */
export async function beginToIssue(tx: Tx, service: Service, orders: AwardOrder[], sent: Ahead): Promise<Issued[]> {
  if (orders.length === 0) return [];
  const { config, random } = service;
  const [identities, places] = await oneTrip([
    readIdentities(tx, [...new Set(orders.map((order) => order.learnerId))]),
    takeStatusIndexes(tx, service, orders.length),
  ]);
  const learners = new Map(identities.map((learner) => [learner.id, learner]));
  const { publicUrl, issuerName } = config;
  const awardedAt = wholeSecond(service.now());
  const badges: BadgeOrder[] = [];
  for (let from = 0; from < orders.length; from += GROUP) {
    if (from > 0) await setImmediate();
    const some = orders.slice(from, from + GROUP);
    const salts = drawSalts(some.length, random);
    const group = some.map(({ learnerId, awardable, verdict }, n) => {
      const { key, trackId, version } = awardable;
      const [learner, place, track] = [learners.get(learnerId), places[from + n], trackVersion(trackId, version)];
      if (!learner || !place || !track) throw new Error(`no learner, place or track for an award of ${key}`);
      const ids = { id: randomUUID(), awardId: timeOrderedUuid(awardedAt) };
      const record = buildAwardRecord({
        ...{ publicUrl, awardId: ids.awardId, credentialId: ids.id, awardable },
        ...{ trackDigest: track.digest, verdict, awardedAt },
      });
      badges.push({
        ...ids,
        ...{ achievement: key, trackVersion: version, place },
        subjectId: `urn:uuid:${randomUUID()}`,
        shown: showLearner(learner, salts[n]!),
        recordDigest: digestMultibase(record),
        results: buildResults(awardable, verdict, publicUrl),
      });
      return { id: ids.awardId, learnerId, achievement: key, trackId, trackVersion: version, record };
    });
    sent.add(insertAwards(tx, group, awardedAt));
  }
  const rows = badges.map(({ id, awardId, achievement, subjectId, place, shown }, n) => ({
    ...{ id, awardId, learnerId: orders[n]!.learnerId, achievement, subjectId },
    ...{ statusList: place.list, statusIndex: place.index },
    ...(shown.name !== null && { searchName: searchName(shown.name) }),
  }));

  const issuer = ownIssuer(service);
  const [kid, privateKey] = [issuer.key.kid, issuerPrivateKey(service, issuer)];
  const { verificationMethod } = issuer;
  // The database stores what is ready while the rest is signed.
  sent.add(
    signInBatches(
      { settings: { publicUrl, issuerName }, verificationMethod, privateKey, awardedAt },
      badges,
      sent,
      (from, to, documents) => insertCredentials(tx, rows.slice(from, to), documents, kid, awardedAt),
    ),
  );
  sent.add(service.jobs.send(tx, ISSUED_QUEUE, { credentials: drawSample(badges, random) }));
  return rows.map(({ learnerId, achievement, id }) => ({
    ...{ learnerId, achievement, credentialId: id },
    url: `${publicUrl}/credentials/${id}`,
  }));
}
