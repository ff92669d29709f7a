// Posts the cohort and keeps count: of what became of each record, and of who was given what.
import { readFileSync } from 'node:fs';
import { COHORT_FOLDER } from '../make-cohort.ts';
import { FATES, keysOf, type Fate } from '../making/expect.ts';
import type { CompletionRecord } from '../making/records.ts';
import type { Answer, Client } from './client.ts';
import { progress, seconds } from './screen.ts';

/** Single requests in flight at once: what a platform's plugin with a small pool of workers sends. */
const LANES = 24;
const BATCH_RECORDS = 250;

/** What has been answered so far. */
export interface Tally {
  records: number;
  fates: Record<Fate | 'failed', number>;
  /** Credentials by learner and achievement. */
  credentials: Map<string, Map<string, string>>;
  /** Address or account → learner. */
  learners: Map<string, string>;
  /** Answers that should not have been, for the report. */
  failures: string[];
}

/** An empty tally. */
export function newTally(): Tally {
  const fates = Object.fromEntries([...FATES, 'failed'].map((fate) => [fate, 0])) as Tally['fates'];
  return { records: 0, fates, credentials: new Map(), learners: new Map(), failures: [] };
}

/** The records of a cohort file, in their order. */
export function readCohort(file: string): CompletionRecord[] {
  const lines = readFileSync(new URL(file, COHORT_FOLDER), 'utf8').trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as CompletionRecord);
}

/** Posts a file record by record, many at once; the records of one account keep their order, as a platform's queue does. */
export async function postSingly(client: Client, file: string, tally: Tally): Promise<void> {
  const records = readCohort(file);
  const sinceMs = performance.now();
  const bar = progress(`${file}, one by one`, records.length);
  const queues = new Map<string, CompletionRecord[]>();
  for (const record of records) {
    const account = record.learner.identifiers.find((one) => one.type === 'account')?.name ?? record.id;
    queues.set(account, [...(queues.get(account) ?? []), record]);
  }
  const waiting = [...queues.values()];
  const lane = async (): Promise<void> => {
    for (let queue = waiting.shift(); queue !== undefined; queue = waiting.shift()) {
      for (const record of queue) {
        note(tally, record, await client.post(record));
        bar.add(1);
      }
    }
  };
  await Promise.all([...Array(LANES)].map(lane));
  bar.end(seconds(sinceMs));
}

/** Posts a file in batches, one after the other. */
export async function postBatches(client: Client, file: string, as: 'json' | 'ndjson', tally: Tally): Promise<void> {
  const records = readCohort(file);
  const sinceMs = performance.now();
  const bar = progress(`${file}, batches of ${as === 'json' ? 'JSON' : 'NDJSON'}`, records.length);
  for (let start = 0; start < records.length; start += BATCH_RECORDS) {
    const batch = records.slice(start, start + BATCH_RECORDS);
    const answers = await client.postBatch(batch, as);
    batch.forEach((record, n) => note(tally, record, answers[n] ?? { status: 0, awarded: [] }));
    bar.add(batch.length);
  }
  bar.end(seconds(sinceMs));
}

/** Notes the answer to a record. */
export function note(tally: Tally, record: CompletionRecord, answer: Answer): void {
  const fate = fateOf(answer);
  tally.records += 1;
  tally.fates[fate] += 1;
  if (fate === 'failed') tally.failures.push(`${record.id}: ${JSON.stringify(answer).slice(0, 400)}`);
  if (answer.learner === undefined) return;
  for (const key of keysOf(record)) tally.learners.set(key, answer.learner);
  if (fate !== 'replayed') noteAwards(tally, answer.learner, answer.awarded);
}

/** Notes what a learner was given. */
export function noteAwards(tally: Tally, learner: string, awarded: Answer['awarded']): void {
  const badges = tally.credentials.get(learner) ?? new Map<string, string>();
  tally.credentials.set(learner, badges);
  for (const { achievement, credential } of awarded) {
    if (badges.has(achievement)) tally.failures.push(`${learner} was given ${achievement} twice`);
    badges.set(achievement, credential);
  }
}

function fateOf(answer: Answer): Fate | 'failed' {
  if (answer.status === 200 && answer.replayed === true) return 'replayed';
  if (answer.status === 409) return 'refused';
  const word = answer.status === 201 ? answer.effect : answer.status === 202 ? answer.parkedReason : undefined;
  return FATES.find((fate) => fate === word) ?? 'failed';
}

/** How many badges of each achievement were given. */
export function badgeCounts(tally: Tally): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const badges of tally.credentials.values()) {
    for (const achievement of badges.keys()) counts[achievement] = (counts[achievement] ?? 0) + 1;
  }
  return counts;
}
