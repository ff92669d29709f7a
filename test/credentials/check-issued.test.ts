// What was issued is read back and verified: a row that was tampered with is found, marked and told.
import { sql } from '../../src/platform/sql.ts';
import t from 'tap';
import { checkIssued } from '../../src/credentials/check-issued.ts';
import { readCredential } from '../../src/credentials/store.ts';
import { rotateKey } from '../../src/platform/rotate-key.ts';
import type { Service } from '../../src/platform/service.ts';
import { onEachDatabase } from '../platform/test-service.ts';
import { issueCommons, type IssuedCredential } from './issued.ts';

const overwrite = (service: Service, { id }: IssuedCredential, json: string) =>
  service.db.transaction((tx) => tx.execute(sql`update credentials set json = ${json} where id = ${id}::uuid`));

await onEachDatabase(t, 'what was issued as it should be raises nothing', async (t, service) => {
  const issued = await issueCommons(service, 'ada', { name: 'Ada', consents: { name: true } });
  t.same(await checkIssued(service, [issued.id]), []);
  t.equal((await readCredential(service.db.read, issued.id))?.reviewAt, null);
});

await onEachDatabase(t, 'a changed row is found among good ones and marked for review', async (t, service) => {
  const [ada, bob] = [await issueCommons(service, 'ada'), await issueCommons(service, 'bob')];
  await overwrite(service, ada, ada.json.replace('"awardedDate":"2026', '"awardedDate":"2025'));
  t.same(await checkIssued(service, [ada.id, bob.id]), [ada.id]);
  t.match(await readCredential(service.db.read, ada.id), { reviewAt: String, reviewCause: /does not verify/ });
  t.equal((await readCredential(service.db.read, bob.id))?.reviewAt, null);
});

await onEachDatabase(t, 'bytes without a proof, or that are no JSON, are found too', async (t, service) => {
  const [ada, bob] = [await issueCommons(service, 'ada'), await issueCommons(service, 'bob')];
  const { proof: _, ...unsigned } = JSON.parse(ada.json) as { proof: unknown };
  await overwrite(service, ada, JSON.stringify(unsigned));
  await overwrite(service, bob, bob.json.slice(0, -9));
  t.same(await checkIssued(service, [ada.id, bob.id]), [ada.id, bob.id]);
});

await onEachDatabase(t, 'a badge that another key signed than its row says is found', async (t, service) => {
  const issued = await issueCommons(service);
  const other = service.keys.keys('data-integrity').find((key) => key.kid !== issued.kid);
  await service.db.transaction((tx) =>
    tx.execute(sql`update credentials set kid = ${other!.kid} where id = ${issued.id}::uuid`),
  );
  t.same(await checkIssued(service, [issued.id]), [issued.id]);
});

await onEachDatabase(
  t,
  'a badge is good after a rotation, on a replica that has not heard of it too',
  async (t, service) => {
    if (service.db.kind === 'pglite') return t.comment('PGlite has one process');
    const replica = await service.openReplica();
    t.teardown(() => replica.close());
    await rotateKey(replica, 'data-integrity');
    await rotateKey(replica, 'data-integrity');
    const issued = await issueCommons(replica);
    t.equal(service.keys.find(issued.kid), undefined);
    t.same(await checkIssued(service, [issued.id]), []);
  },
);

await onEachDatabase(t, 'what was erased or never was is passed over', async (t, service) => {
  const issued = await issueCommons(service);
  await service.db.transaction((tx) => tx.execute(sql`update credentials set json = null`));
  t.same(await checkIssued(service, [issued.id, '11111111-1111-4111-8111-111111111111']), []);
});
