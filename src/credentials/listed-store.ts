// The badges whose earners chose to be listed, with the name that stands in the badge: what was signed is what is shown,
// so a badge without a name is never listed, whatever else its earner allowed. Revoked and private ones are left out.
// Nothing here reads all that are listed: badges that show a name are walked newest first until a page is full, and
// counted as far as a bound. Where few are listed they are found by who they are, for the walk would not meet them.
import { sql, type SQL } from '../platform/sql.ts';
import { rows, type Tx } from '../platform/database.ts';
import { searchName } from './badge-content.ts';

export interface ListedCredential {
  id: string;
  name: string;
  achievement: string;
  awardedAt: string;
}

export interface ListedFilter {
  /** The ids of learners who allow to be listed, as a subquery. */
  consenting: SQL;
  /** Whether a learner allows it, as a subquery of a value. */
  consents: (learnerId: SQL) => SQL;
  achievement?: string;
  /** Words of the name, or how they begin, in any case. */
  name?: string;
  before?: { awardedAt: string; id: string };
  limit: number;
}

/** How far a reading goes. */
export interface ListedBounds {
  /** How many listed are few, so that all of them are looked at: some 20 ms. */
  few: number;
  /** How many badges that show a name are looked at to count. */
  mostCounted: number;
}

const BOUNDS: ListedBounds = { few: 2000, mostCounted: 5000 };

// The name identity of the signed badge (Open Badges 3.0, IdentityObject: not hashed, of type `name`).
const nameOf = sql`jsonb_path_query_first(c.json::jsonb,
  '$.credentialSubject.identifier[*] ? (@.identityType == "name" && @.hashed == false).identityHash') #>> '{}'`;

/** The words of a search as PostgreSQL asks for them, each a beginning; none where nothing can be searched for. */
export function wordsQuery(name: string): string {
  const words = searchName(name)?.split(/[^\p{L}\p{M}\p{N}]+/u) ?? [];
  return words
    .filter((word) => word !== '')
    .map((word) => `'${word}':*`)
    .join(' & ');
}

/**
 * Badges that show a name and fit what is asked; who consented is asked elsewhere.
 * @param byWalk keeps the search from the index of words, which finds all there are before the first is shown
 */
function shown(filter: Pick<ListedFilter, 'achievement' | 'name' | 'before'>, byWalk = false): SQL {
  const { achievement, name, before } = filter;
  return sql.join(
    [
      sql`c.search_name is not null and c.revoked_at is null and c.visibility <> 'private'`,
      achievement === undefined ? sql`` : sql`and c.achievement = ${achievement}`,
      name === undefined
        ? sql``
        : sql`and to_tsvector('simple', c.search_name${byWalk ? sql` || ''` : sql``}) @@ to_tsquery('simple', ${wordsQuery(name)})`,
      before ? sql`and (c.awarded_at, c.id) < (${before.awardedAt}::timestamptz, ${before.id}::uuid)` : sql``,
    ],
    ' ',
  );
}

/** Whether so few are listed that all of them can be looked at. */
async function areFew(tx: Tx, { consenting }: Pick<ListedFilter, 'consenting'>, few: number): Promise<boolean> {
  const [found] = await rows<{ few: boolean }>(
    tx,
    sql`select (select count(*) from (select 1 from ${consenting} as l limit ${few + 1}) as x) <= ${few}
          and (select count(*) from (select 1 from credentials c where c.visibility = 'listed' and c.revoked_at is null
            limit ${few + 1}) as y) <= ${few} as few`,
  );
  return found?.few === true;
}

/** Whether a search finds so many that a walk meets them soon. */
async function findsMany(tx: Tx, filter: ListedFilter, most: number): Promise<boolean> {
  if (filter.name === undefined) return false;
  const [found] = await rows<{ many: boolean }>(
    tx,
    sql`select count(*) >= ${most} as many from (select 1 from credentials c where ${shown(filter)} limit ${most}) as x`,
  );
  return found?.many === true;
}

/** Those of whom one may be listed: where they are few, by who they are; else all there are. */
function candidates(few: boolean, { consenting }: Pick<ListedFilter, 'consenting'>): SQL {
  if (!few) return sql`credentials c`;
  return sql`(select c.* from credentials c where c.id in (
      select c.id from credentials c where c.visibility = 'listed' and c.revoked_at is null
      union all
      select c.id from credentials c where c.learner_id in ${consenting})
    offset 0) as c`;
}

const allowed = ({ consents }: Pick<ListedFilter, 'consents'>): SQL =>
  sql`(c.visibility = 'listed' or ${consents(sql`c.learner_id`)})`;

/** A page of the listed badges, newest first. */
export async function listListed(tx: Tx, filter: ListedFilter, bounds = BOUNDS): Promise<ListedCredential[]> {
  const few = await areFew(tx, filter, bounds.few);
  const byWalk = !few && (await findsMany(tx, filter, bounds.mostCounted));
  const newest = sql`order by c.awarded_at desc, c.id desc`;
  const met = sql`select c.id, c.learner_id, c.visibility, c.awarded_at from ${candidates(few, filter)}
    where ${shown(filter, byWalk)}`;
  // What a search finds, few as it is, is found first and then sorted: asked for in order, the planner walked them all.
  const inOrder = filter.name === undefined || byWalk ? met : sql`select * from (${met} offset 0) as c`;
  return rows<ListedCredential>(
    tx,
    // Dear questions come last: who consents is asked in the order of the list until the page is full, and the name is
    // read of the page alone. The planner takes both for cheap and asked them of all that a search finds before it sorted
    // (3 s for 150,000).
    sql`select c.id, ${nameOf} as name, c.achievement,
          to_char(c.awarded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "awardedAt"
        from (select c.id from (${inOrder} ${newest} offset 0) as c
          where ${allowed(filter)} ${newest} limit ${filter.limit}) as page
        join credentials c using (id) ${newest}`,
  );
}

/** How many badges are listed: that many, or, where not all were looked at, at least as many. */
export interface ListedCount {
  total: number;
  isLeast: boolean;
}

/** Counts the listed badges, as far as the bound. */
export async function countListed(
  tx: Tx,
  filter: Pick<ListedFilter, 'consenting' | 'consents' | 'achievement' | 'name'>,
  bounds = BOUNDS,
): Promise<ListedCount> {
  const few = await areFew(tx, filter, bounds.few);
  const [found] = await rows<{ total: string; seen: string }>(
    tx,
    sql`select count(*) filter (where ${allowed(filter)})::text as total, count(*)::text as seen
        from (select c.learner_id, c.visibility from ${candidates(few, filter)} where ${shown(filter)}
          limit ${bounds.mostCounted}) as c`,
  );
  return { total: Number(found?.total ?? 0), isLeast: Number(found?.seen ?? 0) >= bounds.mostCounted };
}
