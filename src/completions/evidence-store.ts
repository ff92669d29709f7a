// The evidence that platforms sent with completions, for pages that show it where its earner allows it.
import { sql } from '../platform/sql.ts';
import { rows, type Tx } from '../platform/database.ts';
import { uuidSet } from '../platform/lists.ts';

export interface Evidence {
  /** http or https, as the platform sent it. */
  url: string;
  name?: string;
  category?: string;
}

/** The evidence of these completions of one learner, in the order of the completions' time, each address once. */
export async function readEvidence(tx: Tx, learnerId: string, completionIds: string[]): Promise<Evidence[]> {
  const found = await rows<{ evidence: Evidence[] }>(
    tx,
    sql`select details->'evidence' as evidence from completions
        where learner_id = ${learnerId}::uuid and id in ${uuidSet(completionIds)}
          and jsonb_typeof(details->'evidence') = 'array'
        order by occurred_at, id`,
  );
  // One work often serves several units.
  return [...new Map(found.flatMap(({ evidence }) => evidence).map((one) => [one.url, one])).values()];
}
