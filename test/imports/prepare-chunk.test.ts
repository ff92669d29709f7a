// A chunk that is judged before its turn.
import { sql } from '../../src/platform/sql.ts';
import t from 'tap';
import { allNames } from '../../src/completions/read-ahead.ts';
import { recordCompletions } from '../../src/completions/record-completions.ts';
import { permissionsOf, prepareChunk, type Prepared } from '../../src/imports/prepare-chunk.ts';
import { recordChunk } from '../../src/imports/record-chunk.ts';
import { listErrors, readImport } from '../../src/imports/store.ts';
import { workImports } from '../../src/imports/work-imports.ts';
import { disableClient } from '../../src/platform/disable-client.ts';
import { rows as rowsOf } from '../../src/platform/database.ts';
import { eraseLearner } from '../../src/privacy/erase-learner.ts';
import { body, MOODLE, record, submission } from '../completions/submissions.ts';
import { onEachDatabase } from '../platform/test-service.ts';
import { makeCaller, ndjson, receive } from './streams.ts';

const rows = (count: number) =>
  Array.from({ length: count }, (_, n) =>
    record('commons/significance', String(Math.floor(n / 300)), { id: `r-${n}` }),
  );

await onEachDatabase(t, 'it is the second that waits, and counts for no other', async (t, service) => {
  const caller = await makeCaller(service);
  const { id } = await receive(service, caller, ndjson([...rows(2500), { id: 'bad' }]));
  const second = (await prepareChunk(service, id))!;
  t.match(second, { importId: id, n: 1, permissions: permissionsOf(caller) });
  t.equal(second.judged.length, 1000);
  t.equal(second.judged[0]?.submission?.record.id, 'r-1000');

  await recordChunk(service, id, second);
  t.match(await readImport(service.db.read, id), { counts: { recorded: 1000 } });
  t.equal(await recordChunk(service, id, { ...second, judged: second.judged.slice(0, 1) }), 'worked');
  t.match(await readImport(service.db.read, id), { counts: { recorded: 1001 } }, 'the first was not it, and this was');
  t.equal(await prepareChunk(service, id), undefined, 'one is left');
  const other = { ...second, n: 2, permissions: 'others', judged: [] };
  await recordChunk(service, id, other);
  t.match(
    await readImport(service.db.read, id),
    { counts: { recorded: 1501, refused: 1 } },
    'with other permissions it is judged anew',
  );
});

await onEachDatabase(t, 'many chunks after each other are all recorded', async (t, service) => {
  const { id } = await receive(service, await makeCaller(service), ndjson([...rows(4200), { id: 'bad' }]));
  await workImports(service);
  t.match(await readImport(service.db.read, id), { state: 'done', counts: { read: 4201, recorded: 4200, refused: 1 } });
});

await onEachDatabase(
  t,
  'what was looked up for it beforehand is as true as if it were looked up then, whatever happened meanwhile',
  async (t, service) => {
    const caller = await makeCaller(service);
    const all = Array.from({ length: 2000 }, (_, n) => {
      const name = String(n % 1500);
      const told = record('commons/significance', name, { id: `r-${n < 1999 ? n : 7}`, sequence: n });
      // Written otherwise, so that whoever comes again comes in another chunk.
      if (n >= 1500) told.learner.identifiers = [{ name, homePage: MOODLE, type: 'account' }];
      return told;
    });
    const { id } = await receive(service, caller, ndjson(all));
    const running = all.slice(0, 1000).map((one) => submission(one, { clientId: caller.clientId }));
    const first: Prepared = {
      ...{ importId: id, clientId: caller.clientId, n: 0, permissions: permissionsOf(caller) },
      ...{ judged: running.map((one, n) => ({ row: n + 1, submission: one })), names: allNames(running) },
    };
    t.equal((await prepareChunk(service, id, { ...first, n: 1 }))?.known, undefined, 'of another it says nothing');
    const [gone] = await recordCompletions(service, [submission(record('copyright/basics', '1200'))]);
    const second = (await prepareChunk(service, id, first))!;
    t.equal(second.known?.names.size, 500, 'not of those whom the first speaks of');

    const tell = (n: number, parts = {}) =>
      recordCompletions(service, [submission({ ...all[n]!, ...parts }, { clientId: caller.clientId })]);
    await recordChunk(service, id, first);
    await tell(1001);
    await tell(1002, { sequence: 5 });
    await eraseLearner(service, body(gone).learner!);
    t.equal(await recordChunk(service, id, second), 'worked');
    const ended = await readImport(service.db.read, id);
    t.match(ended?.counts, { read: 2000, recorded: 1996, replayed: 1, dropped: 1, refused: 2 });
    t.match(await listErrors(service.db.read, id, { row: 0, n: 0 }, 9), [
      { row: 1003, code: 'record_id_taken' },
      { row: 2000, code: 'record_id_taken' },
    ]);
    t.equal((await rowsOf(service.db.read, sql`select 1 from learners`)).length, 1499);
    t.equal((await rowsOf(service.db.read, sql`select 1 from completions`)).length, 1998);
  },
);

await onEachDatabase(t, 'of a client that was disabled nothing is prepared', async (t, service) => {
  const caller = await makeCaller(service);
  const { id } = await receive(service, caller, ndjson(rows(1500)));
  await disableClient(service, caller.clientId);
  t.equal(await prepareChunk(service, id), undefined);
});
