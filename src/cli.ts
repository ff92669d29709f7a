#!/usr/bin/env node
// The command line. What needs no database opens none, so that "cairn verify" works anywhere.
import { terminal } from './platform/cli-arguments.ts';

const usage = `Cairn: open badges for the Creative Commons certificates

Usage: npm run cairn -- COMMAND …

  clients create|list|rotate-secret|disable   who may call the API
  issuers list|create                         whom the VC API may issue as
  keys list|rotate|retire|compromise          what badges are signed with
  tracks list|show|check …                    the certificate tracks
  verify FILE …                               is this badge good? (needs neither service nor network)
  help                                        this text

Settings come from the environment, as for the service: DATABASE_URL, or DATA_DIR and KEYS_DIR. While a service holds
DATA_DIR, commands are handed to it.
`;

/** With a database of one's own or of a running service. */
async function runWithService(args: string[]): Promise<number> {
  const [{ parseConfig }, { openLog }, { sendCommand }] = await Promise.all([
    import('./platform/config.ts'),
    import('./platform/logging.ts'),
    import('./platform/command-socket.ts'),
  ]);
  const config = parseConfig({ LOG_LEVEL: 'warn', ...process.env });
  if (config.databaseUrl === undefined) {
    const code = await sendCommand(config.dataDir, args, terminal);
    if (code !== undefined) return code;
  }
  const { openService, closeService } = await import('./platform/service.ts');
  const { runServiceCommand } = await import('./commands.ts');
  const service = await openService(config, openLog(config, process.stderr));
  try {
    return await runServiceCommand(service, args, terminal);
  } finally {
    await closeService(service);
  }
}

async function run(args: string[]): Promise<number> {
  const [name, ...more] = args;
  switch (name) {
    case 'verify':
      return await (await import('./verification/cli-verify.ts')).runVerifyCommand(more);
    case 'tracks':
      return (await import('./tracks/cli-tracks.ts')).runTracksCommand(more);
    case 'clients':
    case 'issuers':
    case 'keys':
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
  process.exitCode = 1;
}
