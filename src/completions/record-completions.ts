// THE STORY: what platforms told us becomes history, progress and badges, in one transaction for all of a gathering.
// What does not wait for an answer is sent in one round trip.
// Locks are taken in one order everywhere (identifiers, learners, receipts), each sorted, so that replicas never wait
// for each other crosswise; whoever loses a race is tried again from the start by `intake.ts`.
import { beginToIssue, issueCredentials } from '../credentials/issue-credentials.ts';
import { markForReview, markReopened } from '../credentials/store.ts';
import { readHolders } from '../learners/match-learners.ts';
import type { Tx } from '../platform/database.ts';
import { oneTrip, sendAhead, type Ahead } from '../platform/send-ahead.ts';
import type { Service } from '../platform/service.ts';
import { timeOrderedUuid } from '../platform/uuid.ts';
import type { HistoryRecord } from '../tracks/evaluate.ts';
import type { CompletionRecord } from './completion.ts';
import { claimOf, findLearners, park } from './find-learners.ts';
import { applyRecord, type Consequences, type LearnerStory } from './learner-story.ts';
import { settleParked } from './parked-store.ts';
import { progressNumbers } from './progress.ts';
import type { KnownAhead } from './read-ahead.ts';
import { readInGroups } from './read-story.ts';
import { sortSubmissions, type Sorted } from './sort-submissions.ts';
import {
  insertCompletions,
  insertReceipts,
  putEnrolments,
  updateReceipts,
  type CompletionRow,
  type Receipt,
} from './store.ts';
import type { Reply, Submission } from './submission.ts';

/**
 * Records completions, awards what they complete, and answers each.
 * @returns one reply for each submission, in order.
 * @throws what `isRace` knows when another transaction was told the same meanwhile: try again.
 */
export async function recordCompletions(service: Service, submissions: Submission[]): Promise<Reply[]> {
  return service.db.transaction((tx) => recordInTransaction(tx, service, submissions));
}

export interface Recording {
  /** What was asked before the transaction was opened. Once only: after a lost race it may be what lost it. */
  known?: KnownAhead | undefined;
  /** The replies are counted and sent to nobody: they tell no progress, and no story is kept for it. */
  unanswered?: boolean;
}

/** The same, inside a transaction that its caller opened. */
export async function recordInTransaction(
  tx: Tx,
  service: Service,
  submissions: Submission[],
  { known, unanswered = false }: Recording = {},
): Promise<Reply[]> {
  const now = service.now();
  const claims = submissions.map((one) => claimOf(one, now, known?.names.get(one)));
  const [sorted, read] = await oneTrip([
    sortSubmissions(tx, submissions, claims, known?.names),
    readHolders(tx, known ? claims.filter((_, n) => !known.names.has(submissions[n]!)) : claims),
  ]);
  const holders = known ? new Map([...known.holders, ...read]) : read;
  const { parked, stored } = await findLearners(tx, sorted, holders, now, service.keyedHash);
  const stories = new Map<string, LearnerStory>();
  const sent = sendAhead();
  sent.add(stored);
  await sent.during(
    (async () => {
      const told: Told[] = [];
      const settled = new Set<Sorted>();
      for await (const group of readInGroups(tx, learnersOf(sorted))) {
        if (!unanswered) for (const [learnerId, story] of group) stories.set(learnerId, story);
        const fresh = tellStories(sorted, group, now);
        const enrolled = fresh.flatMap(({ row: { learnerId }, follows }) =>
          follows.enrolled.map((one) => ({ learnerId, ...one })),
        );
        const rows = fresh.map((one) => one.row);
        sent.add(insertCompletions(tx, rows, now));
        sent.add(putEnrolments(tx, enrolled, now));
        // What awards nothing has its whole answer now, so that the database need not store a thousand at the end, while
        // nothing is left to do here. (Two transactions that tell the same records wait for each other at their learners,
        // before they come to their receipts. Of other learners the same ids are told by mistake: at worst one of the two
        // is ended as a deadlock, and tried again.)
        const last = fresh.filter(({ one, follows }) => follows.orders.length === 0 && !one.submission.resolution);
        for (const { one } of last) settled.add(one);
        sent.add(
          storeReceipts(
            tx,
            last.map(({ one }) => one),
            now,
          ),
        );
        told.push(...fresh);
      }
      sent.add(park(tx, parked, now));
      // A badge shows the name that came with the record that completed it.
      await stored;
      await award(tx, service, told, sent);
      await storeReceipts(
        tx,
        sorted.filter((one) => !settled.has(one)),
        now,
      );
    })(),
  );
  return sorted.map((one) => replyTo(one, stories));
}

/** The learners whose stories are needed, of each record one: of the new, and of those that are answered again. */
function learnersOf(sorted: Sorted[]): string[] {
  const replayed = sorted.flatMap(({ replayOf }) => (replayOf && 'effect' in replayOf ? [replayOf.learner] : []));
  return [...sorted.map((one) => one.learnerId), ...replayed].filter((id) => id !== undefined);
}

