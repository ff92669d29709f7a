// After a compromise badges and lists are good again, on a replica that has not heard of it, too.
import t from 'tap';
import { credentialJwt } from '../../src/credentials/make-jwt.ts';
import { currentStatusList } from '../../src/credentials/publish-status-list.ts';
import { recoverFromCompromise } from '../../src/credentials/recover-from-compromise.ts';
import { ResolveError, type Resolve } from '../../src/openbadges/resolve.ts';
import { compromiseKey } from '../../src/platform/compromise-key.ts';
import type { Service } from '../../src/platform/service.ts';
import { verifySubmission } from '../../src/verification/verify-submission.ts';
import { openTestApp } from '../platform/test-app.ts';
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

await onEachDatabase(
  t,
  'what a lost key signed reads the same in both forms, online and offline',
  async (t, service) => {
    const issued = await issueCommons(service);
    const jwt = await credentialJwt(service, issued);
    const jwtKid = service.keys.active('vc-jwt').kid;
    const { get, close } = await openTestApp(service);
    t.teardown(close);
    const resolve: Resolve = async (url) => {
      const { statusCode, headers, body } = await get(new URL(url).pathname);
      return { url, status: statusCode, contentType: String(headers['content-type']), body };
    };
    const judge = async (input: string, at?: Date) => {
      const report = await verifySubmission(input, { resolve, now: service.now(), at });
      const key = report.checks.find((one) => one.id === 'issuer_key');
      return [report.outcome, key?.status, key?.code];
    };
    for (const form of [issued.json, jwt!]) t.same(await judge(form), ['valid', 'pass', 'key_published']);
    for (const kid of [issued.kid, jwtKid]) await compromiseKey(service, kid);
    service.clock.advance(2000);
    for (const form of [issued.json, jwt!]) {
      t.same(await judge(form), ['invalid', 'fail', 'key_revoked']);
      t.same(await judge(form, new Date(issued.validFrom)), ['invalid', 'fail', 'key_revoked'], 'whatever the day');
    }
    const silent: Resolve = async (url) => {
      throw new ResolveError('unreachable', `${url} is not at hand.`);
    };
    for (const form of [issued.json, jwt!]) {
      const report = await verifySubmission(form, { resolve: silent, now: service.now() });
      t.equal(report.outcome, 'indeterminate', 'without documents nothing is known, and that is never green');
    }
  },
);
