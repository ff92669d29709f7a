// Every query on what the VC API issued.
import { sql } from '../platform/sql.ts';
import { rows, type Tx } from '../platform/database.ts';
import { rowSet } from '../platform/lists.ts';

export interface PostedRow {
  id: string;
  clientId: string;
  issuer: string;
  credentialId: string | null;
  digest: string;
  issuedAt: string;
}

/** A place that a posted credential has; `purpose` is its series. */
export interface PostedStatus {
  purpose: string;
  n: number;
  index: number;
}

/** Notes that something was issued, and its status entries. */
export async function insertPosted(tx: Tx, row: PostedRow, statuses: PostedStatus[]): Promise<void> {
  await tx.execute(
    sql`insert into posted_credentials (id, client_id, issuer, credential_id, digest, issued_at)
        values (${row.id}::uuid, ${row.clientId}, ${row.issuer}, ${row.credentialId}, ${row.digest},
                ${row.issuedAt}::timestamptz)`,
  );
  if (statuses.length === 0) return;
  await tx.execute(
    sql`insert into posted_statuses (credential, purpose, n, index)
        select ${row.id}::uuid, purpose, n, index from ${rowSet(statuses, 'purpose text, n int, index int')}`,
  );
}

/**
 * The status entries of what a client issued under one name; of several copies, all of them.
 * @param clientId null for a caller that may change anybody's.
 * @returns undefined when nothing was issued under that name.
 */
export async function readPostedStatuses(
  tx: Tx,
  credentialId: string,
  clientId: string | null,
): Promise<PostedStatus[] | undefined> {
  const found = await rows<{ purpose: string | null; n: number; index: number }>(
    tx,
    sql`select s.purpose, s.n, s.index from posted_credentials c left join posted_statuses s on s.credential = c.id
        where c.credential_id = ${credentialId}
          and (${clientId}::text is null or c.client_id = ${clientId}::text) order by 1, 2, 3`,
  );
  if (found.length === 0) return undefined;
  return found.flatMap(({ purpose, n, index }) => (purpose === null ? [] : [{ purpose, n, index }]));
}

/** Whether a client may change a place: it issued the credential that has it. */
export async function ownsPostedStatus(tx: Tx, status: PostedStatus, clientId: string | null): Promise<boolean> {
  const found = await rows(
    tx,
    sql`select 1 from posted_statuses s join posted_credentials c on c.id = s.credential
        where s.purpose = ${status.purpose} and s.n = ${status.n} and s.index = ${status.index}
          and (${clientId}::text is null or c.client_id = ${clientId}::text)`,
  );
  return found.length > 0;
}
