// The badges whose earners chose to be listed, with the name that stands in the badge: what was signed is what is shown,
// so a badge without a name is never listed, whatever else its earner allowed. Revoked and private ones are left out.
import { sql, type SQL } from 'drizzle-orm';
import { rows, type Tx } from '../platform/database.ts';

export interface ListedCredential {
  id: string;
  name: string;
  achievement: string;
  awardedAt: string;
}

export interface ListedFilter {
  /** The ids of learners who allow to be listed, as a subquery. */
  consenting: SQL;
  achievement?: string;
  /** A part of the name, in any case. */
  name?: string;
  before?: { awardedAt: string; id: string };
  limit: number;
}

// The name identity of the signed badge (Open Badges 3.0, IdentityObject: not hashed, of type `name`).
const nameOf = sql`jsonb_path_query_first(c.json::jsonb,
  '$.credentialSubject.identifier[*] ? (@.identityType == "name" && @.hashed == false).identityHash') #>> '{}'`;

/** The query of everything that may be listed, newest first by the caller. */
function listed(filter: Pick<ListedFilter, 'consenting' | 'achievement' | 'name'>): SQL {
  const achievement = filter.achievement ? sql`and c.achievement = ${filter.achievement}` : sql``;
  const shown = sql`c.revoked_at is null and c.json is not null ${achievement}`;
  // Who is listed is found by index first, and only then is the name read: the planner took the reading for cheap and read
  // every badge there is (29 s for 860,000 of which none was listed).
  return sql`with chosen as materialized (
      select c.id from credentials c where c.visibility = 'listed' and ${shown}
      union
      select c.id from credentials c where c.learner_id in ${filter.consenting} and c.visibility <> 'private' and ${shown})
    select c.id, ${nameOf} as name, c.achievement, c.awarded_at from chosen join credentials c using (id)`;
}

function matching(filter: Pick<ListedFilter, 'name'>): SQL {
  return filter.name ? sql`and strpos(lower(r.name), lower(${filter.name})) > 0` : sql``;
}

/** A page of the listed badges, newest first. */
export async function listListed(tx: Tx, filter: ListedFilter): Promise<ListedCredential[]> {
  const { before } = filter;
  return rows<ListedCredential>(
    tx,
    sql`select r.id, r.name, r.achievement,
          to_char(r.awarded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "awardedAt"
        from (${listed(filter)}) r
        where r.name is not null ${matching(filter)}
          ${before ? sql`and (r.awarded_at, r.id) < (${before.awardedAt}::timestamptz, ${before.id}::uuid)` : sql``}
        order by r.awarded_at desc, r.id desc limit ${filter.limit}`,
  );
}

/** How many badges are listed. */
export async function countListed(
  tx: Tx,
  filter: Pick<ListedFilter, 'consenting' | 'achievement' | 'name'>,
): Promise<number> {
  const [found] = await rows<{ count: string }>(
    tx,
    sql`select count(*)::text as count from (${listed(filter)}) r where r.name is not null ${matching(filter)}`,
  );
  return Number(found?.count ?? 0);
}
