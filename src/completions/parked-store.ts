// Every query on parked records and mappings.
import { sql, type SQL } from '../platform/sql.ts';
import { ADVISORY_LOCKS } from '../platform/advisory-locks.ts';
import { rows, type Tx } from '../platform/database.ts';
import { rowSet, textSet, uuidSet } from '../platform/lists.ts';
import type { CompletionRecord } from './completion.ts';

export type ParkedReason = 'unknown_unit' | 'identity_conflict' | 'unverified_email';

export interface ParkedRow {
  id: string;
  clientId: string;
  source: string;
  recordId: string;
  reason: ParkedReason;
  activity: string;
  record: CompletionRecord;
  candidates: string[];
  trustEmail: boolean;
}

/** Parks records. */
export async function insertParked(tx: Tx, parked: ParkedRow[], now: Date): Promise<void> {
  if (parked.length === 0) return;
  await tx.execute(
    sql`insert into parked (id, client_id, source, record_id, reason, activity, record, candidates, trust_email, parked_at)
        select id, "clientId", source, "recordId", reason, activity, record, candidates, "trustEmail",
          ${now.toISOString()}::timestamptz
        from ${rowSet(
          parked,
          'id uuid, "clientId" text, source text, "recordId" text, reason text, activity text, record jsonb, candidates jsonb, "trustEmail" boolean',
        )}`,
  );
}

/** Parked records for another reason than they were first parked for. */
export async function reparkAs(tx: Tx, id: string, reason: ParkedReason, candidates: string[]): Promise<void> {
  await tx.execute(
    sql`update parked set reason = ${reason}, candidates = ${JSON.stringify(candidates)}::text::jsonb
        where id = ${id}::uuid`,
  );
}

/** Notes that parked records found their place. */
export async function settleParked(tx: Tx, ids: string[], now: Date): Promise<void> {
  if (ids.length === 0) return;
  await tx.execute(sql`update parked set resolved_at = ${now.toISOString()}::timestamptz where id in ${uuidSet(ids)}`);
}

const columns = sql`id, client_id as "clientId", source, record_id as "recordId", reason, activity, record, candidates,
  trust_email as "trustEmail"`;

/** One record that is still parked, locked until the transaction ends. */
export async function lockParked(tx: Tx, id: string): Promise<ParkedRow | undefined> {
  const found = await rows<ParkedRow>(
    tx,
    sql`select ${columns} from parked where id = ${id}::uuid and resolved_at is null for update`,
  );
  return found[0];
}

/** The records parked under an activity's name, locked, oldest first. */
export async function lockParkedUnder(tx: Tx, source: string, activity: string, limit: number): Promise<ParkedRow[]> {
  return rows<ParkedRow>(
    tx,
    sql`select ${columns} from parked
        where source = ${source} and activity = ${activity} and reason = 'unknown_unit' and resolved_at is null
        order by parked_at, id limit ${limit} for update`,
  );
}

/** The records that waited for somebody to choose between learners who have become this one, locked, oldest first. */
export async function lockConflictsOf(tx: Tx, learnerId: string, limit: number): Promise<ParkedRow[]> {
  return rows<ParkedRow>(
    tx,
    sql`select ${columns} from parked
        where candidates = ${JSON.stringify([learnerId])}::text::jsonb and reason = 'identity_conflict'
          and resolved_at is null
        order by parked_at, id limit ${limit} for update`,
  );
}

export interface ListedParked extends Omit<ParkedRow, 'clientId' | 'trustEmail'> {
  parkedAt: string;
}

/** A page of what is parked, oldest first. */
export async function listParked(
  tx: Tx,
  filter: {
    sources: string[] | null;
    reason?: string;
    after?: { parkedAt: string; id: string };
    limit: number;
  },
): Promise<ListedParked[]> {
  const wanted = [
    sql`resolved_at is null`,
    filter.sources && sql`source in ${textSet(filter.sources)}`,
    filter.reason && sql`reason = ${filter.reason}`,
    filter.after && sql`(parked_at, id) > (${filter.after.parkedAt}::timestamptz, ${filter.after.id}::uuid)`,
  ].filter((one): one is SQL => Boolean(one));
  return rows<ListedParked>(
    tx,
    sql`select id, source, record_id as "recordId", reason, activity, record, candidates,
          to_char(parked_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "parkedAt"
        from parked where ${sql.join(wanted, ' and ')} order by parked_at, id limit ${filter.limit}`,
  );
}

/**
 * Keeps mappings waiting until the transaction ends: for whoever looks for one and parks what it does not find. Without
 * it a record that is parked while its activity is mapped would be seen by neither, and wait for ever.
 */
export async function holdOffMappings(tx: Tx): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock_shared(${ADVISORY_LOCKS.mapping})`);
}

/** Waits for everybody who holds mappings off, and lets nobody begin until the transaction ends. */
export async function beginMapping(tx: Tx): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${ADVISORY_LOCKS.mapping})`);
}

/** Which of our units these activities are. */
export async function readMappings(
  tx: Tx,
  names: { source: string; activity: string }[],
): Promise<{ source: string; activity: string; unit: string }[]> {
  if (names.length === 0) return [];
  return rows(
    tx,
    sql`select m.source, m.activity, m.unit
        from ${rowSet(names, 'source text, activity text')} join mappings m using (source, activity)`,
  );
}

/** Says which unit an activity is. */
export async function putMapping(tx: Tx, source: string, activity: string, unit: string, now: Date): Promise<void> {
  await tx.execute(
    sql`insert into mappings (source, activity, unit, mapped_at)
        values (${source}, ${activity}, ${unit}, ${now.toISOString()}::timestamptz)
        on conflict (source, activity) do update set unit = excluded.unit, mapped_at = excluded.mapped_at`,
  );
}

/** Every mapping of these sources, or all. */
export async function listMappings(
  tx: Tx,
  sources: string[] | null,
): Promise<{ source: string; activity: string; unit: string }[]> {
  return rows(
    tx,
    sql`select source, activity, unit from mappings where ${sources ? sql`source in ${textSet(sources)}` : sql`true`}
        order by 1, 2`,
  );
}
