// Queries on what the VC API issued.
import { randomUUID } from 'node:crypto';
import t from 'tap';
import { insertPosted, ownsPostedStatus, readPostedStatuses } from '../../src/credentials/posted-store.ts';
import { onEachDatabase } from '../platform/test-service.ts';

await onEachDatabase(
  t,
  'found by the name and the client that gave it; places are nobody else’s',
  async (t, service) => {
    const row = (clientId: string, credentialId: string | null) => ({
      id: randomUUID(),
      clientId,
      credentialId,
      issuer: 'did:example:us',
      digest: 'd',
      issuedAt: '2026-03-04T12:00:00Z',
    });
    const place = (index: number, purpose = 'revocation') => ({ purpose, n: 0, index });
    await service.db.transaction(async (tx) => {
      await insertPosted(tx, row('a', 'urn:x:1'), [place(1), place(1, 'suspension')]);
      await insertPosted(tx, row('a', 'urn:x:1'), [place(2)]);
      await insertPosted(tx, row('a', 'urn:x:2'), []);
      await insertPosted(tx, row('b', 'urn:x:1'), [place(3)]);
      await insertPosted(tx, row('b', null), [place(4)]);
    });
    const { read } = service.db;
    t.same(await readPostedStatuses(read, 'urn:x:1', 'a'), [place(1), place(2), place(1, 'suspension')]);
    t.equal((await readPostedStatuses(read, 'urn:x:1', null))?.length, 4);
    t.same(await readPostedStatuses(read, 'urn:x:2', 'a'), [], 'issued without any');
    t.equal(await readPostedStatuses(read, 'urn:x:2', 'b'), undefined);
    t.equal(await ownsPostedStatus(read, place(4), 'b'), true);
    t.equal(await ownsPostedStatus(read, place(4), 'a'), false);
    t.equal(await ownsPostedStatus(read, place(4), null), true);
    t.equal(await ownsPostedStatus(read, place(5), null), false);
    const twice = service.db.transaction((tx) => insertPosted(tx, row('c', null), [place(4)]));
    await t.rejects(twice, 'no place is given twice');
  },
);
