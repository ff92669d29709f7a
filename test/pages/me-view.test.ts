// What an earner sees of themselves.
import t from 'tap';
import { nextSteps, viewMe } from '../../src/pages/me-view.ts';
import { recordCompletions } from '../../src/completions/record-completions.ts';
import { coreUnits, record, submission } from '../completions/submissions.ts';
import { issueCommons, learner } from '../credentials/issued.ts';
import { onEachDatabase, openTestService } from '../platform/test-service.ts';

await t.test('what is missing is sorted by who must act', async (t) => {
  const next = nextSteps([
    'step/core/fee',
    'copyright/basics',
    'step/mastery/copyright',
    'step/core/evidence/personal-toolkit',
    'step/core/session',
  ]);
  t.same(
    next.map(({ step, titles }) => [step, titles.length]),
    [
      ['unit', 1],
      ['mastery', 1],
      ['session', 1],
      ['evidence', 1],
      ['fee', 1],
    ],
  );
  t.same(nextSteps([]), []);
});

await onEachDatabase(t, 'badges of theirs alone, and how far they are', async (t, service) => {
  const badge = await issueCommons(service, 'ada', { name: 'Ada Example' });
  await issueCommons(service, 'bob');
  const view = await viewMe(service, badge.learnerId);
  t.match(view, {
    name: 'Ada Example',
    badges: [{ id: badge.id, achievement: 'core/commons', visibility: 'link', revokedAt: null }],
  });
  t.equal(view?.badges.length, 1);
  const core = view?.tracks.find(({ report }) => report.track === 'core');
  t.match(core?.report, { unitsDone: 4, unitsRequired: 29, stepsDone: 1, complete: false });
  t.same(
    core?.next.map(({ step }) => step),
    ['unit', 'mastery', 'session', 'evidence', 'fee'],
  );
  t.equal(await viewMe(service, badge.id), undefined);
});

await t.test('a certificate stands before the badges of its modules', async (t) => {
  const service = await openTestService();
  t.teardown(() => service.close());
  const { learnerId } = await issueCommons(service);
  const rest = coreUnits().map((unit) => submission(record(unit, 'ada', { learner: learner('ada') })));
  await recordCompletions(service, rest);
  const badges = (await viewMe(service, learnerId))!.badges.map((one) => one.achievement);
  t.ok(badges.length > 2);
  t.equal(badges[0], 'core');
});
