// Which activities are satisfied, without saying by what: all that is asked for wherever most answers are no. Drawing up by
// what, for each record that came, was a tenth of what an import takes, and nobody looked at it. Pure, as `evaluate` is.
import { isPositive, isStatement, outranks, satisfiedBy, type HistoryRecord, type Satisfied } from './evaluate.ts';

/** Has what `satisfiedBy` has. */
export function satisfiedUnits(history: readonly HistoryRecord[]): Pick<Satisfied, 'has' | 'keys'> {
  const holding = new Map<string, HistoryRecord>();
  for (const record of history) {
    if (!isStatement(record)) continue;
    const holder = holding.get(record.unit);
    // Where several sources speak of one activity, what each of them says has to be weighed.
    if (holder && holder.source !== record.source) return satisfiedBy(history);
    if (!holder || outranks(record, holder)) holding.set(record.unit, record);
  }
  for (const record of holding.values()) if (!isPositive(record)) holding.delete(record.unit);
  return holding;
}
