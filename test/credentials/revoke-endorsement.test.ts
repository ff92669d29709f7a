// An endorsement is taken back once and for ever.
import { randomUUID } from 'node:crypto';
import t from 'tap';
import { issueEndorsement } from '../../src/credentials/issue-endorsement.ts';
import { revokeEndorsement } from '../../src/credentials/revoke-endorsement.ts';
import { readBits } from '../../src/credentials/status-store.ts';
import { onEachDatabase } from '../platform/test-service.ts';

await onEachDatabase(t, 'the bit is set; saying it again changes nothing', async (t, service) => {
  const stored = await issueEndorsement(service, { subject: 'did:a:1', name: 'N', comment: 'C.' });
  const first = await revokeEndorsement(service, stored.id);
  t.ok(first.revokedAt);
  t.same(await readBits(service.db.read, 'revocation', stored.statusList), [stored.statusIndex]);
  service.clock.advance(60_000);
  t.same(await revokeEndorsement(service, stored.id), first);
  await t.rejects(revokeEndorsement(service, randomUUID()), { code: 'endorsement_unknown', status: 404 });
});
