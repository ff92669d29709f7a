// What could not be placed between two learners finds its place when they become one.
import t from 'tap';
import { mapActivity } from '../../src/completions/map-activity.ts';
import { listParked } from '../../src/completions/parked-store.ts';
import { readStories } from '../../src/completions/read-story.ts';
import { recordCompletions } from '../../src/completions/record-completions.ts';
import { mergeLearners } from '../../src/privacy/merge-learners.ts';
import type { CompletionRecord } from '../../src/completions/completion.ts';
import type { Service } from '../../src/platform/service.ts';
import { onEachDatabase } from '../platform/test-service.ts';
import { body, COMMONS, MOODLE, record, submission } from './submissions.ts';

const told = async (service: Service, one: CompletionRecord) =>
  body((await recordCompletions(service, [submission(one)]))[0]);
const account = (name: string) => ({ type: 'account' as const, homePage: MOODLE, name });
const waiting = async (service: Service) => (await listParked(service.db.read, { sources: null, limit: 10 })).length;
/** A record that names the accounts of several. */
const between = (unit: string, names: string[], parts: Partial<CompletionRecord> = {}) =>
  record(unit, '', { learner: { identifiers: names.map(account) }, ...parts });

await onEachDatabase(t, 'a last stone that was laid between two is laid when they are one', async (t, service) => {
  const [last, ...before] = COMMONS;
  let into = '';
  for (const unit of before) into = (await told(service, record(unit, 'a'))).learner!;
  const from = (await told(service, record('copyright/basics', 'b'))).learner!;
  const conflict = between(last!, ['a', 'b']);
  t.equal((await told(service, conflict)).parkedReason, 'identity_conflict');
  await service.db.transaction((tx) => mergeLearners(tx, service, from, into));
  t.equal(await waiting(service), 0);
  const story = (await readStories(service.db.read, [into])).get(into);
  t.same(
    story?.standings.map((one) => one.achievement),
    ['core/commons'],
  );
  t.match(await told(service, conflict), { replayed: true, status: 'recorded', learner: into });
});

await onEachDatabase(t, 'what still has two to go to goes on waiting', async (t, service) => {
  const into = (await told(service, record('copyright/basics', 'a'))).learner!;
  const from = (await told(service, record('copyright/basics', 'b'))).learner!;
  await told(service, record('copyright/basics', 'c'));
  t.equal((await told(service, between('copyright/global', ['a', 'b', 'c']))).status, 'parked');
  await service.db.transaction((tx) => mergeLearners(tx, service, from, into));
  t.equal(await waiting(service), 1);
});

await onEachDatabase(t, 'reviewed work under a mapped name waits for whoever may speak of it', async (t, service) => {
  const into = (await told(service, record('copyright/basics', 'a'))).learner!;
  const from = (await told(service, record('copyright/basics', 'b'))).learner!;
  const activity = `${MOODLE}/quest`;
  await told(service, between('', ['a', 'b'], { activity: { id: activity } }));
  await mapActivity(service, { source: MOODLE, activity, unit: 'step/core/fee' }, true);
  t.equal(await waiting(service), 1, 'now between two');
  await service.db.transaction((tx) => mergeLearners(tx, service, from, into));
  t.equal(await waiting(service), 1);
  const story = (await readStories(service.db.read, [into])).get(into);
  t.notOk(story?.history.some((one) => one.unit === 'step/core/fee'));
});
