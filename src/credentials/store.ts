// Every query on awards and credentials; the status lists have a store of their own.
import { sql, type SQL } from '../platform/sql.ts';
import { learnerVersion } from '../learners/store.ts';
import { rows, type Tx } from '../platform/database.ts';
import { uuidSet } from '../platform/lists.ts';
import { SHARED_MARK, type SignedBatch } from './signed-batch.ts';

export interface AwardRow {
  id: string;
  learnerId: string;
  achievement: string;
  trackId: string;
  trackVersion: string;
  record: string;
  awardedAt: string;
}

export type NewAward = Omit<AwardRow, 'awardedAt'>;

/** A new row, whose signed document comes beside it. */
export interface NewCredential {
  id: string;
  learnerId: string;
  awardId: string;
  achievement: string;
  subjectId: string;
  statusList: number;
  statusIndex: number;
  /** As `searchName` gives it. */
  searchName?: string | null;
}

/**
 * Rows as a table expression, with a line of `lines` as the `body` of each. As lines and not within the rows: what is
 * JSON itself would be quoted again, which took half of the time that storing a badge takes. JSON has no line break of
 * its own.
 */
function rowsWithBody(values: object[], columns: string, lines: string): SQL {
  return sql`rows from (jsonb_to_recordset(${JSON.stringify(values)}::text::jsonb) as (${sql.raw(columns)}),
    string_to_table(${lines}::text, E'\\n')) as r(${sql.raw(columns.replaceAll(/ \w+(,|$)/g, '$1'))}, body)`;
}

/** Stores awards. */
export async function insertAwards(tx: Tx, awards: NewAward[], awardedAt: Date): Promise<void> {
  const narrow = awards.map(({ record: _, ...rest }) => rest);
  const records = awards.map(({ record }) => record).join('\n');
  await tx.execute(
    sql`insert into awards (id, learner_id, achievement, track_id, track_version, record, awarded_at)
        select id, "learnerId", achievement, "trackId", "trackVersion", body, ${awardedAt.toISOString()}::timestamptz
        from ${rowsWithBody(narrow, 'id uuid, "learnerId" uuid, achievement text, "trackId" text, "trackVersion" text', records)}`,
  );
}

const MARK = `chr(${SHARED_MARK.charCodeAt(0)})`;

/** Stores credentials, each with its document as it was signed: what several share is put in here, letter by letter. */
export async function insertCredentials(
  tx: Tx,
  credentials: NewCredential[],
  { lines, shared, sharedOf }: SignedBatch,
  kid: string,
  awardedAt: Date,
): Promise<void> {
  const at = sql`${awardedAt.toISOString()}::timestamptz`;
  const document = sql`replace(body, ${sql.raw(MARK)}, coalesce(s.text, ''))`;
  await tx.execute(
    sql`insert into credentials (id, learner_id, award_id, achievement, subject_id, status_list, status_index, search_name, kid, json, awarded_at, valid_from)
        select id, "learnerId", "awardId", achievement, "subjectId", "statusList", "statusIndex", "searchName", ${kid}::text, ${document}, ${at}, ${at}
        from ${rowsWithBody(
          credentials.map((row, n) => ({ ...row, shared: sharedOf[n] })),
          'id uuid, "learnerId" uuid, "awardId" uuid, achievement text, "subjectId" text, "statusList" int, "statusIndex" int, "searchName" text, shared int',
          lines,
        )} left join string_to_table(${shared.join('\n')}::text, E'\\n') with ordinality as s(text, n) on s.n = r.shared`,
  );
}

/** A credential with all that is known of it; dates as ISO texts. */
export interface StoredCredential {
  id: string;
  learnerId: string;
  awardId: string;
  achievement: string;
  subjectId: string;
  statusList: number;
  statusIndex: number;
  kid: string;
  json: string | null;
  jwt: string | null;
  awardedAt: string;
  validFrom: string;
  visibility: 'link' | 'private' | 'listed';
  revokedAt: string | null;
  revocationReason: string | null;
  revocationSentence: string | null;
  liftedAt: string | null;
  reopenedAt: string | null;
  reviewAt: string | null;
  reviewCause: string | null;
}

const iso = (column: string): SQL =>
  sql.raw(`to_char(c.${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`);

