// The Achievement and the Results of everything that can be earned, held against the standard's own schemas.
import t from 'tap';
import { achievementSchema } from '../../src/openbadges/achievement.ts';
import { htmlEntityIn } from '../../src/openbadges/credential.ts';
import { buildAchievement, buildResults, descriptionOf, imageCaption } from '../../src/tracks/achievement.ts';
import { AWARDABLES, findAwardable, type Awardable } from '../../src/tracks/catalogue.ts';
import { evaluate, type Verdict } from '../../src/tracks/evaluate.ts';
import { unitsOf } from '../../src/tracks/requirement.ts';

const URL = 'https://badges.example.org';
const ISSUER = { id: 'did:web:badges.example.org', type: ['Profile'], name: 'Example Academy', url: `${URL}/issuer` };

function awardable(key: string): Awardable {
  const found = findAwardable(key);
  if (!found) throw new Error(key);
  return found;
}
function verdictOf(one: Awardable, type: 'completed' | 'waived' = 'completed', left: string[] = []): Verdict {
  const keys = [...unitsOf(one.requirement)].filter((unit) => !left.includes(unit));
  const common = { type, source: 'https://moodle.example.edu', occurredAt: '2026-03-04T10:11:12.345Z', sequence: 0 };
  return evaluate(
    one,
    keys.map((unit, n) => ({ ...common, id: `c${n}`, unit, recordId: `r${n}` })),
  );
}

void t.test('every achievement follows the schema of Open Badges 3.0', async (t) => {
  for (const one of AWARDABLES) {
    const achievement = buildAchievement(one, URL, ISSUER);
    const parsed = achievementSchema.safeParse(achievement);
    t.ok(parsed.success, `${one.key} ${parsed.error?.message ?? ''}`);
    t.match(achievement, {
      id: `${URL}/achievements/${one.key}`,
      type: ['Achievement'],
      inLanguage: 'en',
      version: one.version,
    });
    t.equal(achievement.criteria.id, achievement.id);
    t.equal(htmlEntityIn(JSON.stringify(achievement)), undefined);
  }
});

void t.test(
  'a result for each top-level node, a dozen at most, each with its description in the achievement',
  async (t) => {
    for (const one of AWARDABLES) {
      const described = buildAchievement(one, URL, ISSUER).resultDescription?.map((description) => description.id);
      const results = buildResults(one, verdictOf(one), URL);
      t.same(
        results.map((result) => result.resultDescription),
        described,
        one.key,
      );
      t.ok(results.length <= 12 && new Set(described).size === described?.length);
      t.ok(results.every((result) => result.status === 'Completed'));
    }
  },
);

void t.test('results count in words: all of a module, some of the electives', async (t) => {
  t.same(
    buildResults(awardable('core/commons'), verdictOf(awardable('core/commons')), URL).map((result) => result.value),
    ['4 of 4 units', '1 of 1 summit quest'],
  );
  const librarian = buildResults(
    awardable('librarian'),
    verdictOf(awardable('librarian'), 'completed', ['lib-special/open-data']),
    URL,
  );
  t.match(
    librarian.find((result) => result.resultDescription?.endsWith('#result-electives')),
    { value: '5 units, at least 2 required' },
  );
  t.match(
    librarian.find((result) => result.resultDescription?.endsWith('#result-evidence')),
    { value: '4 of 4 kinds of evidence' },
  );
});

void t.test('an open node is in progress', async (t) => {
  const open = verdictOf(awardable('core/commons'), 'completed', ['commons/opportunity']);
  t.match(buildResults(awardable('core/commons'), open, URL)[0], { status: 'InProgress', value: '3 of 4 units' });
});

void t.test('a result does not tell that a step was waived', async (t) => {
  const core = awardable('core');
  t.same(buildResults(core, verdictOf(core, 'waived'), URL), buildResults(core, verdictOf(core), URL));
});

void t.test('a requirement that is one node, or a choice, has one result', async (t) => {
  const single: Awardable = {
    ...awardable('core/commons'),
    requirement: { kind: 'unit', unit: 'commons/opportunity', title: 'The Opportunity of the Commons' },
  };
  t.match(buildResults(single, verdictOf(single), URL), [{ value: '1 of 1 unit' }]);
  t.equal(buildAchievement(single, URL, ISSUER).resultDescription?.length, 1);
  const choice: Awardable = {
    ...single,
    requirement: {
      kind: 'anyOf',
      id: 'way',
      title: 'Way',
      of: [
        { kind: 'unit', unit: 'x/y' },
        { kind: 'unit', unit: 'x/z' },
      ],
    },
  };
  t.match(buildResults(choice, verdictOf(choice), URL), [{ value: '1 of 1 unit', status: 'Completed' }]);
});

void t.test('certificates and badges say which they are, who made them and what they align with', async (t) => {
  const core = buildAchievement(awardable('core'), URL, ISSUER);
  const copyright = buildAchievement(awardable('core/copyright'), URL, ISSUER);
  t.match([core.achievementType, copyright.achievementType], ['Certificate', 'Badge']);
  t.same(copyright.creator, { id: ISSUER.id, type: ['Profile'], name: ISSUER.name });
  t.same(
    copyright.alignment?.map((alignment) => alignment.targetName),
    ['copyright legislation', 'intellectual property law'],
  );
  t.equal(buildAchievement(awardable('core/commons'), URL, ISSUER).alignment, undefined, 'none is made up');
  const occupation = buildAchievement(awardable('librarian'), URL, ISSUER).alignment?.find((one) => one.targetCode);
  t.match(occupation, { targetCode: '25-4022.00', targetType: 'ext:ONetOccupation', type: ['Alignment'] });
  t.match(core.image, {
    id: `${URL}/achievements/core/image.png`,
    type: 'Image',
    caption: imageCaption(awardable('core')),
  });
  t.not(descriptionOf(awardable('core')), descriptionOf(awardable('core/commons')));
});

void t.test('the achievement and results of a module badge leave room in five kilobytes', async (t) => {
  for (const one of AWARDABLES.filter((other) => other.moduleId)) {
    const text = JSON.stringify([buildAchievement(one, URL, ISSUER), buildResults(one, verdictOf(one), URL)]);
    t.ok(Buffer.byteLength(text) < 3200, `${one.key}: ${Buffer.byteLength(text)} bytes`);
  }
});
