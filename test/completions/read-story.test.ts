// The story of a learner as it stands: history, versions and badges, each with its own learner.
import t from 'tap';
import { readStories } from '../../src/completions/read-story.ts';
import { onEachDatabase } from '../platform/test-service.ts';
import { issueCommons } from '../credentials/issued.ts';
import { COMMONS } from './submissions.ts';

await onEachDatabase(t, 'stories of several learners are not mixed up, and nobody’s is empty', async (t, service) => {
  const [ada, bob] = [await issueCommons(service, 'ada'), await issueCommons(service, 'bob')];
  const nobody = '11111111-1111-4111-8111-111111111111';
  const stories = await readStories(service.db.read, [ada.learnerId, bob.learnerId, nobody]);
  for (const one of [ada, bob]) {
    const story = stories.get(one.learnerId);
    t.same(story?.history.map((record) => record.unit).sort(), [...COMMONS].sort());
    t.equal(story?.enrolments.get('core'), '1.0');
    t.same(
      story?.standings.map((standing) => standing.id),
      [one.id],
    );
  }
  t.match(stories.get(nobody), { history: [], standings: [] });
  t.equal((await readStories(service.db.read, [])).size, 0);
});
