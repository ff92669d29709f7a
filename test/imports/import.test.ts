// An import as it is shown.
import t from 'tap';
import { describeImport, importSchema, NO_COUNTS, type StoredImport } from '../../src/imports/import.ts';

const stored: StoredImport = {
  id: '5b0f1f5c-3f0e-4a53-9a0e-6a4d3a1c2f10',
  clientId: 'c_1',
  scopes: ['completions:write'],
  ...{ format: 'csv', dryRun: false, state: 'receiving', failure: null, bytesExpected: 3000, bytes: 1000, rows: 100 },
  counts: NO_COUNTS,
  listed: 0,
  receivedAt: '2026-03-04T10:12:30.120Z',
  ...{ startedAt: null, endedAt: null },
};

await t.test('the percentage is of bytes while they come, then of rows', async (t) => {
  const percent = (more: Partial<StoredImport>) => describeImport({ ...stored, ...more }).percent;
  t.equal(percent({}), 33.3);
  t.equal(percent({ bytesExpected: null }), undefined, 'unknown when nobody said how much comes');
  t.equal(percent({ bytes: 4000 }), 100);
  t.equal(percent({ state: 'waiting' }), 0);
  t.equal(percent({ state: 'running', counts: { ...NO_COUNTS, read: 50 } }), 50);
  t.equal(percent({ state: 'done', rows: 0 }), 100);
  t.equal(percent({ state: 'failed', rows: 0 }), undefined);
});

await t.test('what is not yet is left out, and what is shown is as the contract says', async (t) => {
  const shown = describeImport(stored);
  t.same(importSchema.parse(shown), shown);
  t.notOk('failure' in shown || 'startedAt' in shown || 'endedAt' in shown);
  t.notOk('scopes' in shown);
  const ended = describeImport({ ...stored, state: 'failed', failure: 'not_utf8', startedAt: 'a', endedAt: 'b' });
  t.match(ended, { failure: 'not_utf8', startedAt: 'a', endedAt: 'b', client: 'c_1' });
});
