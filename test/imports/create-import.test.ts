// A file is received whole or not at all.
import { sql } from '../../src/platform/sql.ts';
import t from 'tap';
import { createImport, OPEN_MAX } from '../../src/imports/create-import.ts';
import { listImports, readImport } from '../../src/imports/store.ts';
import { workImports } from '../../src/imports/work-imports.ts';
import { settleImport } from '../../src/imports/settle-import.ts';
import { rows } from '../../src/platform/database.ts';
import { COMMONS, record } from '../completions/submissions.ts';
import { onEachDatabase, type TestService } from '../platform/test-service.ts';
import { makeCaller, ndjson, pieces, receive } from './streams.ts';

const chunks = async (service: TestService) =>
  (await rows<{ n: number }>(service.db.read, sql`select count(*)::int as n from import_chunks`))[0]!.n;
const jobs = async (service: TestService) =>
  (
    await rows<{ n: number }>(service.db.read, sql`select count(*)::int as n from pgboss.job where name = 'imports'`)
  )[0]!.n;

await onEachDatabase(t, 'every row of a file waits, and a job is there to work on it', async (t, service) => {
  const caller = await makeCaller(service);
  const text = ndjson(Array.from({ length: 2300 }, (_, n) => record('commons/significance', String(n))));
  const stored = await receive(service, caller, text);
  t.match(stored, {
    state: 'waiting',
    rows: 2300,
    bytes: Buffer.byteLength(text),
    clientId: caller.clientId,
    endedAt: null,
  });
  t.equal(await chunks(service), 3);
  t.equal(await jobs(service), 1);
  t.match(await receive(service, caller, ''), { state: 'waiting', rows: 0 }, 'an empty file too');
  t.equal(await jobs(service), 1, 'which one job does');
});

await onEachDatabase(t, 'a course that was written out unit by unit is told learner by learner', async (t, service) => {
  const learners = Array.from({ length: 300 }, (_, n) => String(n));
  const course = ndjson(COMMONS.flatMap((unit) => learners.map((one) => record(unit, one))));
  const caller = await makeCaller(service);
  const { id } = await receive(service, caller, course, { dryRun: true });
  await workImports(service);
  t.match(await readImport(service.db.read, id), {
    state: 'done',
    counts: { read: 1500, recorded: 1500, awarded: 300 },
  });
});

await onEachDatabase(
  t,
  'what cannot be received leaves a note and nothing of the file',
  async (t, service) => {
    const caller = await makeCaller(service);
    const many = ndjson(Array.from({ length: 1500 }, (_, n) => record('commons/significance', String(n))));
    async function* broken(): AsyncGenerator<Buffer> {
      yield Buffer.from(many);
      throw new Error('the sender went away');
    }
    const order = { caller, format: 'ndjson' as const, dryRun: false };
    await t.rejects(createImport(service, order, broken()), /went away/);
    await t.rejects(createImport(service, order, pieces(Buffer.from(many), Buffer.from([0xff]))), { code: 'not_utf8' });
    await t.rejects(createImport(service, order, pieces(Buffer.from(many), Buffer.from(many))), {
      code: 'import_too_large',
    });
    await t.rejects(createImport(service, { ...order, bytesExpected: 600_001 }, pieces()), {
      code: 'import_too_large',
    });
    await t.rejects(receive(service, caller, 'a,b\n', { format: 'csv' }), { code: 'columns_wrong' });
    let cancelled = '';
    async function* slow(): AsyncGenerator<Buffer> {
      yield Buffer.from(many);
      await settleImport(service, cancelled, null);
      yield Buffer.from('{}\n');
    }
    const begun = (id: string) => (cancelled = id);
    await t.rejects(createImport(service, { ...order, begun }, slow()), { code: 'import_ended', status: 409 });
    t.equal(await chunks(service), 0);
    t.equal(await jobs(service), 0);
    t.same(
      (await listImports(service.db.read, null, undefined, 9)).map(({ state, failure }) => [state, failure]).sort(),
      [
        ['cancelled', null],
        ['failed', 'columns_wrong'],
        ['failed', 'import_too_large'],
        ['failed', 'not_utf8'],
        ['failed', 'upload_interrupted'],
      ],
    );
  },
  { importMaxBytes: 600_000 },
);

await onEachDatabase(t, 'a client has so many imports under way and no more', async (t, service) => {
  const caller = await makeCaller(service);
  for (let n = 0; n < OPEN_MAX; n += 1) await receive(service, caller, '');
  await t.rejects(receive(service, caller, ''), { code: 'too_many_imports', status: 429 });
  await receive(service, await makeCaller(service), '');
});

await onEachDatabase(t, 'of all imports that a client begins at once no more are taken either', async (t, service) => {
  const caller = await makeCaller(service);
  const replicas = service.db.kind === 'postgres' ? [service, await service.openReplica()] : [service];
  t.teardown(() => replicas[1]?.close());
  const begun = await Promise.allSettled(
    Array.from({ length: 2 * OPEN_MAX }, (_, n) => receive(replicas[n % replicas.length]!, caller, '')),
  );
  t.equal(begun.filter(({ status }) => status === 'fulfilled').length, OPEN_MAX);
  for (const one of begun) if (one.status === 'rejected') t.match(one.reason, { code: 'too_many_imports' });
});
