// What is abandoned is not kept.
import t from 'tap';
import { settleImport } from '../../src/imports/settle-import.ts';
import { insertImport, moveImport, readChunk, readImport } from '../../src/imports/store.ts';
import { NO_COUNTS } from '../../src/imports/import.ts';
import { tidyImports } from '../../src/imports/tidy-imports.ts';
import { record } from '../completions/submissions.ts';
import { hold, untilWaiting } from '../platform/held-transaction.ts';
import { onEachDatabase } from '../platform/test-service.ts';
import { makeCaller, ndjson, receive } from './streams.ts';

const HOUR_MS = 3_600_000;

await onEachDatabase(t, 'rows of a file wait no longer than somebody may still work on them', async (t, service) => {
  const caller = await makeCaller(service);
  const { id } = await receive(service, caller, ndjson([record('commons/significance', 'ada')]));
  const old = await receive(service, caller, '');
  await settleImport(service, old.id, null);
  const begun = '5b0f1f5c-3f0e-4a53-9a0e-6a4d3a1c2f10';
  await service.db.transaction((tx) =>
    insertImport(
      tx,
      { id: begun, clientId: 'c', scopes: [], format: 'csv', dryRun: false, bytesExpected: null, counts: NO_COUNTS },
      service.now(),
    ),
  );
  const state = async (which: string) => (await readImport(service.db.read, which))?.state;

  service.clock.advance(HOUR_MS);
  await tidyImports(service);
  t.same([await state(begun), await state(id), await state(old.id)], ['receiving', 'waiting', 'cancelled']);
  service.clock.advance(1);
  await tidyImports(service);
  t.same([await state(begun), await state(id)], ['failed', 'waiting'], 'its sender went away an hour ago');
  service.clock.advance(7 * 24 * HOUR_MS);
  await tidyImports(service);
  t.match(await readImport(service.db.read, id), { state: 'failed', failure: 'stalled' });
  t.equal(await readChunk(service.db.read, id), undefined);
  service.clock.advance(83 * 24 * HOUR_MS);
  await tidyImports(service);
  t.same([await state(old.id), await state(id)], [undefined, 'failed'], 'what came of it is kept for ninety days');
});

await onEachDatabase(t, 'what somebody is working on at this moment is not abandoned', async (t, service) => {
  if (service.db.kind === 'pglite') return t.comment('PGlite runs one transaction at a time');
  const { id } = await receive(service, await makeCaller(service), ndjson([record('commons/significance', 'ada')]));
  service.clock.advance(8 * 24 * HOUR_MS);
  const working = await hold(service, (tx) => moveImport(tx, id, { state: 'running' }, service.now()));
  const tidied = tidyImports(service);
  await Promise.race([untilWaiting(service), tidied]);
  await working.commit();
  await tidied;
  t.match(await readImport(service.db.read, id), { state: 'running', endedAt: null });
});
