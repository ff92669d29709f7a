// A yes or no for each activity: the same as with the reasons.
import fc from 'fast-check';
import t from 'tap';
import { satisfiedBy, type HistoryRecord } from '../../src/tracks/evaluate.ts';
import { satisfiedUnits } from '../../src/tracks/satisfied-units.ts';
import { CANVAS, MOODLE, UNITS } from './small-track.ts';

const units = [...UNITS, 'off/path', 'step/core/session'];
const recordFrom = (sources: string[]): fc.Arbitrary<HistoryRecord> =>
  fc.record({
    id: fc.uuid(),
    unit: fc.constantFrom(...units),
    type: fc.constantFrom('completed', 'completed', 'passed', 'failed', 'waived', 'uncompleted', 'attended'),
    source: fc.constantFrom(...sources),
    occurredAt: fc.constantFrom('2026-03-04T10:00:00.000Z', '2026-03-04T11:00:00+01:00', '2026-03-05T00:00:00.000Z'),
    sequence: fc.integer({ min: 0, max: 2 }),
    recordId: fc.constantFrom('a', 'b'),
    passed: fc.constantFrom(undefined, true, false),
  });

for (const sources of [[MOODLE], [MOODLE, CANVAS]])
  void t.test(`it has what a verdict is drawn up from, and nothing else (${sources.length} sources)`, async (t) => {
    let found = 0;
    fc.assert(
      fc.property(fc.array(recordFrom(sources), { maxLength: 40 }), (history) => {
        const before = [...history];
        const has = units.filter((unit) => satisfiedUnits(history).has(unit));
        const reasons = satisfiedBy(history);
        t.same(history, before, 'nothing is sorted or taken away');
        found += has.length;
        return has.join() === units.filter((unit) => reasons.has(unit)).join();
      }),
      { numRuns: 500 },
    );
    t.ok(found > 500);
  });
