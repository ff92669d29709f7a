// The story of a learner as it stands: history, versions and badges, each with its own learner.
import { randomUUID } from 'node:crypto';
import { sql } from '../../src/platform/sql.ts';
import t from 'tap';
import { readInGroups, readStories } from '../../src/completions/read-story.ts';
import { sqlState } from '../../src/platform/database.ts';
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

await onEachDatabase(t, 'read in groups, everybody is read once and in order', async (t, service) => {
  const ada = await issueCommons(service, 'ada');
  const others = Array.from({ length: 600 }, () => randomUUID());
  const ids = [...others.slice(0, 300), ada.learnerId, ...others.slice(300)];
  const groups: string[][] = [];
  for await (const group of readInGroups(service.db.read, ids)) {
    groups.push([...group.keys()]);
    t.equal(group.get(ada.learnerId)?.history.length ?? COMMONS.length, COMMONS.length);
  }
  t.equal(groups.length, 5);
  t.same(groups.flat(), ids);
  for await (const group of readInGroups(service.db.read, [])) t.fail(`${group.size} of nobody`);
});

await onEachDatabase(t, 'whoever breaks off is not told of what was being read', async (t, service) => {
  const ids = Array.from({ length: 300 }, () => randomUUID());
  const broken = service.db.transaction(async (tx) => {
    for await (const group of readInGroups(tx, ids)) {
      t.equal(group.size, 125);
      await tx.execute(sql`select 1 / 0`);
    }
  });
  t.equal(sqlState(await broken.catch((error: unknown) => error)), '22012');
});
