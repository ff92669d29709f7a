// What privacy asks of this room: consents that change, two learners who are one, a learner who leaves.
import { sql } from '../platform/sql.ts';
import { rows, type Tx } from '../platform/database.ts';
import type { Consents } from './consents.ts';
import { bothEmails } from './store.ts';

/** Writes what a learner allows. */
export async function putConsents(tx: Tx, id: string, consents: Consents): Promise<void> {
  await tx.execute(sql`update learners set consents = ${JSON.stringify(consents)}::text::jsonb where id = ${id}::uuid`);
}

/** The platforms that spoke of a learner. */
export async function listSources(tx: Tx, id: string): Promise<string[]> {
  const found = await rows<{ source: string }>(
    tx,
    sql`select source from learner_sources where learner_id = ${id}::uuid order by 1`,
  );
  return found.map((row) => row.source);
}

/** Gives the identifiers and the sources of one learner to another, who is called and allows what is given here. */
export async function joinLearners(
  tx: Tx,
  from: string,
  into: { id: string; name: string | null; consents: Consents },
): Promise<void> {
  const { id, name, consents } = into;
  await tx.execute(sql`update learner_identifiers set learner_id = ${id}::uuid where learner_id = ${from}::uuid`);
  await tx.execute(
    sql`insert into learner_sources as s (learner_id, source, emails)
        select ${id}::uuid, source, emails from learner_sources where learner_id = ${from}::uuid
        on conflict (learner_id, source) do update set emails = ${bothEmails}`,
  );
  await tx.execute(sql`update learners set name = ${name} where id = ${id}::uuid`);
  await putConsents(tx, id, consents);
}

/** Takes a learner away, with every name they were known by. */
export async function deleteLearner(tx: Tx, id: string): Promise<void> {
  for (const table of ['learner_identifiers', 'learner_sources'])
    await tx.execute(sql`delete from ${sql.identifier(table)} where learner_id = ${id}::uuid`);
  await tx.execute(sql`delete from learners where id = ${id}::uuid`);
}