const columns = sql`c.id, c.learner_id as "learnerId", c.award_id as "awardId", c.achievement,
  c.subject_id as "subjectId", c.status_list as "statusList", c.status_index as "statusIndex", c.kid, c.json, c.jwt,
  ${iso('awarded_at')} as "awardedAt", ${iso('valid_from')} as "validFrom", c.visibility,
  ${iso('revoked_at')} as "revokedAt", c.revocation_reason as "revocationReason",
  c.revocation_sentence as "revocationSentence", ${iso('lifted_at')} as "liftedAt",
  ${iso('reopened_at')} as "reopenedAt", ${iso('review_at')} as "reviewAt", c.review_cause as "reviewCause"`;

/** One credential. */
export async function readCredential(tx: Tx, id: string): Promise<StoredCredential | undefined> {
  const found = await rows<StoredCredential>(tx, sql`select ${columns} from credentials c where c.id = ${id}::uuid`);
  return found[0];
}

const version = sql.raw(`c.xmin::text || c.ctid::text as version`);

/** What tells one state of a credential's row, and of its learner's, from every other. */
export interface Versions {
  version: string;
  learnerVersion: string;
}

/**
 * The versions of credentials, of those there are. The list comes by a subquery of its own, so that the planner knows as
 * little of it each time: else it takes planning anew for cheaper, which took PostgreSQL three quarters of its time here.
 */
export async function readVersions(tx: Tx, ids: string[]): Promise<Map<string, Versions>> {
  const found = await rows<Versions & { id: string }>(
    tx,
    sql`select c.id, ${version}, ${learnerVersion(sql`c.learner_id`)} as "learnerVersion"
        from credentials c where c.id = any ((select ${`{${ids.join(',')}}`}::text::uuid[])::uuid[])`,
  );
  return new Map(found.map((row) => [row.id, row]));
}

/** One credential with the version of its row. */
export async function readVersioned(tx: Tx, id: string): Promise<(StoredCredential & { version: string }) | undefined> {
  const found = await rows<StoredCredential & { version: string }>(
    tx,
    sql`select ${columns}, ${version} from credentials c where c.id = ${id}::uuid`,
  );
  return found[0];
}

/** The signed bytes of credentials, of those that have any left. */
export async function readSigned(tx: Tx, ids: string[]): Promise<{ id: string; json: string; kid: string }[]> {
  return rows(tx, sql`select id, json, kid from credentials where id in ${uuidSet(ids)} and json is not null`);
}

/** One credential, locked until the transaction ends. */
export async function lockCredential(tx: Tx, id: string): Promise<StoredCredential | undefined> {
  const found = await rows<StoredCredential>(
    tx,
    sql`select ${columns} from credentials c where c.id = ${id}::uuid for update`,
  );
  return found[0];
}

/** What decides whether an achievement may be awarded to a learner: the credentials there already are. */
export interface Standing {
  id: string;
  learnerId: string;
  achievement: string;
  revokedAt: string | null;
  liftedAt: string | null;
  reopenedAt: string | null;
  awardedAt: string;
}

/**
 * Every credential of these learners, live or revoked, oldest first. Two awards may fall into one whole second; of one
 * achievement the earlier was revoked before the later was given, and the live one is the last.
 */
export async function readStandings(tx: Tx, learnerIds: string[]): Promise<Standing[]> {
  return rows<Standing>(
    tx,
    sql`select c.id, c.learner_id as "learnerId", c.achievement, ${iso('revoked_at')} as "revokedAt",
          ${iso('lifted_at')} as "liftedAt", ${iso('reopened_at')} as "reopenedAt",
          ${iso('awarded_at')} as "awardedAt"
        from credentials c where c.learner_id in ${uuidSet(learnerIds)} order by c.awarded_at, c.revoked_at nulls last, c.id`,
  );
}

/** Notes that somebody has to look at a live credential, and why. The first cause stands until it is settled. */
export async function markForReview(tx: Tx, ids: string[], cause: string, now: Date): Promise<void> {
  await tx.execute(
    sql`update credentials set review_at = ${now.toISOString()}::timestamptz, review_cause = ${cause}
        where id in ${uuidSet(ids)} and review_at is null and revoked_at is null`,
  );
}

/** Notes that a required activity was un-completed after these revocations. */
export async function markReopened(tx: Tx, ids: string[], now: Date): Promise<void> {
  await tx.execute(
    sql`update credentials set reopened_at = ${now.toISOString()}::timestamptz
        where id in ${uuidSet(ids)} and revoked_at is not null and reopened_at is null`,
  );
}

/** Notes that the review of a credential is settled. */
export async function clearReview(tx: Tx, id: string): Promise<void> {
  await tx.execute(sql`update credentials set review_at = null, review_cause = null where id = ${id}::uuid`);
}

