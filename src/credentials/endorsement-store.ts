// Every query on the endorsements we have issued.
import { sql } from '../platform/sql.ts';
import { rows, type Tx } from '../platform/database.ts';

export interface StoredEndorsement {
  id: string;
  subject: string;
  kid: string;
  json: string;
  jwt: string;
  jwtKid: string;
  statusList: number;
  statusIndex: number;
  issuedAt: string;
  revokedAt: string | null;
}

const columns = sql`id, subject, kid, json, jwt, jwt_kid as "jwtKid", status_list as "statusList", status_index as "statusIndex",
  to_char(issued_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "issuedAt",
  to_char(revoked_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "revokedAt"`;

/** Stores a new one. */
export async function insertEndorsement(tx: Tx, one: Omit<StoredEndorsement, 'revokedAt'>): Promise<void> {
  await tx.execute(
    sql`insert into endorsements (id, subject, kid, json, jwt, jwt_kid, status_list, status_index, issued_at)
        values (${one.id}::uuid, ${one.subject}, ${one.kid}, ${one.json}, ${one.jwt}, ${one.jwtKid}, ${one.statusList},
                ${one.statusIndex}, ${one.issuedAt}::timestamptz)`,
  );
}

/** One endorsement. */
export async function readEndorsement(tx: Tx, id: string): Promise<StoredEndorsement | undefined> {
  const found = await rows<StoredEndorsement>(tx, sql`select ${columns} from endorsements where id = ${id}::uuid`);
  return found[0];
}

/** One endorsement, locked until the transaction ends. */
export async function lockEndorsement(tx: Tx, id: string): Promise<StoredEndorsement | undefined> {
  const found = await rows<StoredEndorsement>(
    tx,
    sql`select ${columns} from endorsements where id = ${id}::uuid for update`,
  );
  return found[0];
}

/** The newest endorsements first. */
export async function listEndorsements(tx: Tx, limit: number): Promise<StoredEndorsement[]> {
  return rows(tx, sql`select ${columns} from endorsements order by issued_at desc, id limit ${limit}`);
}

/** The endorsements that stand and that a key signed. */
export async function endorsementsSignedBy(tx: Tx, kid: string): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    sql`select id from endorsements where (kid = ${kid} or jwt_kid = ${kid}) and revoked_at is null order by id`,
  );
  return found.map((row) => row.id);
}

/** Puts newly signed forms in the place of the old. */
export async function replaceEndorsement(
  tx: Tx,
  id: string,
  next: Pick<StoredEndorsement, 'kid' | 'json' | 'jwt' | 'jwtKid'>,
): Promise<void> {
  await tx.execute(
    sql`update endorsements set kid = ${next.kid}, json = ${next.json}, jwt = ${next.jwt}, jwt_kid = ${next.jwtKid}
        where id = ${id}::uuid`,
  );
}

/** Notes a revocation. */
export async function setEndorsementRevoked(tx: Tx, id: string, now: Date): Promise<void> {
  await tx.execute(sql`update endorsements set revoked_at = ${now.toISOString()}::timestamptz where id = ${id}::uuid`);
}
