// An earner who was let in, and everything that any table says, for the tests of this room.
import { sql } from '../../src/platform/sql.ts';
import { confirmClaim } from '../../src/privacy/confirm-claim.ts';
import { makeClaimLink } from '../../src/privacy/make-claim-link.ts';
import { findHolders } from '../../src/learners/store.ts';
import { rows } from '../../src/platform/database.ts';
import type { Service } from '../../src/platform/service.ts';
import { MOODLE } from '../completions/submissions.ts';

/** The learner of an account on the Moodle of these tests, or undefined. */
export async function learnerOf(service: Service, account: string): Promise<string | undefined> {
  const [holder] = await findHolders(service.db.read, [{ kind: 'account', authority: MOODLE, value: account }]);
  return holder?.learnerId;
}

/** The token of a link that a platform asked for. */
export async function linkToken(service: Service, learnerId: string): Promise<string> {
  const { url } = await makeClaimLink(service, learnerId, null);
  return url.split('/').at(-1)!;
}

/** A session of a learner. */
export async function signIn(service: Service, learnerId: string): Promise<string> {
  const confirmed = await confirmClaim(service, await linkToken(service, learnerId));
  if (confirmed.outcome !== 'signed-in') throw new Error(confirmed.outcome);
  return confirmed.session;
}

/** Everything that stands in any table of any schema of ours or of the job queue, as text by table. */
export async function everyTable(service: Service): Promise<Map<string, string>> {
  const tables = await rows<{ name: string }>(
    service.db.read,
    sql`select format('%I.%I', table_schema, table_name) as name from information_schema.tables
        where table_schema not in ('pg_catalog', 'information_schema') and table_type = 'BASE TABLE' order by 1`,
  );
  const texts = new Map<string, string>();
  for (const { name } of tables) {
    const [found] = await rows<{ text: string | null }>(
      service.db.read,
      sql`select string_agg(r::text, E'\n') as text from ${sql.raw(name)} r`,
    );
    texts.set(name, found?.text ?? '');
  }
  return texts;
}
