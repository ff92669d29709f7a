// A chunk of an import: recorded whole, once, as single posts would be.
import { sql } from '../../src/platform/sql.ts';
import t from 'tap';
import { recordCompletions } from '../../src/completions/record-completions.ts';
import { recordChunk } from '../../src/imports/record-chunk.ts';
import { claimImport, listErrors, readImport } from '../../src/imports/store.ts';
import { disableClient } from '../../src/platform/disable-client.ts';
import { rows } from '../../src/platform/database.ts';
import { COMMONS, record, submission } from '../completions/submissions.ts';
import { kinds, onEachDatabase, openTestService, type TestService } from '../platform/test-service.ts';
import { importAll, makeCaller, ndjson, receive } from './streams.ts';

async function count(service: TestService, table: string): Promise<number> {
  const [found] = await rows<{ n: number }>(
    service.db.read,
    sql`select count(*)::int as n from ${sql.identifier(table)}`,
  );
  return found!.n;
}

const cohort = (learners: number, from = 0) =>
  COMMONS.flatMap((unit) =>
    Array.from({ length: learners }, (_, n) => record(unit, `learner-${from + n}`, { id: `${unit}-${from + n}` })),
  );
const KEPT = ['completions', 'learners', 'credentials', 'receipts', 'parked', 'learner_identifiers'];
const kept = (service: TestService) => Promise.all(KEPT.map((table) => count(service, table)));

await onEachDatabase(
  t,
  'a cohort in a file: everything recorded and awarded; the file again: nothing new',
  async (t, service) => {
    const caller = await makeCaller(service);
    const text = ndjson(cohort(250));
    const first = await importAll(service, caller, text);
    t.match(first, { state: 'done', rows: 1250, counts: { read: 1250, recorded: 1250, refused: 0, awarded: 250 } });
    t.ok(first.startedAt && first.endedAt);
    const before = await kept(service);
    t.same(before.slice(0, 3), [1250, 250, 250]);
    t.equal(await count(service, 'import_chunks'), 0, 'nothing of the file is left');
    t.match(await importAll(service, caller, text), { counts: { recorded: 0, replayed: 1250, awarded: 0 } });
    t.same(await kept(service), before);
  },
);

await onEachDatabase(
  t,
  'a bad row takes no other down, and is listed with what a single post would hear',
  async (t, service) => {
    const caller = await makeCaller(service);
    const good = cohort(1);
    await recordCompletions(service, [submission(good[0]!, { clientId: caller.clientId })]);
    const lines = [
      ...good.map((one) => JSON.stringify(one)),
      JSON.stringify({ ...good[0], sequence: 99_999 }),
      '{"id": "broken',
      JSON.stringify(record('nowhere/known', 'ada')),
      JSON.stringify(record('step/core/fee', 'ada', { id: 'fee' })),
      JSON.stringify({ ...record('commons/significance', 'ada'), id: 'x', colour: 'red' }),
      JSON.stringify(record('commons/significance', 'ada', { id: 'y', source: 'https://canvas.example.org' })),
    ];
    const ended = await importAll(service, caller, lines.join('\n'));
    t.match(ended, { state: 'done', rows: 11, listed: 5 });
    t.same(ended.counts, {
      read: 11,
      recorded: 4,
      stale: 0,
      replayed: 1,
      parked: 1,
      dropped: 0,
      refused: 5,
      awarded: 1,
    });
    const errors = await listErrors(service.db.read, ended.id, { row: 0, n: 0 }, 99);
    t.same(
      errors.map(({ row, recordId, status, code, pointer }) => [row, recordId, status, code, pointer]),
      [
        [6, good[0]!.id, 409, 'record_id_taken', '/id'],
        [7, null, 400, 'line_not_json', null],
        [9, 'fee', 403, 'scope_missing', '/activity/unit'],
        [10, 'x', 422, 'unknown_field', '/colour'],
        [11, 'y', 403, 'source_not_yours', '/source'],
      ],
    );
  },
);

await onEachDatabase(t, 'a dry run says all that and keeps nothing', async (t, service) => {
  const caller = await makeCaller(service);
  const lines = ndjson([...cohort(3), record('nowhere/known', 'ada'), { id: 'bad' }]);
  const before = await kept(service);
  const jobs = await rows(service.db.read, sql`select name from pgboss.job where name <> 'imports'`);
  const ended = await importAll(service, caller, lines, { dryRun: true });
  t.match(ended, {
    state: 'done',
    dryRun: true,
    counts: { read: 17, recorded: 15, parked: 1, refused: 1, awarded: 3 },
  });
  t.ok((await listErrors(service.db.read, ended.id, { row: 0, n: 0 }, 9)).every(({ row }) => row === 17));
  t.same(await kept(service), before);
  t.same(await rows(service.db.read, sql`select name from pgboss.job where name <> 'imports'`), jobs, 'no job either');
  t.equal(await count(service, 'import_chunks'), 0);
  t.match(await importAll(service, caller, lines), { counts: { ...ended.counts } }, 'and is right');
});

