// Queries on what is parked, and on mappings: listed to whom it belongs, page by page, until it is settled.
import { randomUUID } from 'node:crypto';
import t from 'tap';
import {
  insertParked,
  listMappings,
  listParked,
  lockParked,
  lockParkedUnder,
  putMapping,
  readMappings,
  reparkAs,
  settleParked,
  type ParkedRow,
} from '../../src/completions/parked-store.ts';
import { onEachDatabase } from '../platform/test-service.ts';
import { MOODLE, record } from './submissions.ts';

const CANVAS = 'https://canvas.example.org';

function row(activity: string, parts: Partial<ParkedRow> = {}): ParkedRow {
  const one = record(activity, 'ada');
  return {
    id: randomUUID(),
    clientId: 'client-a',
    source: MOODLE,
    recordId: one.id,
    reason: 'unknown_unit',
    activity,
    record: one,
    candidates: [],
    trustEmail: true,
    ...parts,
  };
}

await onEachDatabase(t, 'what is parked comes back as it was, until it is settled', async (t, service) => {
  const one = row('x', { candidates: ['a', 'b'] });
  await service.db.transaction(async (tx) => {
    await insertParked(tx, [one], service.now());
    t.same(await lockParked(tx, one.id), one);
    await reparkAs(tx, one.id, 'identity_conflict', ['c']);
    t.match(await lockParked(tx, one.id), { reason: 'identity_conflict', candidates: ['c'] });
    await settleParked(tx, [one.id], service.now());
    t.equal(await lockParked(tx, one.id), undefined);
    t.same(await listParked(tx, { sources: null, limit: 10 }), []);
  });
});

await onEachDatabase(t, 'a client lists its sources’ records alone, page by page', async (t, service) => {
  const rows = [row('x'), row('x'), row('x', { source: CANVAS }), row('y', { reason: 'unverified_email' })];
  await service.db.transaction((tx) => insertParked(tx, rows, service.now()));
  const list = (filter: object) => listParked(service.db.read, { sources: null, limit: 10, ...filter });
  t.equal((await list({})).length, 4);
  t.same(
    (await list({ sources: [CANVAS] })).map((one) => one.id),
    [rows[2]!.id],
  );
  t.same(await list({ sources: [] }), []);
  t.same(
    (await list({ reason: 'unverified_email' })).map((one) => one.id),
    [rows[3]!.id],
  );
  const first = await list({ limit: 3 });
  const last = first.at(-1)!;
  const rest = await list({ after: { parkedAt: last.parkedAt, id: last.id } });
  t.same([...first, ...rest].map((one) => one.id).sort(), rows.map((one) => one.id).sort());
});

await onEachDatabase(t, 'only what waits for a unit of this name is replayed by its mapping', async (t, service) => {
  const rows = [row('x'), row('y'), row('x', { source: CANVAS }), row('x', { reason: 'identity_conflict' })];
  await service.db.transaction(async (tx) => {
    await insertParked(tx, rows, service.now());
    t.same(
      (await lockParkedUnder(tx, MOODLE, 'x', 10)).map((one) => one.id),
      [rows[0]!.id],
    );
  });
});

await onEachDatabase(t, 'a mapping is one for source and activity, and the last one holds', async (t, service) => {
  await service.db.transaction(async (tx) => {
    await putMapping(tx, MOODLE, 'x', 'legal/marking', service.now());
    await putMapping(tx, MOODLE, 'x', 'copyright/basics', service.now());
    await putMapping(tx, CANVAS, 'x', 'commons/opportunity', service.now());
  });
  const asked = [
    { source: MOODLE, activity: 'x' },
    { source: MOODLE, activity: 'y' },
  ];
  t.same(await readMappings(service.db.read, asked), [{ source: MOODLE, activity: 'x', unit: 'copyright/basics' }]);
  t.same(await readMappings(service.db.read, []), []);
  t.same(
    (await listMappings(service.db.read, [CANVAS])).map((one) => one.unit),
    ['commons/opportunity'],
  );
  t.equal((await listMappings(service.db.read, null)).length, 2);
});
