// What a history is worth: which record holds, what satisfies, what is missing.
import t from 'tap';
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { TRACKS } from '../../src/tracks/catalogue.ts';
import {
  evaluate,
  isPositive,
  isStatement,
  outranks,
  progressIn,
  progressOf,
  satisfiedBy,
  winners,
  type VerdictNode,
} from '../../src/tracks/evaluate.ts';
import { unitsOf, type Requirement } from '../../src/tracks/requirement.ts';
import { CANVAS, record, SMALL, UNITS } from './small-track.ts';

function leavesOf(node: VerdictNode): VerdictNode[] {
  return node.children ? node.children.flatMap(leavesOf) : [node];
}

void t.test('an un-completion re-opens what it takes back, and a later completion closes it again', async (t) => {
  const all = UNITS.map((unit) => record(unit, 'completed', { occurredAt: '2026-03-01T00:00:00.000Z' }));
  t.ok(evaluate(SMALL, all).complete);
  const undone = [...all, record('m/a', 'uncompleted', { occurredAt: '2026-03-02T00:00:00.000Z' })];
  const verdict = evaluate(SMALL, undone);
  t.notOk(verdict.complete);
  t.same(verdict.root.missing, ['m/a']);
  t.ok(evaluate(SMALL, [...undone, record('m/a', 'passed', { occurredAt: '2026-03-03T00:00:00.000Z' })]).complete);
  t.notOk(
    evaluate(SMALL, [...undone, record('m/a', 'passed', { occurredAt: '2026-03-01T12:00:00.000Z' })]).complete,
    'an older one does not',
  );
});

void t.test('a source takes back only what it said itself', async (t) => {
  const unit: Requirement = { kind: 'unit', unit: 'm/a' };
  const history = [
    record('m/a', 'completed', { occurredAt: '2026-03-01T00:00:00.000Z' }),
    record('m/a', 'completed', { occurredAt: '2026-03-02T00:00:00.000Z', source: CANVAS }),
  ];
  t.equal(evaluate(unit, history).root.satisfiedBy?.length, 2);
  const one = [...history, record('m/a', 'uncompleted', { occurredAt: '2026-03-03T00:00:00.000Z' })];
  t.same(
    evaluate(unit, one).root.satisfiedBy?.map((by) => by.source),
    [CANVAS],
  );
  const none = [...one, record('m/a', 'failed', { occurredAt: '2026-03-03T00:00:00.000Z', source: CANVAS })];
  t.notOk(evaluate(unit, none).complete);
});

void t.test('the greatest (occurredAt, sequence, recordId) holds, instants compared as instants', async (t) => {
  const at = (occurredAt: string, sequence: number, recordId: string) =>
    record('m/a', 'completed', { occurredAt, sequence, recordId });
  const rising = [
    at('2026-03-04T10:00:00Z', 0, 'a'),
    at('2026-03-04T11:00:00.000+01:00', 0, 'b'),
    at('2026-03-04T10:00:00.000Z', 1, 'a'),
    at('2026-03-04T10:00:00.001Z', 0, 'a'),
    at('2026-03-04T09:30:00-01:00', 0, 'a'),
  ];
  rising.forEach((low, i) =>
    rising.forEach((high, j) => t.equal(outranks(high, low), j > i, `${high.occurredAt} over ${low.occurredAt}`)),
  );
  t.same(winners(rising), [rising.at(-1)]);
});

void t.test('a session is satisfied by attendance; of a unit attendance says nothing, not even no', async (t) => {
  t.ok(evaluate({ kind: 'session', unit: 'step/small/session' }, [record('step/small/session', 'attended')]).complete);
  t.ok(evaluate({ kind: 'session', unit: 'step/small/session' }, [record('step/small/session', 'waived')]).complete);
  const unit: Requirement = { kind: 'unit', unit: 'm/a' };
  const attended = record('m/a', 'attended', { occurredAt: '2026-03-09T00:00:00.000Z' });
  t.notOk(evaluate(unit, [attended]).complete);
  t.notOk(isStatement(attended));
  t.ok(evaluate(unit, [record('m/a', 'completed'), attended]).complete);
});

void t.test('failed, and passed with passed: false, do not satisfy', async (t) => {
  for (const type of ['completed', 'passed', 'waived'] as const) {
    t.ok(isPositive(record('m/a', type)));
    t.ok(isPositive(record('m/a', type, { passed: true })));
    t.notOk(isPositive(record('m/a', type, { passed: false })), type);
  }
  t.notOk(isPositive(record('m/a', 'failed')));
  t.notOk(isPositive(record('m/a', 'uncompleted')));
});

void t.test('a verdict has the shape of its requirement, with titles', async (t) => {
  const { root } = evaluate({ requirement: SMALL }, [
    record('m/b', 'completed', { id: 'c1' }),
    record('e/x', 'completed'),
  ]);
  t.same(
    leavesOf(root).map((leaf) => leaf.id),
    UNITS,
  );
  t.match(root, { id: 'small', kind: 'allOf', complete: false, done: 0, required: 5 });
  const [module, electives, way] = root.children ?? [];
  t.match(module, { id: 'm', kind: 'module', title: 'M', done: 1, required: 2, missing: ['m/a'] });
  t.match(module?.children?.[1], {
    kind: 'unit',
    title: 'Unit B',
    complete: true,
    satisfiedBy: [{ completion: 'c1', type: 'completed' }],
  });
  t.match(electives, { done: 1, required: 2, missing: ['e/y', 'e/z'] });
  t.match(way, {
    done: 0,
    required: 1,
    missing: ['step/small/fee', 'w/translate', 'step/small/evidence/applied-practice'],
  });
});

void t.test('progress counts units and steps apart, never more than is asked', async (t) => {
  const some = ['e/x', 'e/y', 'e/z', 'm/a', 'step/small/session'].map((unit) => record(unit, 'completed'));
  t.same(progressOf({ requirement: SMALL }, evaluate(SMALL, some)), {
    unitsDone: 3,
    unitsRequired: 4,
    stepsDone: 1,
    stepsRequired: 3,
  });
  t.throws(() => progressOf({ requirement: SMALL }, evaluate({ kind: 'unit', unit: 'm/a' }, [])), RangeError);
});

void t.test('the numbers of an answer are those of the verdict, in every track and for every history', async (t) => {
  const requirements = [SMALL, ...TRACKS.map((track) => track.requirement)];
  const everything = [...new Set(requirements.flatMap((one) => [...unitsOf(one)]))];
  fc.assert(
    fc.property(fc.constantFrom(...requirements), fc.subarray(everything), (requirement, units) => {
      const satisfied = satisfiedBy(units.map((unit) => record(unit, 'completed')));
      const verdict = evaluate(requirement, satisfied);
      const told = { ...progressOf({ requirement }, verdict), complete: verdict.complete };
      assert.deepEqual(progressIn(requirement, satisfied), told);
    }),
  );
  t.pass();
});
