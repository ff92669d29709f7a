// Claims and sessions as they are kept.
import t from 'tap';
import { insertClaim, lockClaim, putToken, readClaimKind } from '../../src/privacy/store.ts';
import { onEachDatabase } from '../platform/test-service.ts';

const id = '0d4c8a52-7f3b-4c1e-9a6d-2b8e5f7a9c10';
const learnerId = '6a305e40-198e-4e8e-8e47-b4018c95497c';

await onEachDatabase(
  t,
  'a claim without a token is opened by none, and one with two by the later',
  async (t, service) => {
    const now = service.now();
    const expiresAt = new Date(now.getTime() + 1000);
    await insertClaim(service.db.read, {
      ...{ id, kind: 'mail', learnerId: null, email: 'ada@example.edu', language: 'en' },
      ...{ tokenHash: null, askedAt: now, expiresAt },
    });
    t.equal(await readClaimKind(service.db.read, '', now), undefined);
    for (const tokenHash of ['one', 'two']) await putToken(service.db.read, id, { learnerId, tokenHash, expiresAt });
    t.equal(await readClaimKind(service.db.read, 'one', now), undefined);
    t.equal(await readClaimKind(service.db.read, 'two', now), 'mail');
    t.equal(await readClaimKind(service.db.read, 'two', expiresAt), undefined);
    t.match(await service.db.transaction((tx) => lockClaim(tx, id, now)), { learnerId, email: 'ada@example.edu' });
    t.equal(await service.db.transaction((tx) => lockClaim(tx, id, expiresAt)), undefined);
  },
);
