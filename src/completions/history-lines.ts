// Histories on their way from the database: one long text in place of rows, nine lines a record. A post reads a dozen
// records of its learner and an import ten thousand at a time; as rows of nine columns they took 1.6 µs each of this
// process, a tenth of what an import takes, and as lines a third of that. What a platform may write freely comes as
// JSON, in which a line break is never a line break.
import { sql, type SQL } from 'drizzle-orm';
import type { CompletionType, HistoryRecord } from '../tracks/evaluate.ts';

/** An aggregate of rows of `completions`, to be read by `parseHistories`; null where there is none. */
export const HISTORY_LINES: SQL = sql.raw(
  String.raw`string_agg(concat_ws(E'\n', learner_id, id, unit, type, to_json(source), to_json(record_id), sequence,
    coalesce(passed::text, ''), occurred_at at time zone 'UTC'), E'\n')`,
);

const LINES = 9;

/** Takes `2026-03-04 10:11:12.3`, as PostgreSQL writes it, gives `2026-03-04T10:11:12.300Z`. */
function instantOf(text: string): string {
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${text.slice(20).padEnd(3, '0')}Z`;
}

/** The records, by learner. */
export function parseHistories(text: string | null): Map<string, HistoryRecord[]> {
  const histories = new Map<string, HistoryRecord[]>();
  if (text === null) return histories;
  const lines = text.split('\n');
  // Most have one source.
  let source = { json: '', value: '' };
  for (let at = 0; at < lines.length; at += LINES) {
    const [learnerId, id, unit, type, sourceJson, recordJson, sequence, passed, occurredAt] = lines.slice(
      at,
      at + LINES,
    ) as [string, string, string, CompletionType, string, string, string, string, string];
    if (source.json !== sourceJson) source = { json: sourceJson, value: JSON.parse(sourceJson) as string };
    let history = histories.get(learnerId);
    if (!history) histories.set(learnerId, (history = []));
    history.push({
      ...{ id, unit, type, source: source.value, recordId: JSON.parse(recordJson) as string },
      ...{ sequence: Number(sequence), ...(passed !== '' && { passed: passed === 'true' }) },
      occurredAt: instantOf(occurredAt),
    });
  }
  return histories;
}