await onEachDatabase(t, 'a row that cannot be stored is refused alone, dry or not', async (t, service) => {
  const caller = await makeCaller(service);
  await service.db.transaction((tx) =>
    tx.execute(sql`alter table completions add constraint unlucky check (record_id <> 'bad-luck')`),
  );
  t.teardown(() => service.db.transaction((tx) => tx.execute(sql`alter table completions drop constraint unlucky`)));
  const all = [...cohort(2), record('commons/significance', 'ada', { id: 'bad-luck' }), ...cohort(2, 2)];
  for (const dryRun of [true, false]) {
    const ended = await importAll(service, caller, ndjson(all), { dryRun });
    t.match(ended, { state: 'done', counts: { read: 21, recorded: 20, refused: 1, awarded: 4 } });
    t.match(await listErrors(service.db.read, ended.id, { row: 0, n: 0 }, 9), [
      { row: 11, recordId: 'bad-luck', status: 503, code: 'not_recorded' },
    ]);
  }
});

await onEachDatabase(
  t,
  'an import may do what its client may when a row is recorded, and its token when it was sent',
  async (t, service) => {
    const reviews = [record('step/core/fee', 'ada')];
    const scopes = ['completions:write', 'reviews:write'];
    const weak = { ...(await makeCaller(service, scopes)), scopes: ['completions:write'] };
    t.match(await importAll(service, weak, ndjson(reviews)), { counts: { refused: 1 } });
    const full = await makeCaller(service, scopes);
    t.match(await importAll(service, full, ndjson(reviews)), { counts: { recorded: 1 } });
    const { id } = await receive(service, full, ndjson(cohort(1)));
    await disableClient(service, full.clientId);
    t.equal(await recordChunk(service, id), 'ended');
    t.match(await readImport(service.db.read, id), {
      state: 'failed',
      failure: 'client_disabled',
      counts: { read: 0 },
    });
    t.equal(await count(service, 'import_chunks'), 0);
  },
);

await onEachDatabase(t, 'a CSV file: columns are named in the errors', async (t, service) => {
  const caller = await makeCaller(service);
  const text = [
    'email;email_verified;unit;occurred_at;score;evidence_url',
    'ada@example.edu;true;commons/significance;2026-03-04T10:11:12Z;0.9;',
    'bob@example.edu;true;commons/significance;4.3.2026;90%;https://example.org/a',
    'eve@example.edu;true;commons/significance',
  ];
  const ended = await importAll(service, caller, text.join('\r\n'), { format: 'csv' });
  t.match(ended, { counts: { read: 3, recorded: 1, refused: 2 } });
  const errors = await listErrors(service.db.read, ended.id, { row: 0, n: 0 }, 9);
  t.same(
    errors.map(({ row, column, code }) => [row, column, code]),
    [
      [3, 'occurred_at', 'wrong_format'],
      [3, 'score', 'wrong_type'],
      [4, null, 'column_count'],
    ],
  );
  // Its digest aside, in which any two letters may come beside each other.
  const said = JSON.stringify(errors.map((error) => ({ ...error, recordId: null })));
  t.notMatch(said, /bob|4\.3\.|90/, 'and nothing that stood in the row');
  t.match(await importAll(service, caller, text.join('\n'), { format: 'csv' }), {
    counts: { replayed: 1, refused: 2 },
  });
});

if (kinds.includes('postgres')) {
  await t.test(
    'two replicas never work on the same import at once, and together lose and double nothing',
    async (t) => {
      const service = await openTestService('postgres');
      const replica = await service.openReplica();
      t.teardown(async () => {
        await replica.close();
        await service.close();
      });
      const caller = await makeCaller(service);
      const { id } = await receive(service, caller, ndjson(cohort(700)));
      const claimed = Promise.withResolvers<void>();
      const release = Promise.withResolvers<void>();
      const holding = service.db.transaction(async (tx) => {
        await claimImport(tx, id);
        claimed.resolve();
        await release.promise;
      });
      await claimed.promise;
      t.equal(await recordChunk(replica, id), 'taken');
      release.resolve();
      await holding;
      async function work(which: TestService): Promise<number> {
        for (let worked = 0; ;) {
          const step = await recordChunk(which, id);
          if (step === 'ended') return worked;
          if (step === 'worked') worked += 1;
          else await new Promise((resolve) => setTimeout(resolve, 5));
        }
      }
      const steps = await Promise.all([work(service), work(replica)]);
      t.equal(steps[0]! + steps[1]!, 4);
      t.match(await readImport(service.db.read, id), {
        state: 'done',
        counts: { read: 3500, recorded: 3500, awarded: 700 },
      });
      t.equal(await count(service, 'completions'), 3500);
      t.equal(await count(service, 'credentials'), 700);
    },
  );
}
