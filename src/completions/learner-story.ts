// What a record changes for its learner. Pure: it is given all that is known of the learner and says what follows, so
// that every ruling can be tested without a database.
import type { AwardOrder } from '../credentials/issue-credentials.ts';
import type { Standing } from '../credentials/store.ts';
import { awardablesOf, currentTrack, tracksCounting, type Awardable } from '../tracks/catalogue.ts';
import {
  evaluate,
  isComplete,
  isPositive,
  isStatement,
  outranks,
  satisfiedBy,
  winners,
  type HistoryRecord,
  type Satisfied,
} from '../tracks/evaluate.ts';
import { unitsOf } from '../tracks/requirement.ts';
import { satisfiedUnits } from '../tracks/satisfied-units.ts';

export type Effect = 'recorded' | 'stale' | 'no_change' | 'undone';

/** All that is known of a learner; `applyRecord` keeps it up to date. */
export interface LearnerStory {
  learnerId: string;
  history: HistoryRecord[];
  /** Track id → version. */
  enrolments: Map<string, string>;
  /** Every credential, oldest first. */
  standings: Standing[];
}

/** What has to be stored and issued because of a record. */
export interface Consequences {
  effect: Effect;
  enrolled: { trackId: string; version: string }[];
  orders: (AwardOrder & { standing: Standing })[];
  /** Live credentials whose requirement no longer holds. */
  review: Standing[];
  /** Revoked credentials of which a required activity is open again. */
  reopened: Standing[];
}

/**
 * What a record does in the history of its learner: within a source the greatest (occurredAt, sequence, id) wins, and
 * older arrivals change nothing.
 */
export function effectOf(history: HistoryRecord[], record: HistoryRecord): Effect {
  if (!isStatement(record)) return 'no_change';
  const rivals = history.filter((one) => one.unit === record.unit && one.source === record.source);
  const [before] = winners(rivals);
  if (before && outranks(before, record)) return 'stale';
  const positive = isPositive(record);
  const was = before !== undefined && isPositive(before);
  if (was === positive) return before === undefined && record.type !== 'uncompleted' ? 'recorded' : 'no_change';
  return positive ? 'recorded' : 'undone';
}

/**
 * Whether an achievement may be awarded: none is live, and no revocation stands against it. Of several revocations all
 * must be lifted or reopened: each but the last was, before there was another badge, and two may fall into one instant.
 */
export function mayAward(standings: Standing[], achievement: string): boolean {
  return standings
    .filter((one) => one.achievement === achievement)
    .every((one) => one.revokedAt !== null && (one.liftedAt !== null || one.reopenedAt !== null));
}

/** The achievements of the tracks that a learner walks, in the versions that were pinned. */
function awardablesInReach(story: LearnerStory): Awardable[] {
  return [...story.enrolments].flatMap(([trackId, version]) => awardablesOf(trackId, version));
}

/** Puts a record into the story of its learner and says what follows from it. */
export function applyRecord(story: LearnerStory, record: HistoryRecord, now: Date): Consequences {
  const effect = effectOf(story.history, record);
  story.history.push(record);
  const follows: Consequences = { effect, enrolled: [], orders: [], review: [], reopened: [] };
  if (effect === 'stale') return follows;

  if (isPositive(record)) {
    for (const track of tracksCounting(record.unit)) {
      if (story.enrolments.has(track.id)) continue;
      const { version } = currentTrack(track.id);
      story.enrolments.set(track.id, version);
      follows.enrolled.push({ trackId: track.id, version });
    }
  }
  if (effect === 'undone') withdraw(story, record, follows, now);
  else follows.orders = dueAwards(story, now);
  return follows;
}

/** What a withdrawal opens again: a live badge is for people to look at, a revoked one may be earned anew. */
function withdraw(story: LearnerStory, record: HistoryRecord, follows: Consequences, now: Date): void {
  const satisfied = satisfiedUnits(story.history);
  for (const awardable of awardablesInReach(story)) {
    if (!unitsOf(awardable.requirement).has(record.unit)) continue;
    const mine = story.standings.filter((one) => one.achievement === awardable.key);
    const last = mine.at(-1);
    if (!last || isComplete(awardable.requirement, satisfied)) continue;
    if (last.revokedAt === null) follows.review.push(last);
    else if (last.reopenedAt === null) {
      last.reopenedAt = now.toISOString();
      follows.reopened.push(last);
    }
  }
}

/** The awards that are due to a learner and not given yet; each is noted as given. */
export function dueAwards(story: LearnerStory, now: Date): Consequences['orders'] {
  const orders: Consequences['orders'] = [];
  const units = satisfiedUnits(story.history);
  let satisfied: Satisfied | undefined;
  for (const awardable of awardablesInReach(story)) {
    // Most are not complete; the whole verdict is drawn up for those that are.
    if (!isComplete(awardable.requirement, units) || !mayAward(story.standings, awardable.key)) continue;
    satisfied ??= satisfiedBy(story.history);
    const verdict = evaluate(awardable.requirement, satisfied);
    const standing: Standing = {
      id: '',
      learnerId: story.learnerId,
      achievement: awardable.key,
      revokedAt: null,
      liftedAt: null,
      reopenedAt: null,
      awardedAt: now.toISOString(),
    };
    story.standings.push(standing);
    orders.push({ learnerId: story.learnerId, awardable, verdict, standing });
  }
  return orders;
}