interface Told {
  one: Sorted;
  row: CompletionRow;
  follows: Consequences;
}

/** Tells each record to the story of its learner, in the order in which they came. */
function tellStories(sorted: Sorted[], stories: Map<string, LearnerStory>, now: Date): Told[] {
  return sorted.flatMap((one): Told[] => {
    const story = one.learnerId === undefined ? undefined : stories.get(one.learnerId);
    if (!story || one.unit === undefined) return [];
    const history = historyRecord(one.submission.record, one.unit, now);
    const follows = applyRecord(story, history, now);
    const { clientId, record } = one.submission;
    const row = { ...history, learnerId: story.learnerId, clientId, effect: follows.effect, details: details(record) };
    one.answer = {
      id: record.id,
      status: 'recorded',
      effect: follows.effect,
      completion: history.id,
      learner: story.learnerId,
      unit: one.unit,
      awarded: [],
    };
    return [{ one, row, follows }];
  });
}

function historyRecord(record: CompletionRecord, unit: string, now: Date): HistoryRecord {
  const passed = record.result?.passed;
  return {
    id: timeOrderedUuid(now),
    unit,
    type: record.type,
    source: record.source,
    recordId: record.id,
    occurredAt: new Date(record.occurredAt).toISOString(),
    sequence: record.sequence ?? 0,
    ...(passed !== undefined && { passed }),
  };
}

/** What is kept of a record besides what decides: nothing that names the learner. */
function details(record: CompletionRecord): object | null {
  const { result, evidence, reason, activity } = record;
  const kept = {
    ...(activity.id && { activity: activity.id }),
    ...(result && { result }),
    ...(evidence && { evidence }),
    ...(reason && { reason }),
  };
  return Object.keys(kept).length > 0 ? kept : null;
}

/** Issues what is due, and marks what has become doubtful. */
async function award(tx: Tx, service: Service, told: Told[], sent: Ahead): Promise<void> {
  const ordered = told.flatMap(({ one, follows }) => follows.orders.map((order) => ({ one, order })));
  const orders = ordered.map(({ order }) => order);
  // What becomes doubtful may be a badge of this very gathering, and must be stored before it is marked.
  const doubtful = told.some(({ follows }) => follows.review.length + follows.reopened.length > 0);
  const issued = await (doubtful ? issueCredentials(tx, service, orders) : beginToIssue(tx, service, orders, sent));
  for (const [n, { one, order }] of ordered.entries()) {
    const made = issued[n];
    if (!made) throw new Error('an award was ordered and not issued');
    order.standing.id = made.credentialId;
    one.answer?.awarded.push({ achievement: made.achievement, credential: made.url });
  }
  for (const { row, follows } of told) {
    if (follows.review.length > 0)
      await markForReview(
        tx,
        follows.review.map((standing) => standing.id),
        `${row.unit} was un-completed by ${row.source}`,
        service.now(),
      );
    if (follows.reopened.length > 0)
      await markReopened(
        tx,
        follows.reopened.map((standing) => standing.id),
        service.now(),
      );
  }
}

async function storeReceipts(tx: Tx, sorted: Sorted[], now: Date): Promise<void> {
  const receipts = sorted.flatMap((one) => {
    // Of somebody who was erased nothing is kept, and a parked record of theirs went with them.
    if (!one.answer || one.answer.status === 'dropped') return [];
    const { record, clientId, resolution } = one.submission;
    const receipt: Receipt = {
      clientId,
      source: record.source,
      recordId: record.id,
      digest: one.digest,
      answer: one.answer,
    };
    return [{ receipt, resolution, placed: one.answer.status === 'recorded' }];
  });
  const told = receipts.filter((one) => !one.resolution).map((one) => one.receipt);
  await insertReceipts(tx, told, now);
  const resolved = receipts.filter((one) => one.resolution);
  await updateReceipts(
    tx,
    resolved.map((one) => one.receipt),
  );
  await settleParked(
    tx,
    resolved.flatMap((one) => (one.placed && one.resolution ? [one.resolution.parkedId] : [])),
    now,
  );
}

/** Told of a learner who was erased: understood, and nothing was made. */
const STATUS_OF = { recorded: 201, parked: 202, dropped: 200 } as const;

function replyTo(one: Sorted, stories: Map<string, LearnerStory>): Reply {
  const problem = one.problem ?? (one.replayOf && 'problem' in one.replayOf ? one.replayOf.problem : undefined);
  if (problem) return { problem };
  const before = one.replayOf && ('effect' in one.replayOf ? one.replayOf : one.replayOf.answer);
  const answer = before ?? one.answer;
  if (!answer) throw new Error('a record was neither placed nor parked');
  const story = answer.learner === undefined ? undefined : stories.get(answer.learner);
  const body = {
    ...answer,
    source: one.submission.record.source,
    ...(one.replayOf && { replayed: true as const }),
    // Told to whoever asks.
    get progress() {
      return story ? progressNumbers(story) : [];
    },
  };
  return { status: one.replayOf ? 200 : STATUS_OF[answer.status], body };
}
