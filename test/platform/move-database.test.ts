// A service that moves to PostgreSQL goes on as the issuer that it was.
import { join } from 'node:path';
import t from 'tap';
import { recordCompletions } from '../../src/completions/record-completions.ts';
import { revokeCredential } from '../../src/credentials/revoke-credential.ts';
import { rows } from '../../src/platform/database.ts';
import { FolderInUseError } from '../../src/platform/data-folder-lock.ts';
import { moveDatabase } from '../../src/platform/move-database.ts';
import { closeService, openService } from '../../src/platform/service.ts';
import type { Service } from '../../src/platform/service.ts';
import { sql } from '../../src/platform/sql.ts';
import { body, COMMONS, record, submission } from '../completions/submissions.ts';
import { issueCommons, readIssued, strangerVerifies } from '../credentials/issued.ts';
import { makeScratch } from './scratch.ts';
import { initCluster, postgresFound, startServer } from './test-postgres.ts';
import { silent, testConfig } from './test-template.ts';

/** How many rows there are in each table, and how many jobs wait. */
async function counts({ db }: Service): Promise<Record<string, number>> {
  const tables = await rows<{ name: string }>(
    db.read,
    sql`select table_name as name from information_schema.tables where table_schema = 'public' order by 1`,
  );
  const all: Record<string, number> = {};
  for (const { name } of [...tables, { name: 'pgboss.job' }]) {
    const [found] = await rows<{ n: number }>(db.read, sql`select count(*)::int as n from ${sql.raw(name)}`);
    all[name] = found!.n;
  }
  return all;
}

const skip = postgresFound ? false : 'NO POSTGRESQL FOUND';
await t.test(
  'badges, what was told, jobs and keys are all there, and nothing is given out twice',
  { skip },
  async (t) => {
    const folder = makeScratch();
    initCluster(join(folder, 'cluster'));
    const server = await startServer(join(folder, 'cluster'));
    t.teardown(() => server.stop());
    const config = testConfig(join(folder, 'keys'), { dataDir: join(folder, 'data') });
    const elsewhere = { ...config, databaseUrl: server.url('postgres') };

    const embedded = await openService(config, silent);
    const ada = await issueCommons(embedded, 'ada');
    const bob = await issueCommons(embedded, 'bob');
    await revokeCredential(embedded, bob.id, 'issued_in_error', 'A tab\t, a backslash \\ and a line\nbreak.');
    await t.rejects(moveDatabase(elsewhere, silent), FolderInUseError);
    const before = await counts(embedded);
    await closeService(embedded);

    const moved = await moveDatabase(elsewhere, silent);
    t.ok(moved > 20);
    const service = await openService(elsewhere, silent);
    t.teardown(() => closeService(service));
    t.same(await counts(service), before);
    t.ok(before['pgboss.job'], 'a job was waiting');
    t.same(await readIssued(service, ada.id), ada);
    t.match(await readIssued(service, bob.id), { revocation: undefined });
    t.ok(await strangerVerifies(service, JSON.parse(ada.json) as object));
    const again = await recordCompletions(
      service,
      COMMONS.map((unit) => submission(record(unit, 'ada'))),
    );
    t.same(
      again.flatMap((reply) => body(reply).awarded),
      [],
      'who has the badge is known',
    );
    const eve = await issueCommons(service, 'eve');
    t.notOk([ada.statusIndex, bob.statusIndex].includes(eve.statusIndex));

    await t.rejects(moveDatabase(elsewhere, silent), /belongs to a service already/);
  },
);
