// The commands that need an open service, one line each; they run in the command line's own process, or in the service
// that holds the embedded folder.
import { runEndorsementsCommand } from './credentials/cli-endorsements.ts';
import { runStatusListsCommand } from './credentials/cli-status-lists.ts';
import { issueSpecimen } from './credentials/issue-specimen.ts';
import { REISSUE_QUEUE } from './credentials/recover-from-compromise.ts';
import { runImportCommand } from './imports/cli-import.ts';
import { runIssuersCommand } from './issuer/cli-issuers.ts';
import { printJson, UsageError } from './platform/cli-arguments.ts';
import type { Output } from './platform/cli-arguments.ts';
import { runClientsCommand } from './platform/cli-clients.ts';
import { runKeysCommand } from './platform/cli-keys.ts';
import { Problem } from './platform/problem.ts';
import type { Service } from './platform/service.ts';

type Command = (service: Service, args: string[], out: Output) => Promise<void>;

const commands: Record<string, Command> = {
  clients: runClientsCommand,
  endorsements: runEndorsementsCommand,
  import: runImportCommand,
  issuers: runIssuersCommand,
  'status-lists': runStatusListsCommand,
  keys: (service, args, out) =>
    runKeysCommand(service, args, out, async (tx, kid) => {
      await service.jobs.send(tx, REISSUE_QUEUE, { kid }, { singletonKey: kid });
      // A replica that has not read the keys again yet (`start-service.ts`) signs with the lost one for some seconds more;
      // and what was signed may be stored later, by a transaction that stood still for a minute (`postgres-database.ts`).
      for (const startAfterSeconds of [30, 300])
        await service.jobs.send(
          tx,
          REISSUE_QUEUE,
          { kid },
          { singletonKey: `${kid} after ${startAfterSeconds} s`, startAfterSeconds },
        );
    }),
  // For the doctor: a test badge that is kept nowhere.
  specimen: async (service, _args, out) => printJson(out, await issueSpecimen(service)),
};

/** The names of commands that need a service. */
export const SERVICE_COMMANDS: readonly string[] = Object.keys(commands);

function explain(problem: Problem): string {
  const faults = problem.errors.map(({ pointer, detail }) => `  ${pointer}: ${detail}`);
  return [problem.message, ...faults].join('\n');
}

/** Runs one; gives the exit code: 0, 1 when it was refused, 2 when it was not understood. */
export async function runServiceCommand(service: Service, args: string[], out: Output): Promise<number> {
  const [name, ...more] = args;
  try {
    const command = commands[name ?? ''];
    if (!command) throw new UsageError(`There is no command ${name}.`, `Commands: ${SERVICE_COMMANDS.join(', ')}`);
    await command(service, more, out);
    return 0;
  } catch (error) {
    if (error instanceof UsageError) return tell(out, error.message, 2);
    if (error instanceof Problem) return tell(out, explain(error), 1);
    throw error;
  }
}

function tell(out: Output, text: string, code: number): number {
  out.fail(text + '\n');
  return code;
}
