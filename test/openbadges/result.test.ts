import t from 'tap';
import { findingsAfter, type Json } from './example-badge.ts';

const level = { id: 'urn:x:mastered', type: ['RubricCriterionLevel'], name: 'Mastered', points: '4' };
const grade = {
  id: 'urn:x:grade',
  type: ['ResultDescription'],
  name: 'Grade',
  resultType: 'LetterGrade',
  allowedValue: ['C', 'B', 'A'],
};
const rubric = {
  id: 'urn:x:rubric',
  type: ['ResultDescription'],
  name: 'Crust',
  resultType: 'RubricCriterionLevel',
  rubricCriterionLevel: [level],
};
const status = { id: 'urn:x:status', type: ['ResultDescription'], name: 'State', resultType: 'Status' };

function results(list: Json[], descriptions: Json[] = [grade, rubric, status]): string[] {
  return findingsAfter((badge) => {
    badge.credentialSubject.achievement.resultDescription = descriptions;
    badge.credentialSubject.result = list.map((result) => ({ type: ['Result'], ...result }));
  });
}

void t.test('results that lead to their descriptions break no rule', async (t) => {
  t.same(
    results([
      { resultDescription: 'urn:x:grade', value: 'A' },
      { resultDescription: 'urn:x:rubric', achievedLevel: 'urn:x:mastered' },
      { resultDescription: 'urn:x:status', status: 'Completed' },
      { value: 'free' },
    ]),
    [],
  );
});

void t.test('a result that leads nowhere is a fault', async (t) => {
  t.same(results([{ resultDescription: 'urn:x:other' }]), [
    'fail /credentialSubject/result/0/resultDescription result_description_unknown',
  ]);
  t.same(results([{ achievedLevel: 'urn:x:other' }]), [
    'fail /credentialSubject/result/0/achievedLevel achieved_level_unknown',
  ]);
});

void t.test('a level of another description is warned of: the standard’s own example has one', async (t) => {
  t.same(results([{ resultDescription: 'urn:x:grade', achievedLevel: 'urn:x:mastered' }]), [
    'warn /credentialSubject/result/0/achievedLevel achieved_level_elsewhere',
  ]);
});

void t.test('a result of type Status says the status; the list of states is closed', async (t) => {
  t.same(results([{ resultDescription: 'urn:x:status' }]), ['fail /credentialSubject/result/0/status status_missing']);
  t.same(results([{ status: 'ext:Baked' }]), ['fail /credentialSubject/result/0/status value_not_allowed']);
});

void t.test('values are texts, best on the scale', async (t) => {
  t.same(results([{ value: 95 }]), ['fail /credentialSubject/result/0/value text_expected']);
  t.same(results([{ resultDescription: 'urn:x:grade', value: 'F' }]), [
    'warn /credentialSubject/result/0/value value_not_on_scale',
  ]);
});

void t.test('wrong types of results and descriptions fail', async (t) => {
  t.same(results([{ type: ['Outcome'] }]), ['fail /credentialSubject/result/0/type type_wrong']);
  const place = '/credentialSubject/achievement/resultDescription/0';
  t.same(results([], [{ ...grade, type: ['Scale'] }]).slice(0, 1), [`fail ${place}/type type_wrong`]);
  t.same(results([{ value: 'x' }], [{ ...grade, resultType: 'Stars' }]), [
    `fail ${place}/resultType value_not_allowed`,
  ]);
  t.same(results([{ value: 'x' }], [{ ...grade, valueMax: 10 }]), [`fail ${place}/valueMax text_expected`]);
});

void t.test('what a description requires, it offers', async (t) => {
  const place = '/credentialSubject/achievement/resultDescription/0';
  t.same(results([{ value: 'x' }], [{ ...rubric, requiredLevel: 'urn:x:other' }]), [
    `fail ${place}/requiredLevel required_level_unknown`,
  ]);
  t.same(results([{ value: 'x' }], [{ ...grade, requiredValue: 'Z' }]), [
    `warn ${place}/requiredValue required_value_unknown`,
  ]);
  t.same(results([{ value: 'x' }], [{ ...grade, valueMin: '5', valueMax: '1' }]), [
    `warn ${place}/valueMin value_range_empty`,
  ]);
});
