// The story of an import, a chunk at a time: its rows are recorded, the chunk is taken away and the counts are noted in
// one transaction. A crash leaves either all of that or nothing, so whoever comes next goes on where the last one ended.
// The import's row is locked first and skipped when it is taken: two replicas never work on the same import at once.
import { recordInTransaction } from '../completions/record-completions.ts';
import type { Reply, Submission } from '../completions/submission.ts';
import { isOutage, isRace, tryAgain } from '../learners/try-again.ts';
import { callerOf } from '../platform/callers.ts';
import type { Tx } from '../platform/database.ts';
import { Problem } from '../platform/problem.ts';
import { oneTrip } from '../platform/send-ahead.ts';
import type { Service } from '../platform/service.ts';
import { findClient } from '../platform/store.ts';
import { unpackChunk } from './chunks.ts';
import type { ImportRow } from './import-row.ts';
import { LISTED_MAX, type StoredImport } from './import.ts';
import { addCounts, errorsOf, judgeRows, putReplies } from './judge-rows.ts';
import { permissionsOf, type Prepared } from './prepare-chunk.ts';
import { endImport } from './settle-import.ts';
import { claimImport, deleteChunk, findChunk, insertErrors, moveImport, readChunk } from './store.ts';

/** What became of one step: rows were recorded, somebody else has the import, or nothing is left of it. */
export type Step = 'worked' | 'taken' | 'ended';

type RecordAll = (tx: Tx, submissions: Submission[]) => Promise<Reply[]>;

/** Records the next chunk of an import. @param prepared what was judged and looked up beforehand, if it is that chunk. */
export async function recordChunk(service: Service, id: string, prepared?: Prepared): Promise<Step> {
  let known = prepared?.known;
  const together: RecordAll = (tx, submissions) => {
    const before = known;
    // Once: if the race is lost, that may be why.
    known = undefined;
    return recordInTransaction(tx, service, submissions, { known: before, unanswered: true });
  };
  try {
    return await tryAgain(() => recordNext(service, id, together, prepared?.importId === id ? prepared : undefined));
  } catch (error) {
    if (isRace(error) || isOutage(error)) throw error;
    service.log.error({ err: error, import: id }, 'rows of an import could not be recorded together');
    const apart: RecordAll = (tx, submissions) => recordApart(tx, service, submissions);
    return await tryAgain(() => recordNext(service, id, apart));
  }
}

async function recordNext(service: Service, id: string, recordAll: RecordAll, prepared?: Prepared): Promise<Step> {
  return service.db.transaction(async (tx): Promise<Step> => {
    // One behind the other: what is read is read under the lock.
    const [found, n, foreseen] = await oneTrip([
      claimImport(tx, id),
      findChunk(tx, id),
      prepared ? findClient(tx, prepared.clientId) : Promise.resolve(undefined),
    ]);
    if (!found) return 'taken';
    if (found.state !== 'waiting' && found.state !== 'running') return 'ended';
    const client = foreseen?.id === found.clientId ? foreseen : await findClient(tx, found.clientId);
    if (!client) {
      await endImport(tx, id, { state: 'failed', failure: 'client_disabled' }, service.now());
      return 'ended';
    }
    if (n === undefined) {
      await endImport(tx, id, { state: 'done', started: true }, service.now());
      return 'ended';
    }
    const caller = callerOf(client, found.scopes);
    const judged =
      prepared?.n === n && prepared.permissions === permissionsOf(caller)
        ? prepared.judged
        : judgeRows(service, caller, await readRows(tx, id));
    const submissions = judged.flatMap(({ submission }) => submission ?? []);
    const answers = found.dryRun
      ? await tryOut(tx, (inner) => recordAll(inner, submissions))
      : await recordAll(tx, submissions);
    const replies = putReplies(judged, answers);
    await oneTrip([
      deleteChunk(tx, id, n),
      noteProgress(tx, service, found, replies, errorsOf(judged, replies, found.format, found.listed)),
    ]);
    return 'worked';
  });
}

async function readRows(tx: Tx, id: string): Promise<ImportRow[]> {
  const chunk = await readChunk(tx, id);
  if (!chunk) throw new Error('a chunk is gone whose import is locked');
  return await unpackChunk(chunk.body);
}

async function noteProgress(
  tx: Tx,
  service: Service,
  { id, counts, rows, listed }: StoredImport,
  replies: Reply[],
  errors: ReturnType<typeof errorsOf>,
): Promise<void> {
  const kept = errors.slice(0, Math.max(0, LISTED_MAX - listed));
  await insertErrors(tx, id, kept);
  const so = { counts: addCounts(counts, replies), listed: listed + kept.length, started: true };
  if (so.counts.read < rows) await moveImport(tx, id, { ...so, state: 'running' }, service.now());
  else await endImport(tx, id, { ...so, state: 'done' }, service.now());
}

class TriedOut extends Error {
  readonly replies: Reply[];
  constructor(replies: Reply[]) {
    super('tried out');
    this.replies = replies;
  }
}

/** Does it and takes it back, jobs and all: the answers are what they would have been. */
async function tryOut(tx: Tx, work: (inner: Tx) => Promise<Reply[]>): Promise<Reply[]> {
  try {
    await tx.transaction(async (inner) => {
      throw new TriedOut(await work(inner as Tx));
    });
  } catch (error) {
    if (error instanceof TriedOut) return error.replies;
    throw error;
  }
  throw new Error('a dry run was kept');
}

/** Records each half for itself, and halves of that, until the row alone is left that cannot be stored. */
async function recordApart(tx: Tx, service: Service, submissions: Submission[]): Promise<Reply[]> {
  if (submissions.length === 0) return [];
  try {
    return await tx.transaction((inner) =>
      recordInTransaction(inner as Tx, service, submissions, { unanswered: true }),
    );
  } catch (error) {
    if (isRace(error) || isOutage(error)) throw error;
    if (submissions.length === 1) return [{ problem: notRecorded() }];
  }
  const middle = Math.ceil(submissions.length / 2);
  const first = await recordApart(tx, service, submissions.slice(0, middle));
  return [...first, ...(await recordApart(tx, service, submissions.slice(middle)))];
}

function notRecorded(): Problem {
  return new Problem('not_recorded', 503, 'This record could not be stored. Nothing of it was kept; send it again.');
}
