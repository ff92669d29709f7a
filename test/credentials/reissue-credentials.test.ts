// Signed anew: after a key was lost every badge verifies under its successor, and none says anything else.
import t from 'tap';
import { credentialJwt } from '../../src/credentials/make-jwt.ts';
import { reissueCredential, reissueSignedBy } from '../../src/credentials/reissue-credentials.ts';
import { revokeCredential } from '../../src/credentials/revoke-credential.ts';
import { compromiseKey } from '../../src/platform/compromise-key.ts';
import { rotateKey } from '../../src/platform/rotate-key.ts';
import { onEachDatabase } from '../platform/test-service.ts';
import { badgeOf, issueCommons, readIssued, strangerVerifies, type Badge } from './issued.ts';

const unsigned = (badge: Badge) => {
  const { proof: _, validFrom: __, credentialSubject, ...rest } = badge;
  return { ...rest, credentialSubject: { ...credentialSubject, identifier: null } };
};

await onEachDatabase(t, 'after a rotation old badges verify as they are', async (t, service) => {
  const issued = await issueCommons(service);
  await rotateKey(service, 'data-integrity');
  t.equal(await strangerVerifies(service, badgeOf(issued)), true);
  const young = await issueCommons(service, 'bob');
  t.not(young.kid, issued.kid);
  t.equal(await strangerVerifies(service, badgeOf(young)), true);
});

await onEachDatabase(
  t,
  'after a compromise every badge of the key fails until it is signed anew, and says the same then',
  async (t, service) => {
    const before = [await issueCommons(service, 'ada'), await issueCommons(service, 'bob')];
    await revokeCredential(service, before[1]!.id, 'duplicate', 'Twice.');
    const { kid } = before[0]!;
    await compromiseKey(service, kid);
    t.equal(await strangerVerifies(service, badgeOf(before[0]!)), false);
    service.clock.advance(60_000);
    t.equal(await reissueSignedBy(service, kid), 2, 'a revoked badge must say so under a good key, too');
    for (const one of before) {
      const after = await readIssued(service, one.id);
      t.not(after.kid, kid);
      t.equal(await strangerVerifies(service, badgeOf(after)), true);
      t.same(unsigned(badgeOf(after)), unsigned(badgeOf(one)));
      t.ok(badgeOf(after).validFrom > badgeOf(one).validFrom);
    }
    t.equal(await reissueSignedBy(service, kid), 0, 'a second run finds nothing left');
  },
);

await onEachDatabase(t, 'a compromised key of VC-JWTs takes the JWTs that it signed with it', async (t, service) => {
  const issued = await issueCommons(service);
  const other = await issueCommons(service, 'bob');
  const old = await credentialJwt(service, issued);
  const { kid } = service.keys.active('vc-jwt');
  await compromiseKey(service, kid);
  service.clock.advance(60_000);
  t.equal(await reissueSignedBy(service, kid), 1, 'only the badge that had a JWT');
  const after = await readIssued(service, issued.id);
  t.equal(after.jwt, null);
  const jwt = await credentialJwt(service, after);
  t.not(jwt, old);
  t.notOk(
    Buffer.from(jwt?.split('.')[0] ?? '', 'base64url')
      .toString()
      .includes(kid),
  );
  t.equal((await readIssued(service, other.id)).json, other.json);
});

await onEachDatabase(t, 'signed anew within one second it is newer all the same', async (t, service) => {
  const issued = await issueCommons(service);
  await service.db.transaction((tx) => reissueCredential(tx, service, issued));
  t.equal(badgeOf(await readIssued(service, issued.id)).validFrom, '2026-03-04T12:00:01Z');
});
