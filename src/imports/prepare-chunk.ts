// The chunk after the one that is being recorded, unpacked, judged and looked up while PostgreSQL has its work: a quarter
// of what this process does for an import and a fifth of what its transaction would wait for. Nothing of it counts before
// its own transaction has found the chunk still there and the client's permissions as they were; what may change of the rest
// is told in completions/read-ahead.ts.
import { setImmediate } from 'node:timers/promises';
import { recordDigest } from '../completions/completion.ts';
import { allNames, readAhead, type KnownAhead } from '../completions/read-ahead.ts';
import { callerOf, type Caller } from '../platform/callers.ts';
import type { Service } from '../platform/service.ts';
import { findClient } from '../platform/store.ts';
import { unpackChunk } from './chunks.ts';
import { judgeRows, type Judged } from './judge-rows.ts';
import { readImport, readSecondChunk } from './store.ts';

/** Rows that are judged in one go: less than a millisecond or two of a live post's time. */
const TURN = 50;

/** A chunk that was judged beforehand. */
export interface Prepared {
  importId: string;
  clientId: string;
  n: number;
  permissions: string;
  judged: Judged[];
  /** What its rows speak of. */
  names: ReadonlySet<string>;
  /** What was looked up of them; nothing where it is not known what the chunk before speaks of. */
  known?: KnownAhead;
}

/** What judging depends on besides the rows, as one text. */
export function permissionsOf({ clientId, scopes, sources, trustEmail, mayStateConsents }: Caller): string {
  return JSON.stringify([clientId, scopes, sources, trustEmail, mayStateConsents]);
}

/**
 * Prepares the second chunk that waits; undefined when there is none. Call before the first is begun.
 * @param first the first, if it was prepared: what it speaks of is not looked up for the second.
 */
export async function prepareChunk(service: Service, id: string, first?: Prepared): Promise<Prepared | undefined> {
  const chunk = await readSecondChunk(service.db.read, id);
  const stored = chunk && (await readImport(service.db.read, id));
  const client = stored && (await findClient(service.db.read, stored.clientId));
  if (!client) return undefined;
  const caller = callerOf(client, stored.scopes);
  const rows = await unpackChunk(chunk.body);
  const judged: Judged[] = [];
  for (let at = 0; at < rows.length; at += TURN) {
    for (const one of judgeRows(service, caller, rows.slice(at, at + TURN))) {
      if (one.submission) recordDigest(one.submission.record);
      judged.push(one);
    }
    await setImmediate();
  }
  const submissions = judged.flatMap(({ submission }) => submission ?? []);
  const prepared = {
    ...{ importId: id, clientId: client.id, n: chunk.n, permissions: permissionsOf(caller), judged },
    names: allNames(submissions),
  };
  // Chunks are numbered without a gap and taken in their order.
  if (first?.importId !== id || first.n !== chunk.n - 1) return prepared;
  return { ...prepared, known: await readAhead(service.db.read, submissions, first.names) };
}
