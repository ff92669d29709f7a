// Histories on their way from the database: of each learner one text in place of rows, eight lines a record. A post reads
// a dozen records of its learner and an import ten thousand at a time; as rows of nine columns they took 1.6 µs each of
// this process, a tenth of what an import takes, and as lines a third of that. One text for each learner, since
// PostgreSQL took a third longer to make one of a megabyte for all. What a platform may write freely stands as it is,
// and as JSON where it has a line break; as JSON each time it took a quarter of the reading.
import { sql, type SQL } from '../platform/sql.ts';
import type { CompletionType, HistoryRecord } from '../tracks/evaluate.ts';

const line = (column: string): string =>
  String.raw`case when strpos(${column}, E'\n') > 0 or starts_with(${column}, '"') then to_json(${column})::text
    else ${column} end`;

/** An aggregate of rows of `completions`, to be read by `parseHistory`; null where there is none. */
export const HISTORY_LINES: SQL = sql.raw(
  String.raw`string_agg(concat_ws(E'\n', id, unit, type, ${line('source')}, ${line('record_id')}, sequence,
    coalesce(passed::text, ''), occurred_at at time zone 'UTC'), E'\n')`,
);

const LINES = 8;

/** A text that was written freely. */
const textOf = (text: string): string => (text.startsWith('"') ? (JSON.parse(text) as string) : text);

/** Takes `2026-03-04 10:11:12.3`, as PostgreSQL writes it, gives `2026-03-04T10:11:12.300Z`. */
function instantOf(text: string): string {
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${text.slice(20).padEnd(3, '0')}Z`;
}

/** The records of a learner. */
export function parseHistory(text: string | null): HistoryRecord[] {
  if (text === null) return [];
  const lines = text.split('\n');
  const history: HistoryRecord[] = [];
  for (let at = 0; at < lines.length; at += LINES) {
    const passed = lines[at + 6]!;
    const record: HistoryRecord = {
      id: lines[at]!,
      unit: lines[at + 1]!,
      type: lines[at + 2] as CompletionType,
      source: textOf(lines[at + 3]!),
      recordId: textOf(lines[at + 4]!),
      sequence: Number(lines[at + 5]),
      occurredAt: instantOf(lines[at + 7]!),
    };
    if (passed !== '') record.passed = passed === 'true';
    history.push(record);
  }
  return history;
}
