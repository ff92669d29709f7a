// The tracks that are published: what they ask, and that they never change.
import t from 'tap';
import * as catalogue from '../../src/tracks/catalogue.ts';
import { evaluate, progressOf, type HistoryRecord } from '../../src/tracks/evaluate.ts';
import { unitsOf } from '../../src/tracks/requirement.ts';

// A digest here is a promise to every learner on that version. Never edit one: publish the next version in a new file.
const PUBLISHED: Record<string, string> = {
  'core 1.0': 'sha256-295dad848afd95f85d74ffcc7403f43160eac4b051751f4e08f6a6d45801bed5',
  'librarian 1.0': 'sha256-573a3d3b3202a34dd9cfda18dd838447f53d2abd427c2059997f8dac8f18e2d2',
  'educator 1.0': 'sha256-ea1ac53bb5c31e639c8e267db879153e1c35faa1cb57b8b41a94105d4b266a18',
  'government 1.0': 'sha256-75c24ae1a8ac3cf1d4254a322716734a285aafc51432671da783b239edb6d88a',
};
const CATEGORIES = ['personal-toolkit', 'community-engagement', 'applied-practice', 'module-mastery'];
const current = catalogue.currentTrack;

function completed(keys: Iterable<string>): HistoryRecord[] {
  return [...keys].map((unit, sequence) => ({
    id: `c${sequence}`,
    unit,
    type: 'completed',
    source: 'https://moodle.example.edu',
    occurredAt: '2026-03-04T10:11:12.345Z',
    sequence,
    recordId: `r${sequence}`,
  }));
}
function stepsOf(id: string): string[] {
  return [`step/${id}/session`, `step/${id}/fee`, ...CATEGORIES.map((category) => `step/${id}/evidence/${category}`)];
}
const MODULES = ['commons', 'copyright', 'licenses', 'sociocultural', 'legal', 'using'];
const MASTERIES = MODULES.map((module) => `step/mastery/${module}`);

void t.test('a published version never changes', async (t) => {
  t.same(
    Object.fromEntries(catalogue.TRACKS.map((track) => [`${track.id} ${track.version}`, track.digest])),
    PUBLISHED,
  );
});

void t.test('CORE asks for 29 units in six modules and twelve steps', async (t) => {
  const core = current('core');
  t.same(
    core.modules.map((module) => [module.id, module.units.length]),
    [
      ['commons', 4],
      ['copyright', 5],
      ['licenses', 5],
      ['sociocultural', 5],
      ['legal', 6],
      ['using', 4],
    ],
  );
  t.same(progressOf(core, evaluate(core, [])), { unitsDone: 0, unitsRequired: 29, stepsDone: 0, stepsRequired: 12 });
  const everything = [...core.units.map((unit) => unit.key), ...MASTERIES, ...stepsOf('core')];
  t.equal(everything.length, 41);
  t.ok(evaluate(core, completed(everything)).complete);
  for (const left of everything)
    t.same(
      evaluate(core, completed(everything.filter((key) => key !== left))).root.missing,
      [left],
      `not without ${left}`,
    );
});

void t.test('Librarian: 28 CORE units, Copyright first, six specialised, two of six electives', async (t) => {
  const librarian = current('librarian');
  const coreUnits = current('core').units.map((unit) => unit.key);
  t.equal(librarian.modules[0]?.id, 'copyright');
  t.same(librarian.modules[0]?.units[0], 'copyright/public-domain');
  const asked = [...unitsOf(librarian.requirement)];
  t.same(
    coreUnits.filter((key) => !asked.includes(key)),
    ['sociocultural/gratitude'],
  );
  t.same(
    librarian.groups.map(({ id, required, units }) => [id, required, units.length]),
    [
      ['specialised', 6, 6],
      ['electives', 2, 6],
    ],
  );
  const electives = librarian.groups[1]?.units ?? [];
  const rest = asked.filter((key) => !electives.includes(key));
  t.notOk(evaluate(librarian, completed([...rest, ...electives.slice(0, 1)])).complete);
  t.ok(evaluate(librarian, completed([...rest, ...electives.slice(4)])).complete);
  t.same(progressOf(librarian, evaluate(librarian, completed(electives))), {
    unitsDone: 2,
    unitsRequired: 36,
    stepsDone: 0,
    stepsRequired: 12,
  });
});

void t.test(
  'Educator: 29 CORE units and the eight educator units; administrator units are known and not asked for',
  async (t) => {
    const educator = current('educator');
    t.same(progressOf(educator, evaluate(educator, [])), {
      unitsDone: 0,
      unitsRequired: 37,
      stepsDone: 0,
      stepsRequired: 12,
    });
    t.same(
      educator.groups.map(({ id, required, units }) => [id, required, units.length]),
      [
        ['specialised', 8, 8],
        ['administrator', 0, 6],
      ],
    );
    t.ok(catalogue.isKnownUnit('edu-special/providing-training'));
    t.same(catalogue.tracksCounting('edu-special/providing-training'), []);
  },
);

