// One way to write an id, so that each thing has one address.
import { randomUUID } from 'node:crypto';
import t from 'tap';
import { isUuid } from '../../src/platform/uuid.ts';

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
