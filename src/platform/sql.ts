// SQL as it is sent: a text with $1, $2 … and their values, written as a template. drizzle's own tag keeps a template as
// objects, tells each piece apart by its kind when the statement is sent, and so again at each level of a list within a
// list: of what one post alone left to the collector, half came from there (docs/decisions/0014). Here texts are joined.
// What a table looks like (`table.ts`) is still drizzle's to say, and its query builder takes its own tag.
import type { SQL as DrizzleSql, SQLWrapper } from 'drizzle-orm';

/** What is sent beside the text, and never in it. */
export type Value = string | number | boolean | bigint | Date | null;

/** A statement or a part of one. */
export class SQL implements SQLWrapper {
  readonly #texts: readonly string[];
  readonly #between: readonly (Value | SQL)[];

  /** @param texts one more than there is between them */
  constructor(texts: readonly string[], between: readonly (Value | SQL)[]) {
    this.#texts = texts;
    this.#between = between;
  }

  /** What drizzle sends. */
  toQuery(): { sql: string; params: Value[] } {
    const params: Value[] = [];
    return { sql: this.#join(params), params };
  }

  /** drizzle asks whatever it sends for this, and this for `toQuery`. */
  getSQL(): DrizzleSql {
    return this as unknown as DrizzleSql;
  }

  #join(params: Value[]): string {
    let text = this.#texts[0]!;
    for (let n = 0; n < this.#between.length; n += 1) {
      const one = this.#between[n] as Value | SQL;
      text += one instanceof SQL ? one.#join(params) : `$${params.push(one)}`;
      text += this.#texts[n + 1]!;
    }
    return text;
  }
}

/** Writes SQL: parts of statements are put in, everything else is a parameter. */
export function sql(texts: TemplateStringsArray, ...between: (Value | SQL)[]): SQL {
  return new SQL(texts, between);
}

/** A text of ours as SQL: nothing of anybody else's may be in it. */
sql.raw = (text: string): SQL => new SQL([text], []);

/** The name of a table or a column (PostgreSQL 15 manual, 4.1.1). */
sql.identifier = (name: string): SQL => sql.raw(`"${name.replaceAll('"', '""')}"`);

/** Parts with the same text between each two of them. */
sql.join = (parts: readonly SQL[], between: string): SQL =>
  parts.length === 0 ? sql.raw('') : new SQL(['', ...parts.slice(1).map(() => between), ''], parts);
