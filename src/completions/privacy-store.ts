// What privacy asks of this room: everything that was told of a learner, to be handed out, moved or taken away.
import { sql, type SQL } from '../platform/sql.ts';
import type { IdentifierKey } from '../learners/identifier.ts';
import { rows, type Tx } from '../platform/database.ts';
import { rowSet } from '../platform/lists.ts';
import type { CompletionRecord } from './completion.ts';

/**
 * The parked records that are about a learner, settled or not: those that name one of their identifiers, that wait for
 * somebody to choose between them and another, or that became a completion of theirs.
 */
function parkedOf(learnerId: string, keys: IdentifierKey[]): SQL {
  return sql`(p.candidates @> ${JSON.stringify([learnerId])}::text::jsonb
    or exists (select 1 from completions c where c.learner_id = ${learnerId}::uuid
      and c.client_id = p.client_id and c.source = p.source and c.record_id = p.record_id)
    or exists (select 1 from jsonb_array_elements(p.record->'learner'->'identifiers') i
      join ${rowSet(keys, 'kind text, authority text, value text')} on r.kind = i->>'type'
        and r.authority = coalesce(i->>'homePage', '')
        and r.value = case i->>'type' when 'account' then i->>'name' when 'email' then lower(btrim(i->>'value'))
          else i->>'value' end))`;
}

/** The parked records that are about a learner, as they were sent. */
export async function readParkedOf(
  tx: Tx,
  learnerId: string,
  keys: IdentifierKey[],
): Promise<{ reason: string; record: CompletionRecord }[]> {
  return rows(
    tx,
    sql`select p.reason, p.record from parked p where ${parkedOf(learnerId, keys)} order by p.parked_at, p.id`,
  );
}

/** Gives everything that was told of one learner to another; an enrolment of the other stands. */
export async function moveHistory(tx: Tx, from: string, into: string): Promise<void> {
  await tx.execute(
    sql`update receipts t set answer = jsonb_set(t.answer, '{learner}', to_jsonb(${into}::text))
        from completions c where c.learner_id = ${from}::uuid and t.client_id = c.client_id
          and t.source = c.source and t.record_id = c.record_id and t.answer->>'learner' = ${from}`,
  );
  await tx.execute(sql`update completions set learner_id = ${into}::uuid where learner_id = ${from}::uuid`);
  await tx.execute(
    sql`insert into enrolments (learner_id, track_id, version, enrolled_at)
        select ${into}::uuid, track_id, version, enrolled_at from enrolments where learner_id = ${from}::uuid
        on conflict do nothing`,
  );
  await tx.execute(sql`delete from enrolments where learner_id = ${from}::uuid`);
  await tx.execute(
    sql`update parked p set candidates = (
          select jsonb_agg(distinct case when v = ${from} then ${into}::text else v end)
          from jsonb_array_elements_text(p.candidates) as e(v))
        where p.candidates @> ${JSON.stringify([from])}::text::jsonb`,
  );
}

/**
 * Takes away everything that was told of a learner: the parked records and their receipts, then the completions and
 * theirs, then the enrolments.
 */
export async function deleteHistory(tx: Tx, learnerId: string, keys: IdentifierKey[]): Promise<void> {
  await tx.execute(
    sql`with gone as (delete from parked p where ${parkedOf(learnerId, keys)}
          returning p.client_id, p.source, p.record_id)
        delete from receipts t using gone g
        where t.client_id = g.client_id and t.source = g.source and t.record_id = g.record_id`,
  );
  await tx.execute(
    sql`delete from receipts t using completions c where c.learner_id = ${learnerId}::uuid
          and t.client_id = c.client_id and t.source = c.source and t.record_id = c.record_id`,
  );
  await tx.execute(sql`delete from completions where learner_id = ${learnerId}::uuid`);
  await tx.execute(sql`delete from enrolments where learner_id = ${learnerId}::uuid`);
}
