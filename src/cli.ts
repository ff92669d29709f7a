#!/usr/bin/env node
// The command line. What needs no database opens none, so that "cairn verify" works anywhere.
import { setTimeout } from 'node:timers/promises';
import { terminal, UsageError, type Output } from './platform/cli-arguments.ts';
import type { Config } from './platform/config.ts';
import type { SpecimenAnswer } from './verification/doctor/check-specimen.ts';

const usage = `Cairn: open badges for the Creative Commons certificates

Usage: npm run cairn -- COMMAND …

  clients create|list|rotate-secret|disable   who may call the API
  database move                               from the embedded database into a PostgreSQL
  endorsements issue|list|revoke              what we vouch for
  import FILE                                 a file of completions, CSV or NDJSON
  issuers list|create                         whom the VC API may issue as
  keys list|rotate|retire|compromise          what badges are signed with
  status-lists skip                           after an older backup was restored
  tracks list|print|check …                   the certificate tracks
  verify FILE …                               is this badge good? (needs neither service nor network)
  doctor [URL]                                is a running deployment as strangers need it?
  help                                        this text

Settings come from the environment, as for the service: DATABASE_URL, or DATA_DIR and KEYS_DIR. While a service holds
DATA_DIR, commands are handed to it.
`;

/** How long a service that holds the folder may take until it takes commands. */
const START_MS = 20_000;
const LOOK_AGAIN_MS = 250;

/** With a database of one's own or of a running service. */
async function runWithService(args: string[]): Promise<number> {
  const { parseConfig } = await import('./platform/config.ts');
  const config = parseConfig({ LOG_LEVEL: 'warn', ...process.env });
  if (config.databaseUrl !== undefined) return await runOnDatabase(config, args, terminal);
  for (let waitedMs = 0; ; waitedMs += LOOK_AGAIN_MS) {
    const code = await commandElsewhere(config, args, terminal);
    if (code !== undefined) return code;
    try {
      return await runOnDatabase(config, args, terminal);
    } catch (error) {
      // A service has its folder from the first moment of its start, and takes commands from the last.
      if ((error as Error).name !== 'FolderInUseError' || waitedMs >= START_MS) throw error;
      if (waitedMs === 0) terminal.fail('The service is starting: waiting until it takes commands.\n');
      await setTimeout(LOOK_AGAIN_MS);
    }
  }
}

async function runOnDatabase(config: Config, args: string[], out: Output): Promise<number> {
  const [{ openLog }, { openService, closeService }, { runServiceCommand }] = await Promise.all([
    import('./platform/logging.ts'),
    import('./platform/service.ts'),
    import('./commands.ts'),
  ]);
  const service = await openService(config, openLog(config, process.stderr));
  try {
    return await runServiceCommand(service, args, out);
  } finally {
    await closeService(service);
  }
}

/** A test badge by the service whose settings these are; nothing is opened that is not there already. */
async function askForSpecimen(config: Config): Promise<SpecimenAnswer> {
  let text = '';
  const out = { write: (more: string) => void (text += more), fail: (more: string) => void (text += more) };
  try {
    const { databaseUrl } = config;
    if (databaseUrl !== undefined && !(await (await import('./platform/holds-cairn.ts')).holdsCairn(databaseUrl)))
      return {
        missing: 'No test badge was issued: the database of DATABASE_URL is not the running service’s, it is empty.',
      };
    const code = await commandElsewhere(config, ['specimen'], out);
    if (code === 0) return JSON.parse(text) as SpecimenAnswer;
    if (code !== undefined) return { missing: `No test badge was issued: ${text.trim()}` };
  } catch (error) {
    return { missing: `No test badge was issued: ${(error as Error).message}` };
  }
  return { missing: `No test badge was issued: no service runs here on ${config.dataDir}. Run the doctor beside it.` };
}

async function commandElsewhere(config: Config, args: string[], out: Output): Promise<number | undefined> {
  if (config.databaseUrl !== undefined) return await runOnDatabase(config, args, out);
  return await (await import('./platform/command-socket.ts')).sendCommand(config.dataDir, args, out);
}

async function runDoctor(args: string[]): Promise<number> {
  const [{ parseConfig }, { runDoctorCommand }] = await Promise.all([
    import('./platform/config.ts'),
    import('./verification/cli-doctor.ts'),
  ]);
  const config = parseConfig({ LOG_LEVEL: 'warn', ...process.env });
  return await runDoctorCommand(args, {
    publicUrl: config.publicUrl,
    now: () => new Date(),
    fetch,
    makeSpecimen: () => askForSpecimen(config),
  });
}

async function runDatabase(args: string[]): Promise<number> {
  const [{ parseConfig }, { runDatabaseCommand }] = await Promise.all([
    import('./platform/config.ts'),
    import('./platform/cli-database.ts'),
  ]);
  await runDatabaseCommand(parseConfig({ LOG_LEVEL: 'warn', ...process.env }), args, terminal);
  return 0;
}

async function run(args: string[]): Promise<number> {
  const [name, ...more] = args;
  switch (name) {
    case 'verify':
      return await (await import('./verification/cli-verify.ts')).runVerifyCommand(more);
    case 'tracks':
      return (await import('./tracks/cli-tracks.ts')).runTracksCommand(more);
    case 'doctor':
      return await runDoctor(more);
    case 'database':
      return await runDatabase(more);
    case 'import': {
      const { settleArguments } = await import('./imports/import-arguments.ts');
      return await runWithService(['import', ...settleArguments(more, process.cwd(), process.stderr.isTTY)]);
    }
    case 'clients':
    case 'endorsements':
    case 'issuers':
    case 'keys':
    case 'status-lists':
      return await runWithService(args);
    case 'help':
    case '--help':
    case '-h':
      terminal.write(usage);
      return 0;
    default:
      terminal.fail(name === undefined ? usage : `There is no command ${name}.\n\n${usage}`);
      return 2;
  }
}

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  terminal.fail(`${(error as Error).message}\n`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
