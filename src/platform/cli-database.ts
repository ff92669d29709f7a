// The command about the database itself, which no service may have open meanwhile.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { printJson, readArguments, UsageError, type Output } from './cli-arguments.ts';
import type { Config } from './config.ts';
import { openLog } from './logging.ts';
import { moveDatabase } from './move-database.ts';

const usage = `Usage:
  cairn database move   what the embedded database in DATA_DIR holds, into the empty one of DATABASE_URL. Stop the
                        service before, and start it with DATABASE_URL and the same keys afterwards`;

/** @throws {UsageError} for a command line or settings that cannot be understood; what the deed throws */
export async function runDatabaseCommand(config: Config, args: string[], out: Output): Promise<void> {
  const { positionals } = readArguments(args, {}, usage);
  if (positionals.length !== 1 || positionals[0] !== 'move') throw new UsageError('There is one command: move.', usage);
  const { databaseUrl, dataDir } = config;
  if (databaseUrl === undefined) throw new UsageError('Set DATABASE_URL to where it is to go.', usage);
  if (!existsSync(join(dataDir, 'postgres')))
    throw new UsageError(`There is no embedded database in ${dataDir}: set DATA_DIR.`, usage);
  const rows = await moveDatabase({ ...config, databaseUrl }, openLog(config, process.stderr));
  printJson(out, { rows, note: `Start with DATABASE_URL from now on. ${dataDir} is as it was.` });
}
