// Lists as one parameter of a statement, whatever their length.
// postgres.js and PGlite send arrays each in their own way, and a statement with a thousand placeholders is planned
// anew each time; a JSON text is one parameter in both. The cast goes by way of text because postgres.js would encode
// a parameter that it takes for JSON a second time.
import { sql, type SQL } from 'drizzle-orm';

function jsonb(value: unknown): SQL {
  return sql`${JSON.stringify(value)}::text::jsonb`;
}

/** A subquery of texts, for `in`. */
export function textSet(values: string[]): SQL {
  return sql`(select v from jsonb_array_elements_text(${jsonb(values)}) as e(v))`;
}

/** A subquery of UUIDs, for `in`. */
export function uuidSet(values: string[]): SQL {
  return sql`(select unnest(${`{${values.join(',')}}`}::text::uuid[]))`;
}

/**
 * Rows as a table expression.
 * @param columns the SQL column list, as in `id uuid, name text`; names with capitals are quoted by the caller.
 */
export function rowSet(values: object[], columns: string): SQL {
  return sql`jsonb_to_recordset(${jsonb(values)}) as r(${sql.raw(columns)})`;
}
