// Whether a PostgreSQL is a Cairn's, asked without making it one: whoever opens it as a service makes tables and keys.
import { connect } from './postgres-database.ts';

/**
 * Looks for the table that every Cairn has.
 * @throws when the server cannot be reached or refuses.
 */
export async function holdsCairn(databaseUrl: string): Promise<boolean> {
  const client = connect(databaseUrl, { max: 1 });
  try {
    const [found] = await client<{ there: boolean }[]>`select to_regclass('schema_migrations') is not null as there`;
    return found?.there === true;
  } finally {
    await client.end();
  }
}
