// Lists as one parameter of a statement, whatever their length.
// postgres.js and PGlite send arrays each in their own way, and a statement with a thousand placeholders is planned
// anew each time; a JSON text is one parameter in both. The cast goes by way of text because postgres.js would encode
// a parameter that it takes for JSON a second time.
import { sql, SQL } from './sql.ts';

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

/** An element of an array's text (PostgreSQL 15 manual §8.15.6). */
function element(value: unknown, type: string): string {
  if (value === null || value === undefined) return 'null';
  const text = type === 'jsonb' ? JSON.stringify(value) : String(value);
  return `"${/["\\]/.test(text) ? text.replace(/["\\]/g, '\\$&') : text}"`;
}

interface Columns {
  members: { name: string; type: string }[];
  /** What stands around their arrays. */
  texts: string[];
}

const known = new Map<string, Columns>();

/** Columns as they were written in our own code, taken apart once. */
function columnsOf(columns: string, position: string | undefined): Columns {
  const key = `${columns} ${position}`;
  let found = known.get(key);
  if (!found) {
    const parts = columns.split(',').map((column) => column.trim().split(' ') as [name: string, type: string]);
    const names = [...parts.map(([name]) => name), ...(position === undefined ? [] : [position])];
    const counted = position === undefined ? '' : 'with ordinality';
    found = {
      members: parts.map(([name, type]) => ({ name: name.replaceAll('"', ''), type })),
      texts: [
        'unnest(',
        ...parts.slice(0, -1).map(([, type]) => `::text::${type}[], `),
        `::text::${parts.at(-1)![1]}[]) ${counted} as r(${names.join(', ')})`,
      ],
    };
    known.set(key, found);
  }
  return found;
}

/**
 * The same as arrays, a column each, for many rows of plain values: PostgreSQL took 0.5 µs for a row of three texts and
 * 2.9 for one of twelve columns, where JSON took 1.5 and 6.5.
 * @param columns as in `rowSet`.
 * @param position a name for one column more, which counts the rows from 1.
 */
export function columnSet(values: object[], columns: string, position?: string): SQL {
  const { members, texts } = columnsOf(columns, position);
  return new SQL(
    texts,
    members.map(({ name, type }) => `{${values.map((value) => element(value[name as never], type)).join(',')}}`),
  );
}
