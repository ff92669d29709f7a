// A correction: the same badge says the right thing, and whoever holds the older copy can tell.
import { sql } from '../../src/platform/sql.ts';
import t from 'tap';
import { correctCredential } from '../../src/credentials/correct-credential.ts';
import { revokeCredential } from '../../src/credentials/revoke-credential.ts';
import { readCredential } from '../../src/credentials/store.ts';
import { onEachDatabase } from '../platform/test-service.ts';
import { badgeOf, issueCommons, readIssued, strangerVerifies } from './issued.ts';

const named = { name: 'Adda', consents: { name: true } };

await onEachDatabase(
  t,
  'same id, award date, subject and status entry; newer validFrom; a proof that verifies',
  async (t, service) => {
    const before = await issueCommons(service, 'ada', named);
    service.clock.advance(90_500);
    await correctCredential(service, before.id, { name: 'Ada' });
    const after = await readIssued(service, before.id);
    const [old, corrected] = [badgeOf(before), badgeOf(after)];
    for (const member of ['id', 'awardedDate', 'credentialStatus', 'relatedResource'] as const)
      t.same(corrected[member], old[member], member);
    t.equal(corrected.credentialSubject.id, old.credentialSubject.id);
    t.equal(corrected.validFrom, '2026-03-04T12:01:30Z');
    t.match(corrected.credentialSubject.identifier?.[0], { identityType: 'name', identityHash: 'Ada' });
    t.equal(await strangerVerifies(service, corrected), true);
    t.equal(new Date(after.validFrom).getTime(), Date.parse(corrected.validFrom), 'the row says what the badge says');
  },
);

await onEachDatabase(t, 'a name stands in the corrected badge by consent only', async (t, service) => {
  const before = await issueCommons(service, 'ada', { name: 'Adda' });
  service.clock.advance(5000);
  await correctCredential(service, before.id, { name: 'Ada Lovelace' });
  t.notOk((await readIssued(service, before.id)).json.includes('Lovelace'));
});

await onEachDatabase(t, 'corrections one after another: each is newer than the one before', async (t, service) => {
  const { id } = await issueCommons(service, 'ada', named);
  const seen: number[] = [];
  for (const name of ['Ada', 'Ada L.', 'Ada Lovelace']) {
    service.clock.advance(1000);
    await correctCredential(service, id, { name });
    seen.push(Date.parse(badgeOf(await readIssued(service, id)).validFrom));
  }
  t.ok(seen[0]! < seen[1]! && seen[1]! < seen[2]!);
  t.ok(seen[2]! <= service.now().getTime(), 'and none lies in the future');
});

await onEachDatabase(
  t,
  'a revoked badge is not corrected, an erased one neither, and nobody’s is a 404',
  async (t, service) => {
    const { id } = await issueCommons(service);
    service.clock.advance(5000);
    await service.db.transaction((tx) => tx.execute(sql`update awards set record = null`));
    await t.rejects(correctCredential(service, id, {}), { code: 'credential_erased', status: 410 });
    await revokeCredential(service, id, 'holder_request', 'At the wish of its earner.');
    const before = await readCredential(service.db.read, id);
    await t.rejects(correctCredential(service, id, { name: 'X' }), { code: 'credential_revoked', status: 409 });
    t.same(await readCredential(service.db.read, id), before);
    const unknown = '11111111-1111-4111-8111-111111111111';
    await t.rejects(correctCredential(service, unknown, {}), { code: 'credential_unknown', status: 404 });
  },
);

await onEachDatabase(t, 'a name that cannot be signed changes nothing', async (t, service) => {
  const { id, json } = await issueCommons(service, 'ada', named);
  service.clock.advance(5000);
  await t.rejects(correctCredential(service, id, { name: 'Tom &amp; Jerry' }), { code: 'ERR_OB_HTML_ENTITY' });
  service.clock.advance(5000);
  t.equal((await readIssued(service, id)).json, json);
  await correctCredential(service, id, {});
  t.match(badgeOf(await readIssued(service, id)).credentialSubject.identifier?.[0], { identityHash: 'Adda' });
});
