// Taking a badge back: for ever, once, and visible at once.
import t from 'tap';
import { REVOCATION_REASONS, revokeCredential } from '../../src/credentials/revoke-credential.ts';
import { markForReview, readCredential } from '../../src/credentials/store.ts';
import { readBits, readList } from '../../src/credentials/status-store.ts';
import { decodeBitstring } from '../../src/openbadges/status/bitstring.ts';
import { onEachDatabase } from '../platform/test-service.ts';
import { issueCommons } from './issued.ts';

const SENTENCE = 'It was issued to somebody else.';

await onEachDatabase(
  t,
  'revoked: the row says why, the bit is set and the list published in one',
  async (t, service) => {
    const { id, statusIndex } = await issueCommons(service);
    const revoked = await revokeCredential(service, id, 'issued_in_error', SENTENCE);
    t.match(revoked, {
      revokedAt: '2026-03-04T12:00:00.000Z',
      revocationReason: 'issued_in_error',
      revocationSentence: SENTENCE,
    });
    t.same(await readBits(service.db.read, 'revocation', 0), [statusIndex]);
    t.ok(await readList(service.db.read, 'revocation', 0));
  },
);

await onEachDatabase(t, 'the same again changes nothing; another reason or sentence is refused', async (t, service) => {
  const { id } = await issueCommons(service);
  const first = await revokeCredential(service, id, 'duplicate', SENTENCE);
  const list = await readList(service.db.read, 'revocation', 0);
  service.clock.advance(5000);
  t.same(await revokeCredential(service, id, 'duplicate', SENTENCE), first);
  t.same(await readList(service.db.read, 'revocation', 0), list);
  for (const [reason, sentence] of [
    ['superseded', SENTENCE],
    ['duplicate', 'Another sentence.'],
  ] as const)
    await t.rejects(revokeCredential(service, id, reason, sentence), { code: 'already_revoked', status: 409 });
  t.match(await readCredential(service.db.read, id), { revokedAt: first.revokedAt, revocationSentence: SENTENCE });
});

await onEachDatabase(t, 'revoked twenty times at once: one revocation, one bit', async (t, service) => {
  const { id, statusIndex } = await issueCommons(service);
  const replies = await Promise.allSettled(
    Array.from({ length: 20 }, (_, n) => revokeCredential(service, id, REVOCATION_REASONS[n % 2]!, SENTENCE)),
  );
  t.equal(replies.filter((one) => one.status === 'fulfilled').length, 10, 'those who gave the reason that stands');
  t.same(await readBits(service.db.read, 'revocation', 0), [statusIndex]);
});

await onEachDatabase(t, 'two badges of one list revoked in one instant: the list has both', async (t, service) => {
  const [ada, bob] = [await issueCommons(service, 'ada'), await issueCommons(service, 'bob')];
  await Promise.all([ada, bob].map((one) => revokeCredential(service, one.id, 'duplicate', SENTENCE)));
  const list = JSON.parse((await readList(service.db.read, 'revocation', 0))!.json) as {
    credentialSubject: { encodedList: string };
  };
  const bits = decodeBitstring(list.credentialSubject.encodedList, { maxBytes: 1 << 20 });
  t.same(
    [ada, bob].map((one) => bits.get(one.statusIndex)),
    [1, 1],
  );
});

await onEachDatabase(t, 'a review ends with the revocation; nobody’s badge is a 404', async (t, service) => {
  const { id } = await issueCommons(service);
  await service.db.transaction((tx) => markForReview(tx, [id], 'it is doubtful', service.now()));
  t.equal((await revokeCredential(service, id, 'requirements_not_met', SENTENCE)).reviewAt, null);
  const unknown = '11111111-1111-4111-8111-111111111111';
  await t.rejects(revokeCredential(service, unknown, 'duplicate', SENTENCE), {
    code: 'credential_unknown',
    status: 404,
  });
});
