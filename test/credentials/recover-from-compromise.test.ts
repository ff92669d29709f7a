// After a compromise badges and lists are good again, on a replica that has not heard of it, too.
import t from 'tap';
import { currentStatusList } from '../../src/credentials/publish-status-list.ts';
import { recoverFromCompromise } from '../../src/credentials/recover-from-compromise.ts';
import { compromiseKey } from '../../src/platform/compromise-key.ts';
import type { Service } from '../../src/platform/service.ts';
import { onEachDatabase } from '../platform/test-service.ts';
import { badgeOf, issueCommons, readIssued, strangerVerifies } from './issued.ts';

async function listVerifies(service: Service): Promise<boolean> {
  const served = await currentStatusList(service, 'revocation', 0);
  return strangerVerifies(service, JSON.parse(served?.json ?? '{}') as object);
}

await onEachDatabase(t, 'every badge and every list verifies under the new key', async (t, service) => {
  const issued = await issueCommons(service);
  t.equal(await listVerifies(service), true);
  await compromiseKey(service, issued.kid);
  t.equal(await listVerifies(service), false);
  t.same(await recoverFromCompromise(service, issued.kid), { badges: 1, lists: 1 });
  service.clock.advance(2000);
  t.equal(await listVerifies(service), true);
  t.equal(await strangerVerifies(service, badgeOf(await readIssued(service, issued.id))), true);
  t.same(await recoverFromCompromise(service, issued.kid), { badges: 0, lists: 1 }, 'it may run again');
});

await onEachDatabase(t, 'a replica that has not heard of it never signs with the lost key', async (t, service) => {
  if (service.db.kind === 'pglite') return t.comment('PGlite has one process');
  const issued = await issueCommons(service);
  const replica = await service.openReplica();
  t.teardown(() => replica.close());
  // The replica's folder of keys is the same one, as it has to be.
  await compromiseKey(replica, issued.kid);
  t.equal(service.keys.active('data-integrity').kid, issued.kid, 'this one has not heard of it');
  await recoverFromCompromise(service, issued.kid);
  t.not((await readIssued(service, issued.id)).kid, issued.kid);
});
