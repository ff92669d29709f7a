// Whoever was erased stays so, and nobody can read of whom the tombstones are.
import { setTimeout } from 'node:timers/promises';
import t from 'tap';
import { sql } from '../../src/platform/sql.ts';
import { keyText, type Identifier } from '../../src/learners/identifier.ts';
import {
  beginErasure,
  deleteTombstones,
  findErased,
  holdOffErasures,
  insertTombstones,
  keysOf,
} from '../../src/learners/tombstones.ts';
import { rows } from '../../src/platform/database.ts';
import type { Service } from '../../src/platform/service.ts';
import { onEachDatabase } from '../platform/test-service.ts';

const MOODLE = 'https://moodle.example.edu';
const mail = (value: string): Identifier => ({ type: 'email', value });
const account = (name: string, homePage = MOODLE): Identifier => ({ type: 'account', homePage, name });
const lay = (service: Service, ...identifiers: Identifier[]) =>
  insertTombstones(service.db.read, service.keyedHash, keysOf(identifiers), service.now());
const find = (service: Service, ...lists: Identifier[][]) =>
  findErased(service.db.read, service.keyedHash, lists.map(keysOf));

await onEachDatabase(
  t,
  'any identifier of somebody erased is known again, in any case and believed or not',
  async (t, service) => {
    await lay(service, mail('Ada@Example.edu'), account('17'), { type: 'did', value: 'did:key:z6MkA' });
    await lay(service, mail('ada@example.edu'));
    const found = await find(
      service,
      [mail(' ADA@example.EDU')],
      [account('18'), { type: 'email', value: 'ada@example.edu', verified: true }],
      [{ type: 'did', value: 'did:key:z6MkA' }],
      [account('17', 'https://canvas.example.org'), mail('bob@example.edu')],
      [],
    );
    t.same(found, [true, true, true, false, false]);
    t.same(await find(service), []);
  },
);

await onEachDatabase(t, 'a tombstone is a keyed hash and a date, and can be taken away', async (t, service) => {
  await lay(service, mail('ada@example.edu'));
  const [stone] = await rows<Record<string, unknown>>(service.db.read, sql`select * from tombstones`);
  t.same(Object.keys(stone!).sort(), ['erased_at', 'hash']);
  const [key] = keysOf([mail('ada@example.edu')]);
  t.equal(stone!.hash, service.keyedHash(keyText(key!)));
  await deleteTombstones(service.db.read, service.keyedHash, [key!]);
  t.same(await find(service, [mail('ada@example.edu')]), [false]);
});

await onEachDatabase(t, 'an erasure waits for whoever is about to park', async (t, service) => {
  if (service.db.kind === 'pglite') return t.comment('PGlite runs one transaction at a time');
  const order: string[] = [];
  let begun = (): void => {};
  const inside = new Promise<void>((resolve) => (begun = resolve));
  let release = (): void => {};
  const gate = new Promise<void>((resolve) => (release = resolve));
  const parking = service.db.transaction(async (tx) => {
    await holdOffErasures(tx);
    begun();
    await gate;
    order.push('parked');
  });
  await inside;
  const erasing = service.db.transaction(async (tx) => {
    await beginErasure(tx);
    order.push('erased');
  });
  const waits = sql`select 1 from pg_locks where locktype = 'advisory' and not granted`;
  while ((await rows(service.db.read, waits)).length === 0) await setTimeout(5);
  release();
  await Promise.all([parking, erasing]);
  t.same(order, ['parked', 'erased']);
});
