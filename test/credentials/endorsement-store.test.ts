// Queries on endorsements.
import { randomUUID } from 'node:crypto';
import t from 'tap';
import {
  endorsementsSignedBy,
  insertEndorsement,
  listEndorsements,
  lockEndorsement,
  readEndorsement,
  replaceEndorsement,
  setEndorsementRevoked,
} from '../../src/credentials/endorsement-store.ts';
import { onEachDatabase } from '../platform/test-service.ts';

await onEachDatabase(
  t,
  'kept as it was signed, newest first, found by either key while it stands',
  async (t, service) => {
    const row = (n: number) => ({
      ...{ id: randomUUID(), subject: `did:a:${n}`, kid: `k${n}`, jwtKid: `j${n}`, json: '{"a": 1}', jwt: 'a.b.c' },
      ...{ statusList: 0, statusIndex: n, issuedAt: `2026-03-0${n}T12:00:00.000Z` },
    });
    const [one, two] = [row(1), row(2)];
    await service.db.transaction(async (tx) => {
      await insertEndorsement(tx, one);
      await insertEndorsement(tx, two);
      t.same(await lockEndorsement(tx, one.id), { ...one, revokedAt: null });
    });
    const { read } = service.db;
    t.same(
      (await listEndorsements(read, 5)).map((each) => each.id),
      [two.id, one.id],
    );
    t.equal((await listEndorsements(read, 1)).length, 1);
    t.same(await endorsementsSignedBy(read, 'k1'), [one.id]);
    t.same(await endorsementsSignedBy(read, 'j1'), [one.id]);
    await service.db.transaction(async (tx) => {
      await replaceEndorsement(tx, one.id, { kid: 'k3', json: '{}', jwt: 'd.e.f', jwtKid: 'j3' });
      await setEndorsementRevoked(tx, two.id, service.now());
    });
    t.match(await readEndorsement(read, one.id), {
      kid: 'k3',
      json: '{}',
      jwt: 'd.e.f',
      jwtKid: 'j3',
      revokedAt: null,
    });
    t.equal((await readEndorsement(read, two.id))?.revokedAt, '2026-03-04T12:00:00.000Z');
    t.same(await endorsementsSignedBy(read, 'k2'), [], 'what is revoked need not be signed again');
  },
);
