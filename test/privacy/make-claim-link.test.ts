// A platform's link, for the learners it brought and nobody else's.
import t from 'tap';
import { confirmClaim } from '../../src/privacy/confirm-claim.ts';
import { makeClaimLink } from '../../src/privacy/make-claim-link.ts';
import { MOODLE } from '../completions/submissions.ts';
import { issueCommons } from '../credentials/issued.ts';
import { onEachDatabase } from '../platform/test-service.ts';
import { everyTable } from './earner.ts';

await onEachDatabase(t, 'it lets its learner in once, and is kept nowhere', async (t, service) => {
  const { learnerId } = await issueCommons(service);
  const { url, expiresAt } = await makeClaimLink(service, learnerId, [MOODLE]);
  t.match(url, /^https:\/\/badges\.example\.org\/claim\/[\w-]{43}$/);
  t.equal(expiresAt.getTime() - service.now().getTime(), 15 * 60_000);
  const token = url.split('/').at(-1)!;
  for (const [table, text] of await everyTable(service)) t.notOk(text.includes(token), table);
  t.match(await confirmClaim(service, token), { outcome: 'signed-in', learnerId });
  t.same(await confirmClaim(service, token), { outcome: 'unknown' });
});

await onEachDatabase(t, 'a learner of other platforms is as unknown as nobody', async (t, service) => {
  const { learnerId } = await issueCommons(service);
  for (const id of [learnerId, '0d4c8a52-7f3b-4c1e-9a6d-2b8e5f7a9c10'])
    await t.rejects(makeClaimLink(service, id, ['https://canvas.example.org']), {
      code: 'learner_unknown',
      status: 404,
    });
});
