// Queries on completions, receipts and enrolments: what was told comes back as it was told.
import { randomUUID } from 'node:crypto';
import t from 'tap';
import {
  insertCompletions,
  insertReceipts,
  listCompletions,
  putEnrolments,
  readCompletion,
  readEnrolments,
  readPasts,
  readReceipts,
  updateReceipts,
  type CompletionRow,
  type Receipt,
} from '../../src/completions/store.ts';
import { isRace } from '../../src/learners/try-again.ts';
import { onEachDatabase } from '../platform/test-service.ts';
import { MOODLE } from './submissions.ts';

const ADA = '11111111-1111-4111-8111-111111111111';
const BOB = '22222222-2222-4222-8222-222222222222';

function completion(parts: Partial<CompletionRow> = {}): CompletionRow {
  return {
    learnerId: ADA,
    id: randomUUID(),
    clientId: 'client-a',
    source: MOODLE,
    recordId: 'r1',
    type: 'completed',
    unit: 'copyright/basics',
    occurredAt: '2026-03-04T10:11:12.345Z',
    sequence: 3,
    effect: 'recorded',
    details: null,
    ...parts,
  };
}

await onEachDatabase(
  t,
  'a history is what was told: milliseconds, great sequences, and no answer to “passed?”',
  async (t, service) => {
    const told = [
      completion({ sequence: Number.MAX_SAFE_INTEGER }),
      completion({ passed: false, type: 'failed', occurredAt: '1970-01-01T00:00:00.001Z', details: { reason: '"' } }),
      completion({ learnerId: BOB }),
    ];
    await service.db.transaction((tx) => insertCompletions(tx, told, service.now()));
    const pasts = await readPasts(service.db.read, [ADA, BOB]);
    const expected = told
      .slice(0, 2)
      .map(({ learnerId: _, clientId: __, effect: ___, details: ____, ...rest }) => rest);
    const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
    t.same(pasts.get(ADA)?.history.sort(byId), expected.sort(byId));
    t.equal(pasts.get(BOB)?.history.length, 1);
    t.same([...(await readPasts(service.db.read, [randomUUID()])).values()], [{ history: [], enrolments: new Map() }]);
    t.match(await readCompletion(service.db.read, told[1]!.id), {
      passed: false,
      details: { reason: '"' },
      learner: ADA,
    });
    t.equal(await readCompletion(service.db.read, randomUUID()), undefined);
  },
);

await onEachDatabase(
  t,
  'pages in the order of arrival leave nothing out; filters hold together',
  async (t, service) => {
    const told = Array.from({ length: 5 }, (_, n) =>
      completion({ recordId: `r${n}`, ...(n === 4 && { learnerId: BOB }) }),
    );
    for (const one of told) {
      await service.db.transaction((tx) => insertCompletions(tx, [one], service.now()));
      if (one !== told[1]) service.clock.advance(1000);
    }
    const seen: string[] = [];
    for (let after: { receivedAt: string; id: string } | undefined; ;) {
      const page = await listCompletions(service.db.read, { sources: null, after, limit: 2 });
      if (page.length === 0) break;
      seen.push(...page.map((one) => one.id));
      after = page.at(-1);
    }
    t.same([...seen].sort(), told.map((one) => one.id).sort());
    const count = async (filter: object) =>
      (await listCompletions(service.db.read, { sources: [MOODLE], limit: 10, ...filter })).length;
    t.equal(await count({}), 5);
    t.equal(await count({ learner: BOB }), 1);
    t.equal(await count({ unit: 'legal/marking' }), 0);
    t.equal(await count({ sources: ['https://canvas.example.org'] }), 0);
    t.equal(await count({ source: 'https://canvas.example.org' }), 0);
    t.equal(await count({ receivedSince: '2026-03-04T12:00:02.000Z' }), 2);
  },
);

await onEachDatabase(t, 'a receipt is written once, and anew only when its record was resolved', async (t, service) => {
  const key = { clientId: 'client-a', source: MOODLE, recordId: 'r"1' };
  const receipt: Receipt = {
    ...key,
    digest: 'd',
    answer: { id: 'r"1', status: 'parked', effect: 'parked', awarded: [], parked: randomUUID() },
  };
  const inside = <T>(work: Parameters<typeof service.db.transaction<T>>[0]) => service.db.transaction(work);
  await inside((tx) => insertReceipts(tx, [receipt], service.now()));
  const again = inside((tx) => insertReceipts(tx, [{ ...receipt, digest: 'e' }], service.now()));
  t.ok(isRace(await again.catch((error: unknown) => error)));
  t.same(await readReceipts(service.db.read, [key, { ...key, clientId: 'client-b' }]), [receipt]);
  const answer = { id: 'r"1', status: 'recorded' as const, effect: 'recorded' as const, awarded: [] };
  await inside((tx) => updateReceipts(tx, [{ ...receipt, answer }]));
  t.same(await readReceipts(service.db.read, [key]), [{ ...receipt, answer }]);
  t.same(await readReceipts(service.db.read, []), []);
});

await onEachDatabase(t, 'a learner walks one version of a track, the last that was put', async (t, service) => {
  const put = (version: string) =>
    service.db.transaction((tx) => putEnrolments(tx, [{ learnerId: ADA, trackId: 'core', version }], service.now()));
  await put('1.0');
  await put('1.1');
  t.same(await readEnrolments(service.db.read, [ADA, BOB]), [{ learnerId: ADA, trackId: 'core', version: '1.1' }]);
});
