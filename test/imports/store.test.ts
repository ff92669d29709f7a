// The queries on imports.
import { randomUUID } from 'node:crypto';
import t from 'tap';
import { NO_COUNTS } from '../../src/imports/import.ts';
import * as store from '../../src/imports/store.ts';
import { onEachDatabase } from '../platform/test-service.ts';

const made = (id: string, clientId: string) => ({
  ...{ id, clientId, scopes: ['completions:write'], format: 'csv' as const, dryRun: true },
  ...{ bytesExpected: 5_000_000_000, counts: NO_COUNTS },
});

await onEachDatabase(t, 'an import is read as it was written, and moves on', async (t, service) => {
  const [a, b] = [randomUUID(), randomUUID()];
  const now = service.now();
  await service.db.transaction(async (tx) => {
    await store.insertImport(tx, made(a, 'c_1'), now);
    await store.insertImport(tx, { ...made(b, 'c_2'), bytesExpected: null }, new Date(now.getTime() + 1));
  });
  const { db } = service;
  const { counts, ...rest } = made(a, 'c_1');
  const begun = { ...rest, counts, state: 'receiving', failure: null, bytes: 0, rows: 0, listed: 0 };
  t.same(await store.readImport(db.read, a), {
    ...begun,
    ...{ receivedAt: now.toISOString(), startedAt: null, endedAt: null },
  });
  t.equal(await store.readImport(db.read, randomUUID()), undefined);
  t.equal(await store.countOpen(db.read, 'c_1'), 1);
  t.same(await store.listWaiting(db.read), [], 'what still comes is not worked on');

  const after = { ...NO_COUNTS, read: 7 };
  await db.transaction((tx) =>
    store.moveImport(tx, a, { state: 'running', bytes: 9, rows: 8, counts: after, started: true }, now),
  );
  t.match(await store.readImport(db.read, a), {
    state: 'running',
    bytes: 9,
    rows: 8,
    counts: after,
    startedAt: now.toISOString(),
  });
  t.same(await store.listWaiting(db.read), [a]);
  t.same(
    (await store.listImports(db.read, null, undefined, 9)).map((one) => one.id),
    [a, b],
  );
  t.same(
    (await store.listImports(db.read, 'c_2', undefined, 9)).map((one) => one.id),
    [b],
  );
  t.same(
    (await store.listImports(db.read, null, { at: now.toISOString(), id: a }, 9)).map((one) => one.id),
    [b],
  );

  const later = new Date(now.getTime() + 10);
  t.same(await store.listUntouched(db.read, ['running'], later), [a]);
  t.same(await store.listUntouched(db.read, ['running', 'receiving'], now), []);
  await db.transaction((tx) => store.moveImport(tx, a, { state: 'failed', failure: 'stalled', ended: true }, later));
  t.match(await store.readImport(db.read, a), { failure: 'stalled', endedAt: later.toISOString() });
  t.equal(await store.countOpen(db.read, 'c_1'), 0);
});

await onEachDatabase(t, 'chunks and errors are kept in order and go with their import', async (t, service) => {
  const { db } = service;
  const id = randomUUID();
  const none = { row: 0, n: 0 };
  // Found in another order than that of the rows.
  const error = (n: number) => ({
    ...{ n, row: 40 - n * 10, recordId: n === 1 ? 'r' : null, status: 422, code: 'x' },
    ...{ pointer: '/id', column: null, detail: 'X.' },
  });
  await db.transaction(async (tx) => {
    await store.insertImport(tx, made(id, 'c_1'), service.now());
    for (const n of [1, 0]) await store.insertChunk(tx, id, n, Buffer.from([n, 255, 0]));
    await store.insertErrors(tx, id, [error(1), error(2), error(3)]);
    await store.insertErrors(tx, id, []);
  });
  t.same(await store.readChunk(db.read, id), { n: 0, body: Buffer.from([0, 255, 0]) });
  await db.transaction((tx) => store.deleteChunk(tx, id, 0));
  t.match(await store.readChunk(db.read, id), { n: 1 });
  t.equal(await store.findChunk(db.read, id), 1);
  t.same(await store.listErrors(db.read, id, error(3), 5), [error(2), error(1)]);
  t.same(await store.listErrors(db.read, id, none, 1), [error(3)]);
  await db.transaction(async (tx) => {
    await store.moveImport(tx, id, { state: 'done', ended: true }, service.now());
    await store.deleteEnded(tx, service.now());
  });
  t.ok(await store.readImport(db.read, id), 'not before its time');
  await db.transaction((tx) => store.deleteEnded(tx, new Date(service.now().getTime() + 1)));
  t.same(
    [
      await store.readImport(db.read, id),
      await store.readChunk(db.read, id),
      await store.listErrors(db.read, id, none, 5),
    ],
    [undefined, undefined, []],
  );
});
