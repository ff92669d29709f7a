// How far a learner is: numbers for platforms, reasons for people, and of other platforms nothing.
import t from 'tap';
import type { LearnerStory } from '../../src/completions/learner-story.ts';
import { progressNumbers, progressReport } from '../../src/completions/progress.ts';
import type { Standing } from '../../src/credentials/store.ts';
import { COMMONS, coreUnits, MOODLE } from './submissions.ts';

const P = 'https://badges.example.org';
const CANVAS = 'https://canvas.example.org';

function story(units: string[], standings: Partial<Standing>[] = []): LearnerStory {
  return {
    learnerId: '11111111-1111-4111-8111-111111111111',
    history: units.map((unit, n) => ({
      id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
      unit,
      type: 'completed' as const,
      source: n % 2 === 0 ? MOODLE : CANVAS,
      occurredAt: '2026-03-04T10:11:12.000Z',
      sequence: n,
      recordId: `r${n}`,
    })),
    enrolments: new Map([['core', '1.0']]),
    standings: standings.map((one) => ({
      id: 'c1',
      learnerId: '11111111-1111-4111-8111-111111111111',
      achievement: 'core',
      revokedAt: null,
      liftedAt: null,
      reopenedAt: null,
      awardedAt: '2026-03-04T12:00:00.000Z',
      ...one,
    })),
  };
}

const only = (one: LearnerStory, sources: string[] | null = null) => progressReport(one, P, sources)[0]!;

await t.test('units and steps are counted apart, against what the track asks', async (t) => {
  const [core] = progressNumbers(story(COMMONS));
  t.match(core, { track: 'core', version: '1.0', unitsDone: 4, unitsRequired: 29, stepsDone: 1, complete: false });
  const [whole] = progressNumbers(story(coreUnits()));
  t.equal(whole?.complete, true);
  t.equal(whole?.unitsDone, whole?.unitsRequired);
  t.equal(whole?.stepsDone, whole?.stepsRequired);
});

await t.test('what is done and what is missing together are the whole track, and share nothing', async (t) => {
  const { done, missing } = only(story(COMMONS));
  t.same([...done, ...missing].sort(), coreUnits().sort());
  t.same(done.sort(), [...COMMONS].sort());
  t.same(only(story(coreUnits())).missing, []);
});

await t.test('a live badge is named; a complete track without one says why', async (t) => {
  const units = coreUnits();
  t.match(only(story(units, [{}])), { credential: `${P}/credentials/c1`, withheld: undefined });
  const revoked = { revokedAt: '2026-03-05T00:00:00.000Z' };
  t.match(only(story(units, [revoked])), { credential: undefined, withheld: /revoked/ });
  t.match(only(story(units, [{ ...revoked, liftedAt: '2026-03-06T00:00:00.000Z' }])), { withheld: /next record/ });
  t.equal(only(story(COMMONS, [revoked])).withheld, undefined, 'an incomplete track needs no such reason');
});

await t.test('completions of other platforms are not named, though they count', async (t) => {
  const told = story(COMMONS);
  const text = JSON.stringify(only(told, [MOODLE]));
  t.ok(text.includes(MOODLE));
  t.notOk(text.includes(CANVAS));
  t.same(only(told, [MOODLE]).done.sort(), [...COMMONS].sort());
  t.ok(JSON.stringify(only(told)).includes(CANVAS));
});

await t.test('a version that the catalogue no longer has is left out and harms nobody', async (t) => {
  const one = story(COMMONS);
  one.enrolments.set('librarian', '0.1');
  t.equal(progressNumbers(one).length, 1);
  t.equal(progressReport(one, P, null).length, 1);
});
