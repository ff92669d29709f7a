// Only a consent that was given counts; one that was withdrawn does not.
import { sql } from '../../src/platform/sql.ts';
import t from 'tap';
import { learnersListed } from '../../src/learners/listed-learners.ts';
import { rows } from '../../src/platform/database.ts';
import { onEachDatabase } from '../platform/test-service.ts';

await onEachDatabase(t, 'listed by consent alone', async (t, service) => {
  const found = await service.db.transaction(async (tx) => {
    for (const [n, consents] of [
      { listed: { granted: true } },
      { listed: { granted: false } },
      { name: { granted: true } },
      {},
    ].entries())
      await tx.execute(
        sql`insert into learners (id, consents, created_at) values (${`00000000-0000-4000-8000-00000000000${n}`}::uuid, ${JSON.stringify(consents)}::jsonb, now())`,
      );
    return rows<{ id: string }>(tx, sql`select id from learners where id in ${learnersListed()}`);
  });
  t.same(
    found.map((one) => one.id),
    ['00000000-0000-4000-8000-000000000000'],
  );
});
