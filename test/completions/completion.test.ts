// A record as platforms send it: what is taken, what is refused and where, and how a repeated one is recognised.
import fc from 'fast-check';
import t from 'tap';
import {
  activityName,
  completionRecord,
  recordDigest,
  type CompletionRecord,
} from '../../src/completions/completion.ts';
import { MOODLE, record } from './submissions.ts';

const full: CompletionRecord = {
  id: '9f1d6f0e-2c53-4f0e-9d5e-0d1b3f6f8c11',
  source: MOODLE,
  type: 'completed',
  learner: {
    identifiers: [
      { type: 'email', value: 'ada@example.edu', verified: true },
      { type: 'account', homePage: MOODLE, name: '17' },
    ],
    name: 'Ada Example',
    consents: { name: true },
  },
  activity: { unit: 'copyright/basics', id: 'https://moodle.example.edu/mod/quiz/7' },
  occurredAt: '2026-03-04T10:11:12.345Z',
  sequence: 3,
  result: { passed: true, score: { scaled: 0.92 } },
  evidence: [{ category: 'applied-practice', url: 'https://example.org/tree', name: 'Copyright decision tree' }],
};

/** Where the faults of a record are. */
function faults(change: object): string[] {
  const parsed = completionRecord.safeParse({ ...full, ...change });
  return parsed.error?.issues.map((issue) => issue.path.join('/')) ?? [];
}

await t.test('a whole record is taken as it was sent', async (t) => {
  t.same(completionRecord.parse(full), full);
});

await t.test('each fault is named by its place, several at once', async (t) => {
  t.same(faults({ type: 'finished', sequence: -1 }), ['type', 'sequence']);
  t.same(faults({ learner: { identifiers: [] } }), ['learner/identifiers']);
  t.same(faults({ learner: { identifiers: [{ type: 'email', value: 'ada' }] } }), ['learner/identifiers/0/value']);
  t.same(faults({ learner: { ...full.learner, name: 'Tom &amp; Jerry' } }), ['learner/name']);
  t.same(faults({ activity: {} }), ['activity']);
  t.same(faults({ evidence: [{ url: 'javascript:alert(1)' }] }), ['evidence/0/url']);
  t.same(faults({ result: { score: { scaled: 1.5 } } }), ['result/score/scaled']);
});

await t.test('a misspelt member is refused and not overlooked, at every depth', async (t) => {
  for (const change of [
    { occuredAt: 1 },
    { learner: { ...full.learner, email: 'x' } },
    { activity: { unit: 'a/b', units: [] } },
    { result: { pass: true } },
  ])
    t.equal(faults(change).length, 1, JSON.stringify(change));
});

await t.test('a time without a zone, without a date, before 1970 or that is none is refused', async (t) => {
  const good = ['2026-03-04T10:11:12Z', '2026-03-04T10:11:12.123456+05:30', '1970-01-01T00:00:00Z'];
  for (const at of good) t.same(faults({ occurredAt: at }), [], at);
  const bad = ['2026-03-04T10:11:12', '2026-03-04', '2026-02-30T10:11:12Z', '0000-01-01T00:00:00Z', 'now', 0];
  for (const at of [...bad, '0001-01-01T00:00:00+14:00', '1970-01-01T00:00:00+01:00'])
    t.same(faults({ occurredAt: at }), ['occurredAt'], String(at));
});

await t.test('whatever time is taken can be stored: its year has four digits', async (t) => {
  fc.assert(
    fc.property(fc.date({ noInvalidDate: true }), fc.constantFrom('Z', '+14:00', '-12:00'), (date, zone) => {
      const at = date.toISOString().replace('Z', zone);
      return faults({ occurredAt: at }).length > 0 || /^(\d{4}|\+010000)-/.test(new Date(at).toISOString());
    }),
  );
  t.pass();
});

await t.test('the digest does not change with the order of members, and does with every value', async (t) => {
  const { id, ...rest } = full;
  t.equal(recordDigest({ ...rest, id }), recordDigest(full));
  const digests = [
    full,
    { ...full, type: 'passed' as const },
    { ...full, sequence: 4 },
    { ...full, occurredAt: '2026-03-04T10:11:12.346Z' },
    { ...full, learner: { ...full.learner, name: 'Ada example' } },
    { ...full, activity: { unit: 'copyright/basics' } },
  ].map(recordDigest);
  t.equal(new Set(digests).size, digests.length);
  t.match(digests[0], /^[A-Za-z0-9_-]{43}$/);
});

await t.test('an activity goes by its IRI, or else by the key that was sent', async (t) => {
  t.equal(activityName(full), 'https://moodle.example.edu/mod/quiz/7');
  t.equal(activityName(record('some/thing', 'ada')), 'some/thing');
});
