// The form of a requirement and what a form cannot say.
import t from 'tap';
import {
  childrenOf,
  nodeId,
  requiredOf,
  requirementFaults,
  requirementSchema,
  unitsOf,
  type Requirement,
} from '../../src/tracks/requirement.ts';

const unit = (key: string): Requirement => ({ kind: 'unit', unit: key });
const group = (of: Requirement[], id = 'g'): Requirement => ({ kind: 'allOf', id, title: 'G', of });

void t.test('every kind of node has a form', async (t) => {
  const all: Requirement = group([
    unit('copyright/basics'),
    { kind: 'module', module: 'commons', units: ['commons/significance'], titles: ['Significance'] },
    { kind: 'session', unit: 'step/core/session' },
    { kind: 'fee', unit: 'step/core/fee' },
    { kind: 'mastery', module: 'commons', unit: 'step/mastery/commons' },
    { kind: 'evidence', category: 'personal-toolkit', unit: 'step/core/evidence/personal-toolkit' },
    { kind: 'anyOf', id: 'a', title: 'A', of: [unit('x/y')] },
    { kind: 'atLeast', id: 'l', title: 'L', n: 1, of: [unit('x/z'), unit('x/w')] },
  ]);
  t.same(requirementSchema.parse(all), all);
  t.same(requirementFaults(all), []);
});

void t.test('unknown kinds, unknown members, empty groups and ill-formed keys are refused', async (t) => {
  for (const wrong of [
    { kind: 'noneOf', id: 'a', title: 'A', of: [unit('x/y')] },
    { ...unit('x/y'), weight: 2 },
    group([]),
    unit('Copyright Basics'),
    unit('step/fee'),
    { kind: 'fee', unit: 'step/core/session' },
    { kind: 'evidence', category: 'exam', unit: 'step/core/evidence/exam' },
    { kind: 'atLeast', id: 'l', title: 'L', n: 0, of: [unit('x/y')] },
  ])
    t.notOk(requirementSchema.safeParse(wrong).success, JSON.stringify(wrong));
});

void t.test('what nobody could reach or tell apart is a fault, with its pointer', async (t) => {
  const faults = requirementFaults(
    group([
      unit('x/y'),
      { kind: 'module', module: 'x', units: ['x/y'], titles: [] },
      { kind: 'atLeast', id: 'l', title: 'L', n: 3, of: [unit('x/z'), unit('x/w')] },
      { kind: 'mastery', module: 'commons', unit: 'step/mastery/legal' },
      { kind: 'evidence', category: 'personal-toolkit', unit: 'step/core/evidence/module-mastery' },
      group([unit('q/q')], 'l'),
    ]),
    '/requirement',
  );
  t.same(
    faults.map((fault) => fault.pointer),
    [
      '/requirement/of/1/titles',
      '/requirement/of/1/units/0',
      '/requirement/of/2/n',
      '/requirement/of/3/unit',
      '/requirement/of/4/unit',
      '/requirement/of/5',
    ],
  );
});

void t.test('a requirement knows its activities, its ids and how many of its children it asks for', async (t) => {
  const module: Requirement = { kind: 'module', module: 'x', units: ['x/a', 'x/b'] };
  const tree = group([
    module,
    { kind: 'atLeast', id: 'l', title: 'L', n: 1, of: [unit('x/z'), unit('x/w')] },
    unit('s/t'),
  ]);
  t.same([...unitsOf(tree)], ['x/a', 'x/b', 'x/z', 'x/w', 's/t']);
  t.equal(unitsOf(tree), unitsOf(tree), 'made once');
  t.same(childrenOf(tree).map(nodeId), ['x', 'l', 's/t']);
  t.same(childrenOf(module).map(nodeId), ['x/a', 'x/b']);
  t.same([tree, ...childrenOf(tree)].map(requiredOf), [3, 2, 1, 1]);
  t.equal(requiredOf({ kind: 'anyOf', id: 'a', title: 'A', of: [unit('x/y'), unit('x/z')] }), 1);
});
