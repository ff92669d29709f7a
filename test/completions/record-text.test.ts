// The text of a record is its JCS form, by a library that is not ours.
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import t from 'tap';
import type { CompletionRecord } from '../../src/completions/completion.ts';
import { recordText } from '../../src/completions/record-text.ts';

const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('"', '\\', '\n', '\u2028', '\u007f', ''),
);
const number = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0, -0, 1e21, 5e-324, 1 / 3),
);
const sparse = { requiredKeys: [] as [] };
const identifier = fc.oneof(
  fc.record({
    type: fc.constant('email' as const),
    value: text,
    verified: fc.option(fc.boolean(), { nil: undefined }),
  }),
  fc.record({ type: fc.constant('account' as const), homePage: text, name: text }),
  fc.record({ type: fc.constant('did' as const), value: text }),
);
const anyRecord = fc.record(
  {
    id: text,
    source: text,
    type: fc.constantFrom('completed' as const, 'uncompleted' as const),
    learner: fc.record(
      {
        identifiers: fc.array(identifier),
        name: text,
        consents: fc.record({ name: fc.boolean(), listed: fc.boolean(), evidence: fc.boolean() }, sparse),
      },
      { requiredKeys: ['identifiers'] },
    ),
    activity: fc.record({ unit: text, id: text }, sparse),
    occurredAt: text,
    sequence: fc.maxSafeNat(),
    result: fc.record(
      { passed: fc.boolean(), score: fc.record({ scaled: number, raw: number, min: number, max: number }, sparse) },
      sparse,
    ),
    evidence: fc.array(
      fc.record(
        { category: fc.constant('applied-practice' as const), url: text, name: text },
        { requiredKeys: ['url'] },
      ),
    ),
    reason: text,
  },
  { requiredKeys: ['id', 'source', 'type', 'learner', 'activity', 'occurredAt'] },
) as fc.Arbitrary<CompletionRecord>;

/** The same with its members turned round, and those below. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, one]) => [name, turned(one)]),
  );
}

void t.test('it is what another library makes of the same record, in whatever order its members came', async (t) => {
  fc.assert(
    fc.property(anyRecord, (record) => {
      const expected = canonicalize(record);
      return recordText(record) === expected && recordText(turned(record) as CompletionRecord) === expected;
    }),
    { numRuns: 1000 },
  );
  t.pass('1000 records');
});
