// The story of one learner as it stands, for reading and for deeds that look at it again.
import { readStandings } from '../credentials/store.ts';
import { oneTrip, type Tx } from '../platform/database.ts';
import type { LearnerStory } from './learner-story.ts';
import { readEnrolments, readHistories } from './store.ts';

/** Reads the stories of learners: histories, pinned versions, credentials. */
export async function readStories(tx: Tx, learnerIds: string[]): Promise<Map<string, LearnerStory>> {
  if (learnerIds.length === 0) return new Map();
  const [histories, enrolments, standings] = await oneTrip([
    readHistories(tx, learnerIds),
    readEnrolments(tx, learnerIds),
    readStandings(tx, learnerIds),
  ]);
  const stories = new Map<string, LearnerStory>(
    learnerIds.map((learnerId) => [
      learnerId,
      { learnerId, history: histories.get(learnerId) ?? [], enrolments: new Map(), standings: [] },
    ]),
  );
  for (const one of enrolments) stories.get(one.learnerId)?.enrolments.set(one.trackId, one.version);
  for (const one of standings) stories.get(one.learnerId)?.standings.push(one);
  return stories;
}
