// Rows of a chunk as submissions of their client, or what is wrong with them; and replies as counts and errors.
import { submissionOf } from '../completions/check-record.ts';
import type { Reply, Submission } from '../completions/submission.ts';
import type { Caller } from '../platform/callers.ts';
import { Problem } from '../platform/problem.ts';
import type { Service } from '../platform/service.ts';
import { columnOf } from './csv-columns.ts';
import { rowProblem, type ImportRow } from './import-row.ts';
import type { Counts, Format } from './import.ts';
import type { RowError } from './store.ts';

/** A row and what it comes to. */
export interface Judged {
  row: number;
  record?: unknown;
  submission?: Submission;
  problem?: Problem;
}

/** Checks rows as single posts of this client would be checked. */
export function judgeRows(service: Pick<Service, 'now'>, caller: Caller, rows: ImportRow[]): Judged[] {
  return rows.map(([row, text, fault]) => {
    const judged: Judged = { row };
    try {
      if (text === null) throw rowProblem(fault);
      judged.record = parseLine(text);
      judged.submission = submissionOf(service, caller, judged.record);
      // The same once more, checked: a thousand that nobody looks at would only be carried along.
      judged.record = judged.submission.record;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      judged.problem = error;
    }
    return judged;
  });
}

function parseLine(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem('line_not_json', 400, 'This line is not JSON. Send one record a line.');
  }
}

/** Puts the replies, in order, to the rows that were submitted. */
export function putReplies(judged: Judged[], replies: Reply[]): Reply[] {
  let next = 0;
  return judged.map((one): Reply => {
    const reply = one.problem ? { problem: one.problem } : replies[next++];
    if (!reply) throw new Error('a row got no reply');
    return reply;
  });
}

/** Adds what came of some rows. */
export function addCounts(counts: Counts, replies: Reply[]): Counts {
  const sum = { ...counts, read: counts.read + replies.length };
  for (const reply of replies) {
    if ('problem' in reply) sum.refused += 1;
    else if (reply.body.effect === 'dropped') sum.dropped += 1;
    else if (reply.status === 200) sum.replayed += 1;
    else if (reply.status === 202) sum.parked += 1;
    else {
      sum.recorded += 1;
      sum.awarded += reply.body.awarded.length;
      if (reply.body.effect === 'stale') sum.stale += 1;
    }
  }
  return sum;
}

/** The errors of refused rows, numbered on from those that are listed. */
export function errorsOf(judged: Judged[], replies: Reply[], format: Format, listed: number): RowError[] {
  let n = listed;
  return judged.flatMap(({ row, record }, at) => {
    const reply = replies[at]!;
    if (!('problem' in reply)) return [];
    const { problem } = reply;
    const about = { row, recordId: idOf(record), status: problem.status };
    const faults = problem.errors.length > 0 ? problem.errors : [{ code: problem.code, detail: problem.message }];
    return faults.map((fault): RowError => {
      const pointer = 'pointer' in fault ? fault.pointer.slice(0, 300) : null;
      const column = format === 'csv' && pointer !== null ? columnOf(pointer, record) : undefined;
      n += 1;
      return { n, ...about, code: fault.code, pointer, column: column ?? null, detail: fault.detail };
    });
  });
}

/** The id of a record, where it can be read at all. */
function idOf(record: unknown): string | null {
  const { id } = (record ?? {}) as { id?: unknown };
  return typeof id === 'string' && id.length <= 255 && id.isWellFormed() && !id.includes('\0') ? id : null;
}
