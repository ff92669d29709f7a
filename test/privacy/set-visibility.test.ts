// Who may see a badge is its earner's to say, and nobody else's.
import t from 'tap';
import { readCredential } from '../../src/credentials/store.ts';
import { setVisibility } from '../../src/privacy/set-visibility.ts';
import { issueCommons } from '../credentials/issued.ts';
import { openTestApp } from '../platform/test-app.ts';
import { onEachDatabase } from '../platform/test-service.ts';

await onEachDatabase(
  t,
  'a private badge answers as one that never was, in every form, and comes back',
  async (t, service) => {
    const app = await openTestApp(service);
    t.teardown(() => app.close());
    const badge = await issueCommons(service);
    const never = '0d4c8a52-7f3b-4c1e-9a6d-2b8e5f7a9c10';
    await setVisibility(service, badge.learnerId, badge.id, 'private');
    const paths = (id: string) =>
      ['', '.json', '.jwt', '.png', '.svg', '/preview.png'].map((end) => `/credentials/${id}${end}`);
    const known = (body: string) => body.replaceAll(/[0-9a-f-]{36}/g, 'ID');
    for (const accept of ['*/*', 'text/html'])
      for (const [n, path] of paths(badge.id).entries()) {
        const [mine, none] = [await app.get(path, { accept }), await app.get(paths(never)[n]!, { accept })];
        t.equal(mine.statusCode, 404);
        t.equal(known(mine.body), known(none.body), path);
        t.same(Object.keys(mine.headers).sort(), Object.keys(none.headers).sort());
      }
    t.equal((await app.get(`/awards/${badge.awardId}`)).statusCode, 404);
    await setVisibility(service, badge.learnerId, badge.id, 'link');
    t.equal((await app.get(`/credentials/${badge.id}`)).statusCode, 200);
  },
);

await onEachDatabase(t, 'nobody changes a badge of somebody else', async (t, service) => {
  const badge = await issueCommons(service);
  const { learnerId } = await issueCommons(service, 'eve');
  await t.rejects(setVisibility(service, learnerId, badge.id, 'private'), { code: 'credential_unknown', status: 404 });
  t.equal((await readCredential(service.db.read, badge.id))?.visibility, 'link');
});
