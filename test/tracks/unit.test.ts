// Units and steps: their keys, what may be written in them, and who may report a step.
import t from 'tap';
import { masteryOf, moduleSchema, stepTextsSchema, stepsOf, textSchema, unitSchema } from '../../src/tracks/unit.ts';

const text = { title: 'T', description: 'D' };
const texts = stepTextsSchema.parse({
  session: text,
  fee: text,
  evidence: {
    'personal-toolkit': text,
    'community-engagement': text,
    'applied-practice': text,
    'module-mastery': text,
  },
});

void t.test('no HTML entity enters a text, and a plain ampersand does', async (t) => {
  t.ok(textSchema.safeParse('Text & Data Mining').success);
  t.notOk(textSchema.safeParse('AT&ampersand; more').success, 'a careless reader would decode it');
  for (const bad of ['Text &amp; Data', 'a&#38;b', 'a&#x26;b', '&nbsp;', '', ' '])
    t.notOk(textSchema.safeParse(bad).success, bad);
});

void t.test('an outline has no outcomes, an authored unit has; a key begins with its module', async (t) => {
  const outline = { key: 'legal/marking', module: 'legal', title: 'Proper Legal Marking', content: 'outline' };
  t.ok(unitSchema.safeParse(outline).success);
  t.notOk(unitSchema.safeParse({ ...outline, outcomes: ['Mark properly'] }).success);
  t.notOk(unitSchema.safeParse({ ...outline, content: 'authored' }).success);
  t.ok(unitSchema.safeParse({ ...outline, content: 'authored', summary: 'S', outcomes: ['O'] }).success);
  t.notOk(unitSchema.safeParse({ ...outline, module: 'using' }).success);
});

void t.test('evidence and fee are for reviewers, session and mastery for platforms', async (t) => {
  const steps = stepsOf('core', texts);
  t.same(
    steps.filter((step) => step.scope === 'reviews:write').map((step) => step.key),
    [
      'step/core/evidence/personal-toolkit',
      'step/core/evidence/community-engagement',
      'step/core/evidence/applied-practice',
      'step/core/evidence/module-mastery',
      'step/core/fee',
    ],
  );
  t.match(steps[0], { key: 'step/core/session', kind: 'session', scope: 'completions:write' });
  const module = moduleSchema.parse({
    id: 'm',
    title: 'M',
    summary: 'S',
    mastery: { unit: 'step/mastery/m', ...text },
  });
  t.match(masteryOf(module), { key: 'step/mastery/m', kind: 'mastery', scope: 'completions:write' });
});

void t.test('an alignment outside the enumeration must be an extension', async (t) => {
  const module = { id: 'm', title: 'M', summary: 'S', mastery: { unit: 'step/mastery/m', ...text } };
  const target = {
    targetName: 'copyright legislation',
    targetUrl: 'http://data.europa.eu/esco/skill/x',
    targetType: 'ESCO',
  };
  t.notOk(moduleSchema.safeParse({ ...module, alignment: [target] }).success);
  t.ok(moduleSchema.safeParse({ ...module, alignment: [{ ...target, targetType: 'ext:ESCO' }] }).success);
});