/** Notes a revocation. */
export async function setRevoked(tx: Tx, id: string, reason: string, sentence: string, now: Date): Promise<void> {
  await tx.execute(
    sql`update credentials set revoked_at = ${now.toISOString()}::timestamptz, revocation_reason = ${reason},
          revocation_sentence = ${sentence}, review_at = null, review_cause = null where id = ${id}::uuid`,
  );
}

/** Notes that a revocation no longer forbids a new award. */
export async function setLifted(tx: Tx, id: string, now: Date): Promise<void> {
  await tx.execute(
    sql`update credentials set lifted_at = ${now.toISOString()}::timestamptz where id = ${id}::uuid and lifted_at is null`,
  );
}

/** Puts newly signed bytes in the place of the old; the VC-JWT of the old content goes. */
export async function replaceSigned(
  tx: Tx,
  next: { id: string; json: string; kid: string; validFrom: string; searchName: string | null },
): Promise<void> {
  await tx.execute(
    sql`update credentials set json = ${next.json}, kid = ${next.kid}, jwt = null, jwt_kid = null,
          valid_from = ${next.validFrom}::timestamptz, search_name = ${next.searchName} where id = ${next.id}::uuid`,
  );
}

/**
 * Keeps the first VC-JWT that was made of these bytes.
 * @returns the one that is kept, which may be another's.
 */
export async function keepJwt(tx: Tx, id: string, json: string, jwt: string, jwtKid: string): Promise<string | null> {
  const kept = await rows<{ jwt: string }>(
    tx,
    sql`update credentials set jwt = coalesce(jwt, ${jwt}), jwt_kid = coalesce(jwt_kid, ${jwtKid})
        where id = ${id}::uuid and json = ${json} returning jwt`,
  );
  return kept[0]?.jwt ?? null;
}

/** The award behind a credential, with who has it. By the learner, since there is no index on `award_id`. */
export async function readAward(
  tx: Tx,
  id: string,
): Promise<(Omit<AwardRow, 'record'> & { record: string | null; visibility: string }) | undefined> {
  const found = await rows<Omit<AwardRow, 'record'> & { record: string | null; visibility: string }>(
    tx,
    sql`select a.id, a.learner_id as "learnerId", a.achievement, a.track_id as "trackId",
          a.track_version as "trackVersion", a.record, c.visibility,
          to_char(a.awarded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "awardedAt"
        from awards a join credentials c on c.learner_id = a.learner_id and c.award_id = a.id where a.id = ${id}::uuid`,
  );
  return found[0];
}

/**
 * A page of the credentials whose embedded proof or VC-JWT a key made, in the order of their ids. No index leads to them:
 * it would be paid for with every badge and used once in the life of a key. All pages together are one pass over the table.
 */
export async function listSignedBy(tx: Tx, kid: string, after: string, limit: number): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    sql`select id from credentials where id > ${after}::uuid and (kid = ${kid} or jwt_kid = ${kid}) and json is not null
        order by id limit ${limit}`,
  );
  return found.map((row) => row.id);
}

export interface CredentialFilter {
  learner?: string;
  achievement?: string;
  status?: 'live' | 'revoked' | 'review';
  /** Null for a caller that may see every learner. */
  learnersOf: SQL | null;
  after?: { awardedAt: string; id: string };
  limit: number;
}

/** A page of credentials in the order of their award. */
export async function listCredentials(tx: Tx, filter: CredentialFilter): Promise<StoredCredential[]> {
  const wanted = [
    filter.learner && sql`c.learner_id = ${filter.learner}::uuid`,
    filter.achievement && sql`c.achievement = ${filter.achievement}`,
    filter.status === 'live' && sql`c.revoked_at is null`,
    filter.status === 'revoked' && sql`c.revoked_at is not null`,
    filter.status === 'review' && sql`c.review_at is not null`,
    filter.learnersOf && sql`c.learner_id in ${filter.learnersOf}`,
    filter.after && sql`(c.awarded_at, c.id) > (${filter.after.awardedAt}::timestamptz, ${filter.after.id}::uuid)`,
  ].filter((one): one is SQL => Boolean(one));
  return rows<StoredCredential>(
    tx,
    sql`select ${columns} from credentials c where ${sql.join([sql`true`, ...wanted], ' and ')}
        order by c.awarded_at, c.id limit ${filter.limit}`,
  );
}
