// What privacy asks of this room: who may see a badge, whose it is, and what is left when its earner leaves.
import { randomUUID } from 'node:crypto';
import { sql } from '../platform/sql.ts';
import { lockLearners } from '../learners/store.ts';
import { rows, type Tx } from '../platform/database.ts';
import { uuidSet } from '../platform/lists.ts';
import { readCredential, type StoredCredential } from './store.ts';

/**
 * Sets who may see a badge.
 * @returns whether this learner has such a badge.
 */
export async function putVisibility(
  tx: Tx,
  id: string,
  learnerId: string,
  visibility: StoredCredential['visibility'],
): Promise<boolean> {
  const changed = await rows(
    tx,
    sql`update credentials set visibility = ${visibility}
        where id = ${id}::uuid and learner_id = ${learnerId}::uuid returning 1`,
  );
  return changed.length > 0;
}

/** The award records of a learner, as they are served. */
export async function listAwardRecords(tx: Tx, learnerId: string): Promise<string[]> {
  const found = await rows<{ record: string }>(
    tx,
    sql`select record from awards where learner_id = ${learnerId}::uuid and record is not null
        order by awarded_at, id`,
  );
  return found.map((row) => row.record);
}

/**
 * Locks the learner who has a badge: learners are locked before badges, as in the story of a completion. Whoever became
 * one with another while they were waited for is the other.
 * @returns the badge as it stands then, not locked.
 */
export async function lockEarnerOf(tx: Tx, id: string): Promise<StoredCredential | undefined> {
  for (let found = await readCredential(tx, id); found;) {
    await lockLearners(tx, [found.learnerId]);
    const now = await readCredential(tx, id);
    if (now?.learnerId === found.learnerId) return now;
    found = now;
  }
  return undefined;
}

/**
 * Locks every badge of these learners until the transaction ends. Before any status list is: whoever revokes has locked
 * the badge first, and the two would wait for each other.
 */
export async function lockCredentialsOf(tx: Tx, learnerIds: string[]): Promise<void> {
  await tx.execute(sql`select 1 from credentials where learner_id in ${uuidSet(learnerIds)} order by id for update`);
}

/** Gives the badges of one learner to another, who has no live one of the same achievement. */
export async function moveCredentials(tx: Tx, from: string, into: string): Promise<void> {
  for (const table of ['awards', 'credentials'])
    await tx.execute(
      sql`update ${sql.identifier(table)} set learner_id = ${into}::uuid where learner_id = ${from}::uuid`,
    );
}

/**
 * Takes away what badges say, and that they were one person's: each goes under an id of nobody. Status entries and bits
 * stay, since copies of the badges are in the world and their lists must go on telling the truth.
 */
export async function eraseCredentials(tx: Tx, learnerId: string): Promise<void> {
  const nobody = randomUUID();
  await tx.execute(
    sql`update credentials set json = null, jwt = null, search_name = null, subject_id = '', revocation_sentence = null,
          review_at = null, review_cause = null, learner_id = ${nobody}::uuid where learner_id = ${learnerId}::uuid`,
  );
  await tx.execute(
    sql`update awards set record = null, learner_id = ${nobody}::uuid
        where learner_id = ${learnerId}::uuid`,
  );
}
