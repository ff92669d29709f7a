// The shapes of answers hold what the deeds really give, so that nothing is cut off on its way out.
import t from 'tap';
import { recordCompletions } from '../../src/completions/record-completions.ts';
import { progressReport } from '../../src/completions/progress.ts';
import { readStories } from '../../src/completions/read-story.ts';
import { answerSchema, completionSchema, pageQuery, reportSchema } from '../../src/completions/schemas.ts';
import { listCompletions } from '../../src/completions/store.ts';
import { openTestService } from '../platform/test-service.ts';
import { body, COMMONS, record, submission } from './submissions.ts';

await t.test('answers, records and reports pass through their schemas unchanged', async (t) => {
  const service = await openTestService();
  t.teardown(() => service.close());
  const replies = await recordCompletions(
    service,
    [...COMMONS, 'un/known'].map((unit) => submission(record(unit, 'ada'))),
  );
  for (const reply of replies) t.same(answerSchema.parse(body(reply)), body(reply));
  const learnerId = body(replies[0]).learner!;
  const [stored] = await listCompletions(service.db.read, { sources: null, limit: 1 });
  const { passed: _, details: __, sequence, ...rest } = stored!;
  t.same(completionSchema.parse({ ...rest, sequence: Number(sequence) }), { ...rest, sequence: Number(sequence) });
  const story = (await readStories(service.db.read, [learnerId])).get(learnerId)!;
  const tracks = progressReport(story, 'https://badges.example.org', null);
  t.same(reportSchema.parse({ learner: learnerId, tracks, awarded: [] }).tracks, tracks);
});

await t.test('a page has a hundred entries unless asked otherwise, and never more than five hundred', async (t) => {
  t.equal(pageQuery.limit.parse(undefined), 100);
  t.equal(pageQuery.limit.parse('500'), 500);
  for (const bad of ['0', '501', 'x', '1.5']) t.notOk(pageQuery.limit.safeParse(bad).success, bad);
});
