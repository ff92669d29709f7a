// Who are the learners of these records, and what has to wait for somebody to decide?
import { randomUUID } from 'node:crypto';
import { matchLearners, type Claim, type Holders } from '../learners/match-learners.ts';
import { namesOf, type Name } from '../learners/identifier.ts';
import { findErased, holdOffErasures } from '../learners/tombstones.ts';
import type { ConsentState, Consents } from '../learners/consents.ts';
import type { Tx } from '../platform/database.ts';
import type { KeyedHash } from '../platform/open-keyed-hash.ts';
import { activityName, type CompletionRecord } from './completion.ts';
import { insertParked, reparkAs, type ParkedReason, type ParkedRow } from './parked-store.ts';
import type { Sorted } from './sort-submissions.ts';
import type { Submission } from './submission.ts';

/** A record that waits, and whether it waited before. */
export interface Parking {
  row: ParkedRow;
  again: boolean;
}

/** The identifiers of a record's learner, and which of them may be believed. */
export function learnerNames({ record, resolution, trustEmail }: Submission): Name[] {
  const { identifiers } = record.learner;
  if (resolution?.vouched !== true) return namesOf(identifiers, trustEmail);
  const vouched = identifiers.map((one) => (one.type === 'email' ? { ...one, verified: true } : one));
  return namesOf(vouched, true);
}

/**
 * What a record says of its learner.
 * @param names its `learnerNames`, where they are known.
 */
export function claimOf(submission: Submission, now: Date, names = learnerNames(submission)): Claim {
  const { record, resolution } = submission;
  return {
    names,
    name: record.learner.name,
    ...(submission.mayStateConsents && { consents: statedConsents(record, now) }),
    source: record.source,
    learnerId: resolution?.learnerId,
  };
}

/**
 * Matches the learners of all records whose unit is known; the others are parked, and so is who cannot be told. What is
 * said of somebody who was erased is dropped.
 * @param holders who held their identifiers, as `matchLearners` takes it.
 * @returns what waits, and `stored` as `matchLearners` gives it.
 */
export async function findLearners(
  tx: Tx,
  sorted: Sorted[],
  holders: Holders,
  now: Date,
  keyedHash: KeyedHash,
): Promise<{ parked: Parking[]; stored: Promise<void> }> {
  const fresh = sorted.filter((one) => !one.problem && !one.replayOf);
  if (fresh.some(mayWait)) await holdOffErasures(tx);
  const parked = await parkUnknown(
    tx,
    fresh.filter((one) => one.unit === undefined),
    keyedHash,
  );
  const placed = fresh.filter((one) => one.unit !== undefined);
  const { matches, stored } = await matchLearners(
    tx,
    placed.map((one) => one.claim),
    holders,
    now,
    keyedHash,
  );
  for (const [n, one] of placed.entries()) {
    const match = matches[n];
    if (match && 'learnerId' in match) one.learnerId = match.learnerId;
    else if (match && 'erased' in match) drop(one);
    else if (match) parked.push(parkedRow(one, match.parked, 'candidates' in match ? match.candidates : []));
  }
  return { parked, stored };
}

/** Whether a record may be parked with no learner locked who stands for it. */
function mayWait({ unit, claim }: Sorted): boolean {
  return unit === undefined || !claim.names.some(({ believed }) => believed);
}

async function parkUnknown(tx: Tx, unknown: Sorted[], keyedHash: KeyedHash): Promise<Parking[]> {
  const erased = await findErased(
    tx,
    keyedHash,
    unknown.map(({ claim }) => claim.names.map(({ key }) => key)),
  );
  for (const [n, one] of unknown.entries()) if (erased[n]) drop(one);
  return unknown.filter((one) => !one.answer).map((one) => parkedRow(one, 'unknown_unit', []));
}

/** Acknowledges a record of which nothing is kept: not its receipt either. */
function drop(one: Sorted): void {
  one.answer = { id: one.submission.record.id, status: 'dropped', effect: 'dropped', awarded: [] };
}

function statedConsents(record: CompletionRecord, now: Date): Consents | undefined {
  const stated = Object.entries(record.learner.consents ?? {}).filter(([, granted]) => granted !== undefined);
  if (stated.length === 0) return undefined;
  return Object.fromEntries(
    stated.map(([name, granted]): [string, ConsentState] => [
      name,
      { granted: granted === true, at: now.toISOString() },
    ]),
  );
}

function parkedRow(one: Sorted, reason: ParkedReason, candidates: string[]): Parking {
  const { record, clientId, trustEmail, resolution } = one.submission;
  const id = resolution?.parkedId ?? randomUUID();
  one.answer = { id: record.id, status: 'parked', effect: 'parked', awarded: [], parked: id, parkedReason: reason };
  const common = { clientId, source: record.source, recordId: record.id, trustEmail };
  const row = { id, ...common, reason, activity: activityName(record), record, candidates };
  return { row, again: resolution !== undefined };
}

/** Parks what could not be placed; what waited before waits on, with the reason of now. */
export async function park(tx: Tx, parkings: Parking[], now: Date): Promise<void> {
  await insertParked(
    tx,
    parkings.filter((one) => !one.again).map((one) => one.row),
    now,
  );
  for (const { row } of parkings.filter((one) => one.again)) await reparkAs(tx, row.id, row.reason, row.candidates);
}
