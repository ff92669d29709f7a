// A chunk that is judged before its turn.
import t from 'tap';
import { permissionsOf, prepareChunk } from '../../src/imports/prepare-chunk.ts';
import { recordChunk } from '../../src/imports/record-chunk.ts';
import { readImport } from '../../src/imports/store.ts';
import { workImports } from '../../src/imports/work-imports.ts';
import { disableClient } from '../../src/platform/disable-client.ts';
import { record } from '../completions/submissions.ts';
import { onEachDatabase } from '../platform/test-service.ts';
import { makeCaller, ndjson, receive } from './streams.ts';

const rows = (count: number) =>
  Array.from({ length: count }, (_, n) => record('commons/significance', String(n % 9), { id: `r-${n}` }));

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
  const other = { importId: id, n: 2, permissions: 'others', judged: [] };
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

await onEachDatabase(t, 'of a client that was disabled nothing is prepared', async (t, service) => {
  const caller = await makeCaller(service);
  const { id } = await receive(service, caller, ndjson(rows(1500)));
  await disableClient(service, caller.clientId);
  t.equal(await prepareChunk(service, id), undefined);
});
