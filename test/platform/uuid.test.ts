// One way to write an id, so that each thing has one address.
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import t from 'tap';
import { isUuid, timeOrderedUuid } from '../../src/platform/uuid.ts';

void t.test('ids as they are made, and nothing that only looks like one', async (t) => {
  const id = randomUUID();
  t.ok(isUuid(id));
  for (const other of [
    `${id} `,
    `{${id}}`,
    id.replaceAll('-', ''),
    id.slice(1),
    `${id}\n`,
    'ABCDEF00-0000-4000-8000-000000000000',
    '',
  ])
    t.notOk(isUuid(other), JSON.stringify(other));
});

void t.test('an id of a moment is of version 7, tells the moment, sorts by it, and comes once', async (t) => {
  const moment = fc.integer({ min: 0, max: 2 ** 48 - 1 });
  fc.assert(
    fc.property(moment, moment, (a, b) => {
      const [one, other] = [timeOrderedUuid(new Date(a)), timeOrderedUuid(new Date(b))];
      t.match(one, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      t.ok(isUuid(one));
      t.equal(Number.parseInt(one.replaceAll('-', '').slice(0, 12), 16), a);
      if (a !== b) t.equal(one < other, a < b);
    }),
  );
  const many = Array.from({ length: 1000 }, () => timeOrderedUuid(new Date(1_700_000_000_000)));
  t.equal(new Set(many).size, many.length);
});
