// The schema, brought up to date at every start from the files that drizzle-kit writes into drizzle/. A runner of our
// own, since drizzle's takes no lock (two replicas starting at once collide), compares only the newest date (a
// migration made on an older branch is skipped in silence) and does not notice a database newer than the program.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

const folder = new URL('../../drizzle/', import.meta.url);

export interface Migration {
  name: string;
  digest: string;
  script: string;
}

/** What a migration needs of a database: scripts of several statements, all or nothing. */
export interface MigrationTarget {
  applied(): Promise<{ name: string; digest: string }[]>;
  /** Runs `work` while nobody else migrates this database. */
  exclusively(work: () => Promise<void>): Promise<void>;
  /** Runs the scripts in one transaction. */
  run(script: string): Promise<void>;
}

export const CREATE_MIGRATIONS_TABLE = `create table if not exists schema_migrations (
  name text primary key, digest text not null, applied_at timestamptz not null default now())`;

/** The migrations of this version of the program, oldest first. */
export function readMigrations(from: URL = folder): Migration[] {
  const journal = JSON.parse(readFileSync(new URL('meta/_journal.json', from), 'utf8')) as {
    entries: { tag: string }[];
  };
  return journal.entries.map(({ tag }) => {
    const script = readFileSync(new URL(`${tag}.sql`, from), 'utf8');
    return { name: tag, script, digest: createHash('sha256').update(script).digest('hex') };
  });
}

function missing(migrations: Migration[], applied: { name: string; digest: string }[]): Migration[] {
  const known = new Map(migrations.map((migration) => [migration.name, migration]));
  for (const { name, digest } of applied) {
    const ours = known.get(name);
    if (!ours) {
      throw new Error(
        `The database knows the migration ${name}, which this version of Cairn does not: run the newer one.`,
      );
    }
    if (ours.digest !== digest)
      throw new Error(`The migration ${name} was changed after this database had applied it.`);
  }
  const names = new Set(applied.map(({ name }) => name));
  return migrations.filter(({ name }) => !names.has(name));
}

/**
 * Applies what is missing, in one transaction and under a lock; answers with the names of what was applied.
 *
 * @throws when the database is newer than the program, or a migration was edited after it was applied
 */
export async function migrate(target: MigrationTarget, migrations: Migration[] = readMigrations()): Promise<string[]> {
  if (missing(migrations, await target.applied()).length === 0) return [];
  const names: string[] = [];
  await target.exclusively(async () => {
    const todo = missing(migrations, await target.applied());
    const record = ({ name, digest }: Migration): string =>
      `insert into schema_migrations (name, digest) values ('${name}', '${digest}');`;
    const scripts = todo.map((migration) => `${migration.script};\n${record(migration)}`);
    if (todo.length > 0) await target.run([CREATE_MIGRATIONS_TABLE + ';', ...scripts].join('\n'));
    names.push(...todo.map(({ name }) => name));
  });
  return names;
}
