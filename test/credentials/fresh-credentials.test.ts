// What strangers read is from memory, and never older than the database.
import { sql } from '../../src/platform/sql.ts';
import t from 'tap';
import { readFresh } from '../../src/credentials/fresh-credentials.ts';
import { reissueCredential } from '../../src/credentials/reissue-credentials.ts';
import { revokeCredential } from '../../src/credentials/revoke-credential.ts';
import { lockCredential } from '../../src/credentials/store.ts';
import { rows } from '../../src/platform/database.ts';
import { onEachDatabase } from '../platform/test-service.ts';
import { issueCommons } from './issued.ts';

await onEachDatabase(t, 'an unchanged badge is fetched once, and is the bytes that were signed', async (t, service) => {
  const { id, json } = await issueCommons(service);
  const first = await readFresh(service, id);
  t.equal(first?.bytes.toString(), json);
  t.equal((await readFresh(service, id))?.bytes, first?.bytes, 'the very same');
  t.equal(await readFresh(service, '00000000-0000-4000-8000-000000000000'), undefined);
});

await onEachDatabase(t, 'whether it changed is asked of PostgreSQL by a plan that is kept', async (t, service) => {
  if (service.db.kind === 'pglite') return t.comment('a connection of PGlite prepares nothing');
  const { id } = await issueCommons(service);
  // The first five of a connection are planned by themselves (PostgreSQL 15 manual, PREPARE).
  for (let n = 0; n < 12 * service.config.databasePoolSize; n += 1) await readFresh(service, id);
  const [plans] = await rows<{ made: number; kept: number }>(
    service.db.read,
    sql`select custom_plans::int as made, generic_plans::int as kept from pg_prepared_statements
        where statement like '%"learnerVersion"%' and statement not like '%pg_prepared%'`,
  );
  t.equal(plans?.made, 5);
  t.ok(plans!.kept > 0);
});

await onEachDatabase(t, 'every change is seen by the next reader', async (t, service) => {
  const { id } = await issueCommons(service);
  const seen = [await readFresh(service, id)];
  const look = async () => seen.push(await readFresh(service, id));
  const run = (change: ReturnType<typeof sql>) => service.db.transaction((tx) => tx.execute(change));

  await run(sql`update credentials set visibility = 'private' where id = ${id}::uuid`);
  await look();
  await run(sql`update credentials set visibility = 'link' where id = ${id}::uuid`);
  await look();
  await service.db.transaction(async (tx) => reissueCredential(tx, service, (await lockCredential(tx, id))!));
  await look();
  await revokeCredential(service, id, 'issued_in_error', 'It was a mistake.');
  await look();
  await run(sql`update credentials set json = null where id = ${id}::uuid`);
  await look();
  t.same(
    seen.map((one) => [one?.stored.visibility, one?.stored.revokedAt !== null, one?.bytes.length === 0]),
    [
      ['link', false, false],
      ['private', false, false],
      ['link', false, false],
      ['link', false, false],
      ['link', true, false],
      ['link', true, true],
    ],
  );
  t.equal(new Set(seen.map((one) => one?.version)).size, seen.length, 'each has a version of its own');
  t.not(seen[2]?.etag, seen[3]?.etag, 'other bytes, another tag');
  await run(sql`delete from credentials where id = ${id}::uuid`);
  t.equal(await readFresh(service, id), undefined);
});

await onEachDatabase(t, 'what another replica changes is seen at once', async (t, service) => {
  if (service.db.kind === 'pglite') return t.comment('PGlite has one process');
  const replica = await service.openReplica();
  t.teardown(() => replica.close());
  const { id } = await issueCommons(service);
  t.equal((await readFresh(replica, id))?.stored.revokedAt, null);
  await revokeCredential(service, id, 'issued_in_error', 'It was a mistake.');
  t.type((await readFresh(replica, id))?.stored.revokedAt, 'string');
});
