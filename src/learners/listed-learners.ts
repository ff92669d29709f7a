// Who chose to be listed among the recipients: a consent that is given by itself, dated, and off until then.
import { sql, type SQL } from '../platform/sql.ts';

/** The ids of the learners who allow to be listed, as a subquery for the stores of other rooms. */
export function learnersListed(): SQL {
  return sql`(select l.id from learners l where l.consents->'listed'->>'granted' = 'true')`;
}

/**
 * Whether one learner allows it, as a subquery. It gives a value and is no `exists`, so that the planner looks at those
 * learners only who are come by, and never makes a table of all who consented first.
 */
export function learnerIsListed(learnerId: SQL): SQL {
  return sql`(select l.consents->'listed'->>'granted' = 'true' from learners l where l.id = ${learnerId})`;
}
