// A history comes out of the database as it went in, whatever a platform wrote into it.
import { randomUUID } from 'node:crypto';
import { sql } from '../../src/platform/sql.ts';
import t from 'tap';
import { HISTORY_LINES, parseHistory } from '../../src/completions/history-lines.ts';
import { insertCompletions, type CompletionRow } from '../../src/completions/store.ts';
import { rows } from '../../src/platform/database.ts';
import type { HistoryRecord } from '../../src/tracks/evaluate.ts';
import { onEachDatabase } from '../platform/test-service.ts';

const [ADA, BOB] = [randomUUID(), randomUUID()];
const odd = [
  'a\nb',
  '"',
  '"a"',
  '"a\nb"',
  'a"',
  '\n',
  '\\',
  '\\n',
  '',
  ' ',
  '\u2028',
  '\t\r',
  '山田',
  '\u{1F4A9}',
  '{"a":1}',
  "E'\\n'",
];

function history(learnerId: string, text: string, n: number): HistoryRecord & { learnerId: string } {
  return {
    ...{ learnerId, id: randomUUID(), unit: 'copyright/basics', source: `https://a.example/${text}`, recordId: text },
    ...{ type: 'completed', sequence: n === 0 ? Number.MAX_SAFE_INTEGER : -n },
    occurredAt: ['2026-03-04T10:11:12.345Z', '2026-03-04T10:11:12.300Z', '2026-12-31T23:59:59.000Z'][n % 3]!,
    ...(n % 3 > 0 && { passed: n % 3 === 1 }),
  };
}

await onEachDatabase(t, 'every text, number and instant comes back as it was', async (t, service) => {
  const told = [ADA, BOB].flatMap((learnerId) => odd.map((text, n) => history(learnerId, text, n)));
  const stored = told.map((one): CompletionRow => ({ ...one, clientId: 'c', effect: 'recorded', details: null }));
  await service.db.transaction((tx) => insertCompletions(tx, stored, service.now()));
  for (const learner of [ADA, BOB]) {
    const expected = told.filter((one) => one.learnerId === learner).map(({ learnerId: _, ...one }) => one);
    const byId = (all: HistoryRecord[]) => all.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    const [found] = await rows<{ lines: string }>(
      service.db.read,
      sql`select ${HISTORY_LINES} as lines from completions where learner_id = ${learner}::uuid`,
    );
    t.same(byId(parseHistory(found!.lines)), byId(expected));
  }
});

await onEachDatabase(t, 'of nobody there is nothing', async (t, service) => {
  const [found] = await rows<{ lines: null }>(service.db.read, sql`select ${HISTORY_LINES} as lines from completions`);
  t.same(parseHistory(found!.lines), []);
});
