// The jobs of the room do what their queues are for.
import { sql } from '../../src/platform/sql.ts';
import t from 'tap';
import { ISSUED_QUEUE } from '../../src/credentials/issue-credentials.ts';
import { currentStatusList } from '../../src/credentials/publish-status-list.ts';
import { REISSUE_QUEUE } from '../../src/credentials/recover-from-compromise.ts';
import { readCredential } from '../../src/credentials/store.ts';
import { RENEW_QUEUE, workCredentialJobs } from '../../src/credentials/work-jobs.ts';
import { compromiseKey } from '../../src/platform/compromise-key.ts';
import { QUEUES, type Jobs } from '../../src/platform/jobs.ts';
import { openTestService } from '../platform/test-service.ts';
import { issueCommons } from './issued.ts';

await t.test('each queue has its deed, and the lists are looked at by the clock', async (t) => {
  const service = await openTestService();
  t.teardown(() => service.close());
  const deeds = new Map<string, (payload: object) => Promise<void>>();
  const scheduled: string[] = [];
  const jobs: Pick<Jobs, 'work' | 'schedule'> = {
    work: async (queue, deed) => void deeds.set(queue, deed),
    schedule: async (queue) => void scheduled.push(queue),
  };
  await workCredentialJobs({ ...service, jobs: { ...service.jobs, ...jobs } });
  t.same([...deeds.keys()].sort(), [ISSUED_QUEUE, REISSUE_QUEUE, RENEW_QUEUE].sort());
  t.same(scheduled, [RENEW_QUEUE]);
  for (const queue of deeds.keys()) t.ok((QUEUES as readonly string[]).includes(queue), queue);

  const issued = await issueCommons(service);
  const first = await currentStatusList(service, 'revocation', 0);
  service.clock.advance(2 * 86_400_000);
  await deeds.get(RENEW_QUEUE)!({});
  t.not((await currentStatusList(service, 'revocation', 0))?.etag, first?.etag, 'a list two days old is signed again');

  await compromiseKey(service, issued.kid);
  await deeds.get(REISSUE_QUEUE)!({ kid: issued.kid });
  t.not((await readCredential(service.db.read, issued.id))?.kid, issued.kid);

  await service.db.transaction((tx) => tx.execute(sql`update credentials set json = json || ' x'`));
  await deeds.get(ISSUED_QUEUE)!({ credentials: [issued.id] });
  t.match(await readCredential(service.db.read, issued.id), { reviewCause: /does not verify/ });
});
