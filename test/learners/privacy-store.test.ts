// What a learner allows, two learners who are one, and a learner who goes.
import t from 'tap';
import { deleteLearner, joinLearners, listSources, putConsents } from '../../src/learners/privacy-store.ts';
import { readLearner } from '../../src/learners/store.ts';
import { recordCompletions } from '../../src/completions/record-completions.ts';
import { body, MOODLE, record, submission } from '../completions/submissions.ts';
import { onEachDatabase, type TestService } from '../platform/test-service.ts';

const CANVAS = 'https://canvas.example.org';

async function tell(service: TestService, source: string, name: string): Promise<string> {
  const learner = { identifiers: [{ type: 'account' as const, homePage: source, name }], name: `Known at ${source}` };
  const [reply] = await recordCompletions(service, [submission(record('copyright/basics', name, { source, learner }))]);
  return body(reply).learner!;
}

await onEachDatabase(t, 'consents are what was written last', async (t, service) => {
  const id = await tell(service, MOODLE, 'ada');
  const at = service.now().toISOString();
  await service.db.transaction((tx) => putConsents(tx, id, { name: { granted: true, at } }));
  await service.db.transaction((tx) => putConsents(tx, id, { listed: { granted: true, at } }));
  t.same((await readLearner(service.db.read, id, null))?.consents, { listed: { granted: true, at } });
});

await onEachDatabase(t, 'who is joined brings identifiers and sources along', async (t, service) => {
  const [one, other] = [await tell(service, MOODLE, 'ada'), await tell(service, CANVAS, 'ada')];
  await service.db.transaction((tx) => joinLearners(tx, other, { id: one, name: 'Ada', consents: {} }));
  const joined = await readLearner(service.db.read, one, null);
  t.equal(joined?.name, 'Ada');
  t.equal(joined?.identifiers.length, 2);
  t.same(await listSources(service.db.read, one), [CANVAS, MOODLE]);
});

await onEachDatabase(t, 'who is taken away is unknown by every name', async (t, service) => {
  const [one, other] = [await tell(service, MOODLE, 'ada'), await tell(service, MOODLE, 'bob')];
  await service.db.transaction((tx) => deleteLearner(tx, one));
  t.equal(await readLearner(service.db.read, one, null), undefined);
  t.same(await listSources(service.db.read, one), []);
  t.ok(await readLearner(service.db.read, other, null), 'and nobody else');
});
