// Every query on claims and sessions.
import { sql } from '../platform/sql.ts';
import { ADVISORY_LOCKS } from '../platform/advisory-locks.ts';
import { rows, type Tx } from '../platform/database.ts';

export type ClaimKind = 'mail' | 'link' | 'add-email';

export interface ClaimRow {
  id: string;
  kind: ClaimKind;
  learnerId: string | null;
  email: string | null;
  language: string;
  tokenHash: string | null;
  askedAt: Date;
  expiresAt: Date;
}

const columns = sql`id, kind, learner_id as "learnerId", email, language`;
export type FoundClaim = Pick<ClaimRow, 'id' | 'kind' | 'learnerId' | 'email' | 'language'>;

/** Notes that somebody asks to be let in. */
export async function insertClaim(tx: Tx, claim: ClaimRow): Promise<void> {
  await tx.execute(
    sql`insert into claims (id, kind, learner_id, email, language, token_hash, asked_at, expires_at)
        values (${claim.id}::uuid, ${claim.kind}, ${claim.learnerId}::uuid, ${claim.email}, ${claim.language},
          ${claim.tokenHash}, ${claim.askedAt.toISOString()}::timestamptz, ${claim.expiresAt.toISOString()}::timestamptz)`,
  );
}

/** A claim that is still wanted, locked until the transaction ends. */
export async function lockClaim(tx: Tx, id: string, now: Date): Promise<FoundClaim | undefined> {
  const found = await rows<FoundClaim>(
    tx,
    sql`select ${columns} from claims
        where id = ${id}::uuid and expires_at > ${now.toISOString()}::timestamptz for update`,
  );
  return found[0];
}

/** The claim that a token opens, locked: whoever comes second finds it gone. */
export async function lockClaimOf(tx: Tx, tokenHash: string, now: Date): Promise<FoundClaim | undefined> {
  const found = await rows<FoundClaim>(
    tx,
    sql`select ${columns} from claims
        where token_hash = ${tokenHash} and expires_at > ${now.toISOString()}::timestamptz for update`,
  );
  return found[0];
}

/** What kind of claim a token opens; looking burns nothing. */
export async function readClaimKind(tx: Tx, tokenHash: string, now: Date): Promise<ClaimKind | undefined> {
  const found = await rows<{ kind: ClaimKind }>(
    tx,
    sql`select kind from claims where token_hash = ${tokenHash} and expires_at > ${now.toISOString()}::timestamptz`,
  );
  return found[0]?.kind;
}

/** Gives a claim its token; the one of an earlier try is worth nothing then. */
export async function putToken(
  tx: Tx,
  id: string,
  given: { learnerId: string; tokenHash: string; expiresAt: Date },
): Promise<void> {
  await tx.execute(
    sql`update claims set learner_id = ${given.learnerId}::uuid, token_hash = ${given.tokenHash},
          expires_at = ${given.expiresAt.toISOString()}::timestamptz where id = ${id}::uuid`,
  );
}

/**
 * How many mails to one address are still good, this claim aside. Nobody else counts them until the transaction ends, or
 * all that were asked for at once would be sent.
 */
export async function countMailed(tx: Tx, email: string, besides: string, now: Date): Promise<number> {
  await tx.execute(sql`select pg_advisory_xact_lock(${ADVISORY_LOCKS.mailing}, hashtext(${email}))`);
  const found = await rows(
    tx,
    sql`select 1 from claims where email = ${email} and id <> ${besides}::uuid and token_hash is not null
          and expires_at > ${now.toISOString()}::timestamptz`,
  );
  return found.length;
}

/** Takes a claim away: used, or in vain. */
export async function deleteClaim(tx: Tx, id: string): Promise<void> {
  await tx.execute(sql`delete from claims where id = ${id}::uuid`);
}

/** Begins a session. */
export async function insertSession(
  tx: Tx,
  session: { tokenHash: string; learnerId: string; startedAt: Date; expiresAt: Date },
): Promise<void> {
  await tx.execute(
    sql`insert into sessions (token_hash, learner_id, started_at, expires_at)
        values (${session.tokenHash}, ${session.learnerId}::uuid, ${session.startedAt.toISOString()}::timestamptz,
          ${session.expiresAt.toISOString()}::timestamptz)`,
  );
}

/** A session that has not ended. */
export async function readSession(
  tx: Tx,
  tokenHash: string,
  now: Date,
): Promise<{ learnerId: string; startedAt: Date; expiresAt: Date } | undefined> {
  const [found] = await rows<{ learnerId: string; startedAt: string; expiresAt: string }>(
    tx,
    sql`select learner_id as "learnerId", started_at::text as "startedAt", expires_at::text as "expiresAt"
        from sessions where token_hash = ${tokenHash} and expires_at > ${now.toISOString()}::timestamptz`,
  );
  return found && { ...found, startedAt: new Date(found.startedAt), expiresAt: new Date(found.expiresAt) };
}

/** Moves the end of a session on. */
export async function prolongSession(tx: Tx, tokenHash: string, expiresAt: Date): Promise<void> {
  await tx.execute(
    sql`update sessions set expires_at = ${expiresAt.toISOString()}::timestamptz where token_hash = ${tokenHash}`,
  );
}

/** Ends one session. */
export async function deleteSession(tx: Tx, tokenHash: string): Promise<void> {
  await tx.execute(sql`delete from sessions where token_hash = ${tokenHash}`);
}

/** Gives the sessions of one learner to another; claims of the former are worth nothing. */
export async function moveSessions(tx: Tx, from: string, into: string): Promise<void> {
  await tx.execute(sql`update sessions set learner_id = ${into}::uuid where learner_id = ${from}::uuid`);
  await tx.execute(sql`delete from claims where learner_id = ${from}::uuid`);
}

/** Ends every session of a learner, and every claim that is theirs or bears an address of theirs. */
export async function deleteEntries(tx: Tx, learnerId: string, emails: string[]): Promise<void> {
  await tx.execute(sql`delete from sessions where learner_id = ${learnerId}::uuid`);
  await tx.execute(sql`delete from claims where learner_id = ${learnerId}::uuid`);
  for (const email of emails) await tx.execute(sql`delete from claims where email = ${email}`);
}

/** Takes away what has run out. */
export async function deleteExpired(tx: Tx, now: Date): Promise<void> {
  for (const table of ['claims', 'sessions'])
    await tx.execute(sql`delete from ${sql.identifier(table)} where expires_at <= ${now.toISOString()}::timestamptz`);
}
