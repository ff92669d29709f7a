// What holds of every requirement and every history; verdicts are held against a slow oracle.
import fc from 'fast-check';
import t from 'tap';
import {
  evaluate,
  isComplete,
  isPositive,
  progressOf,
  satisfiedBy,
  winners,
  type HistoryRecord,
  type VerdictNode,
} from '../../src/tracks/evaluate.ts';
import type { Requirement } from '../../src/tracks/requirement.ts';
import { CANVAS, MOODLE, record, SMALL, UNITS } from './small-track.ts';

// The oracle: the rules word for word, without a map or a shortcut.
function satisfiedSlowly(unit: string, history: HistoryRecord[]): boolean {
  const session = unit.startsWith('step/') && unit.endsWith('/session');
  const yes = session ? ['completed', 'passed', 'waived', 'attended'] : ['completed', 'passed', 'waived'];
  return history.some(
    (one) =>
      one.unit === unit &&
      yes.includes(one.type) &&
      one.passed !== false &&
      !history.some(
        (other) =>
          other.unit === unit &&
          other.source === one.source &&
          (session || other.type !== 'attended') &&
          [other, one].sort(
            (a, b) =>
              Date.parse(a.occurredAt) - Date.parse(b.occurredAt) ||
              a.sequence - b.sequence ||
              (a.recordId < b.recordId ? -1 : a.recordId > b.recordId ? 1 : a.id < b.id ? -1 : a.id > b.id ? 1 : 0),
          )[1] === other &&
          other !== one,
      ),
  );
}
function completeSlowly(node: Requirement, history: HistoryRecord[]): boolean {
  if ('unit' in node) return satisfiedSlowly(node.unit, history);
  if (node.kind === 'module') return node.units.every((unit) => satisfiedSlowly(unit, history));
  const done = node.of.filter((child) => completeSlowly(child, history)).length;
  return done >= ('n' in node ? node.n : node.kind === 'allOf' ? node.of.length : 1);
}

const recordArbitrary: fc.Arbitrary<HistoryRecord> = fc.record({
  id: fc.uuid(),
  unit: fc.constantFrom(...UNITS, 'off/path'),
  type: fc.constantFrom('completed', 'completed', 'completed', 'passed', 'failed', 'waived', 'uncompleted', 'attended'),
  source: fc.constantFrom(MOODLE, CANVAS),
  // Few instants in two notations, so that ties are common.
  occurredAt: fc.constantFrom(
    '2026-03-04T10:00:00.000Z',
    '2026-03-04T10:00:00Z',
    '2026-03-04T11:00:00+01:00',
    '2026-03-04T10:00:00.001Z',
    '2026-03-05T00:00:00.000Z',
  ),
  sequence: fc.integer({ min: 0, max: 2 }),
  recordId: fc.constantFrom('r1', 'r2', 'R3'),
  passed: fc.constantFrom(undefined, undefined, undefined, true, false),
});
const historyArbitrary = fc.uniqueArray(recordArbitrary, { selector: (one) => one.id, maxLength: 40 });
const leafArbitrary = fc.constantFrom<Requirement>(
  ...UNITS.filter((unit) => !unit.startsWith('step/')).map((unit) => ({ kind: 'unit' as const, unit })),
  { kind: 'module', module: 'm', units: ['m/a', 'm/b'] },
  { kind: 'session', unit: 'step/small/session' },
  { kind: 'mastery', module: 'm', unit: 'step/mastery/m' },
);
const { tree } = fc.letrec<{ tree: Requirement }>((tie) => {
  const of = fc.array(tie('tree'), { minLength: 1, maxLength: 4 });
  const named = { id: fc.constant('group'), title: fc.constant('Group') };
  return {
    tree: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leafArbitrary,
      fc.record({ kind: fc.constantFrom('allOf' as const, 'anyOf' as const), ...named, of }),
      fc.record({ ...named, of, n: fc.integer({ min: 1, max: 4 }) }).map(({ of: children, n, ...rest }) => ({
        kind: 'atLeast' as const,
        ...rest,
        n: Math.min(n, children.length),
        of: children,
      })),
    ),
  };
});

void t.test('a verdict agrees with an oracle that knows only the rules, for any tree and history', async (t) => {
  fc.assert(
    fc.property(tree, historyArbitrary, (requirement, history) => {
      const slow = completeSlowly(requirement, history);
      return evaluate(requirement, history).complete === slow && isComplete(requirement, satisfiedBy(history)) === slow;
    }),
    { numRuns: 1500 },
  );
  t.pass('1500 trees');
});

void t.test('the order of arrival changes nothing', async (t) => {
  const shuffled = historyArbitrary.chain((history) =>
    fc.tuple(fc.constant(history), fc.shuffledSubarray(history, { minLength: history.length })),
  );
  fc.assert(
    fc.property(shuffled, ([history, other]) => {
      t.same(evaluate(SMALL, other), evaluate(SMALL, history));
      t.same(new Set(winners(other)), new Set(winners(history)));
    }),
    { numRuns: 200 },
  );
});

void t.test('a repetition changes nothing', async (t) => {
  fc.assert(
    fc.property(historyArbitrary, (history) => {
      t.same(evaluate(SMALL, [...history, ...history]), evaluate(SMALL, history));
    }),
    { numRuns: 200 },
  );
});

void t.test('a positive completion never makes a complete requirement incomplete', async (t) => {
  fc.assert(
    fc.property(tree, historyArbitrary, recordArbitrary, (requirement, history, extra) => {
      fc.pre(isPositive(extra) && evaluate(requirement, history).complete);
      return evaluate(requirement, [...history, extra]).complete;
    }),
    { numRuns: 500 },
  );
  t.pass('500 histories');
});

void t.test(
  'every node says what satisfied it or what is missing, and completing what is missing completes it',
  async (t) => {
    const says = (node: VerdictNode, history: HistoryRecord[]): boolean => {
      if (node.children)
        return node.children.every((child) => says(child, history)) && node.complete !== Boolean(node.missing?.length);
      if (!node.complete) return node.missing?.[0] === node.id && node.satisfiedBy === undefined;
      return (
        (node.satisfiedBy ?? []).length > 0 &&
        (node.satisfiedBy ?? []).every((by) =>
          history.some((one) => one.id === by.completion && one.unit === node.id && one.source === by.source),
        )
      );
    };
    fc.assert(
      fc.property(tree, historyArbitrary, (requirement, history) => {
        const { root } = evaluate(requirement, history);
        if (!says(root, history)) return false;
        const rest = (root.missing ?? []).map((unit) => record(unit, 'completed', { source: 'https://third.example' }));
        return evaluate(requirement, [...history, ...rest]).complete;
      }),
      { numRuns: 500 },
    );
    t.pass('500 verdicts');
  },
);

void t.test('progress is all of what is asked exactly when the verdict is complete, and never more', async (t) => {
  fc.assert(
    fc.property(tree, historyArbitrary, (requirement, history) => {
      const verdict = evaluate(requirement, history);
      const { unitsDone, unitsRequired, stepsDone, stepsRequired } = progressOf({ requirement }, verdict);
      const all = unitsDone === unitsRequired && stepsDone === stepsRequired;
      return unitsDone <= unitsRequired && stepsDone <= stepsRequired && all === verdict.complete;
    }),
    { numRuns: 500 },
  );
  t.pass('500 verdicts');
});
