// Who chose to be listed among the recipients: a consent that is given by itself, dated, and off until then.
import { sql, type SQL } from 'drizzle-orm';

/** The ids of the learners who allow to be listed, as a subquery for the stores of other rooms. */
export function learnersListed(): SQL {
  return sql`(select l.id from learners l where l.consents->'listed'->>'granted' = 'true')`;
}