void t.test('Government: 29 CORE units, Using before Sociocultural, four of six electives', async (t) => {
  const government = current('government');
  t.same(
    government.modules.map((module) => module.id),
    ['commons', 'copyright', 'licenses', 'using', 'sociocultural', 'legal'],
  );
  t.same(progressOf(government, evaluate(government, [])), {
    unitsDone: 0,
    unitsRequired: 33,
    stepsDone: 0,
    stepsRequired: 12,
  });
});

void t.test('one completion of a shared unit counts in every track, and so does a summit quest', async (t) => {
  const all = ['core', 'librarian', 'educator', 'government'];
  t.same(
    catalogue.tracksCounting('copyright/basics').map((track) => track.id),
    all,
  );
  t.same(
    catalogue.tracksCounting('step/mastery/legal').map((track) => track.id),
    all,
  );
  t.same(
    catalogue.tracksCounting('sociocultural/gratitude').map((track) => track.id),
    ['core', 'educator', 'government'],
  );
  t.same(
    catalogue.tracksCounting('step/librarian/fee').map((track) => track.id),
    ['librarian'],
  );
});

void t.test('titles are those of the contents list, not of the swapped headings, and differ by track', async (t) => {
  t.equal(catalogue.titleOf('legal/aspects'), 'Legal Aspects of Licensing and Attribution');
  t.equal(catalogue.titleOf('legal/clauses'), 'Language of License Clauses');
  t.equal(catalogue.titleOf('legal/commercial'), 'Commercial Adaptations of Licensed Content');
  t.equal(catalogue.titleOf('legal/copyright-not-implicated'), 'Where Copyright Is Not Implicated');
  t.ok([...catalogue.UNITS.values()].every((unit) => unit.module !== 'legal' || !unit.titleVariants));
  const titleIn = (track: string) => current(track).units.find((unit) => unit.key === 'commons/opportunity')?.title;
  t.same(['core', 'educator'].map(titleIn), ['The Opportunity of the Commons', 'The Commons Opportunity']);
});

void t.test('sixteen units are written and have outcomes; the stubs and template pages have none', async (t) => {
  const written = [...catalogue.UNITS.values()].filter((unit) => unit.content === 'authored');
  t.equal(catalogue.UNITS.size, 61);
  t.equal(written.length, 16);
  for (const key of ['sociocultural/shift-open', 'sociocultural/gratitude', 'licenses/overview', 'using/attribution'])
    t.notOk(catalogue.UNITS.get(key)?.outcomes, key);
});

void t.test('evidence and fee need a reviewer; units, sessions and summit quests do not', async (t) => {
  t.equal(catalogue.STEPS.size, 30);
  for (const id of ['core', 'librarian', 'educator', 'government'])
    t.same(stepsOf(id).filter(catalogue.needsReview).length, 5, id);
  for (const key of ['copyright/basics', 'step/core/session', 'step/mastery/copyright'])
    t.notOk(catalogue.needsReview(key), key);
  t.notOk(catalogue.isKnownUnit('step/core/tea'));
  t.equal(catalogue.titleOf('step/core/tea'), 'step/core/tea');
});

void t.test('six module badges and four certificates can be earned', async (t) => {
  t.same(
    catalogue.AWARDABLES.map((awardable) => awardable.key),
    [
      'core',
      'core/commons',
      'core/copyright',
      'core/licenses',
      'core/sociocultural',
      'core/legal',
      'core/using',
      'librarian',
      'educator',
      'government',
    ],
  );
  const badge = catalogue.findAwardable('core/commons');
  t.match(badge, { trackId: 'core', version: '1.0', moduleId: 'commons', title: 'Creative Commons CORE: The Commons' });
  const units = current('core').modules[0]?.units ?? [];
  t.notOk(badge && evaluate(badge, completed(units)).complete, 'not without its summit quest');
  t.ok(badge && evaluate(badge, completed([...units, 'step/mastery/commons'])).complete);
});

void t.test('versions and achievements that are not there are not found', async (t) => {
  t.equal(catalogue.trackVersion('core', '0.9'), undefined);
  t.equal(catalogue.trackVersion('core', '1.0'), current('core'));
  t.same(catalogue.awardablesOf('core', '0.9'), []);
  t.equal(catalogue.findAwardable('core/goats'), undefined);
  t.equal(catalogue.findAwardable('librarian/copyright'), undefined, 'module badges are one for each module');
  t.equal(catalogue.findAwardable('__proto__'), undefined);
  t.throws(() => current('goats'), RangeError);
  t.same(
    catalogue.currentTracks().map((track) => track.id),
    [...catalogue.TRACK_IDS],
  );
});
