// The story of one learner as it stands, for reading and for deeds that look at it again.
import { readStandings } from '../credentials/store.ts';
import type { Tx } from '../platform/database.ts';
import { oneTrip } from '../platform/send-ahead.ts';
import type { LearnerStory } from './learner-story.ts';
import { readPasts } from './store.ts';

/**
 * Records of one reading, and of one turn of the event loop: some 3 ms. With twice as many a live post beside an import
 * waited a fifth longer (90th and 99th percentile), and the import was no faster.
 */
const GROUP = 125;

/**
 * Reads stories some at a time; the database reads the next while the caller works on those before.
 * @param learnerIds of each record that is to be told; a learner is read once, with the first of theirs.
 */
export async function* readInGroups(tx: Tx, learnerIds: string[]): AsyncGenerator<Map<string, LearnerStory>> {
  const groups = groupsOf(learnerIds);
  let ahead = readStories(tx, groups[0] ?? []);
  for (const at of groups.keys()) {
    const group = await ahead;
    ahead = readStories(tx, groups[at + 1] ?? []);
    // Told when it is waited for, which whoever breaks off never does.
    ahead.catch(() => {});
    yield group;
  }
}

/** Learners, so many to a group that it has not many more records than it may. */
function groupsOf(learnerIds: string[]): string[][] {
  const records = new Map<string, number>();
  for (const id of learnerIds) records.set(id, (records.get(id) ?? 0) + 1);
  const groups: string[][] = [];
  let room = 0;
  for (const [id, count] of records) {
    if (room <= 0) {
      groups.push([]);
      room = GROUP;
    }
    groups.at(-1)!.push(id);
    room -= count;
  }
  return groups;
}

/** Reads the stories of learners: histories, pinned versions, credentials. */
export async function readStories(tx: Tx, learnerIds: string[]): Promise<Map<string, LearnerStory>> {
  if (learnerIds.length === 0) return new Map();
  const [pasts, standings] = await oneTrip([readPasts(tx, learnerIds), readStandings(tx, learnerIds)]);
  const stories = new Map<string, LearnerStory>();
  for (const learnerId of learnerIds) {
    const { history, enrolments } = pasts.get(learnerId) ?? { history: [], enrolments: new Map<string, string>() };
    stories.set(learnerId, { learnerId, history, enrolments, standings: [] });
  }
  for (const one of standings) stories.get(one.learnerId)?.standings.push(one);
  return stories;
}
