// The end of an import.
import { randomUUID } from 'node:crypto';
import t from 'tap';
import { recordChunk } from '../../src/imports/record-chunk.ts';
import { endImport, settleImport, unknownImport } from '../../src/imports/settle-import.ts';
import { readChunk, readImport } from '../../src/imports/store.ts';
import { record } from '../completions/submissions.ts';
import { onEachDatabase } from '../platform/test-service.ts';
import { makeCaller, ndjson, receive } from './streams.ts';

await onEachDatabase(t, 'cancelled: the rows that wait go, what is recorded stays', async (t, service) => {
  const caller = await makeCaller(service);
  const all = Array.from({ length: 1001 }, (_, n) => record('commons/significance', String(n % 5)));
  const { id } = await receive(service, caller, ndjson(all));
  t.equal(await recordChunk(service, id), 'worked');
  await t.rejects(settleImport(service, id, 'somebody else'), unknownImport());
  await t.rejects(settleImport(service, randomUUID(), null), unknownImport());
  t.match(await settleImport(service, id, caller.clientId), { state: 'cancelled', counts: { recorded: 1000 } });
  t.equal(await readChunk(service.db.read, id), undefined);
  t.equal(await recordChunk(service, id), 'ended');
  await t.rejects(settleImport(service, id, null), { code: 'import_ended', status: 409 });
});

await onEachDatabase(t, 'what has ended stays as it is', async (t, service) => {
  const { id } = await receive(service, await makeCaller(service), '');
  const end = (state: 'done' | 'failed') => service.db.transaction((tx) => endImport(tx, id, { state }, service.now()));
  await end('done');
  await end('failed');
  t.match(await readImport(service.db.read, id), { state: 'done' });
  await service.db.transaction((tx) => endImport(tx, randomUUID(), { state: 'done' }, service.now()));
});
