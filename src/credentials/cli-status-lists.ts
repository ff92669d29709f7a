// The command about status lists, for whoever restored a backup.
import { printJson, readArguments, UsageError, type Output } from '../platform/cli-arguments.ts';
import type { Service } from '../platform/service.ts';
import { skipStatusPlaces } from './skip-status-places.ts';

const usage = `Usage:
  cairn status-lists skip   after an older backup was restored, before anything is posted: places in status lists that
                            badges of the time since then may have are not given out again`;

/** @throws {UsageError} for a command line that cannot be understood */
export async function runStatusListsCommand(service: Service, args: string[], out: Output): Promise<void> {
  const { positionals } = readArguments(args, {}, usage);
  if (positionals.length !== 1 || positionals[0] !== 'skip') throw new UsageError('There is one command: skip.', usage);
  printJson(out, { placesAreTakenFromList: await skipStatusPlaces(service) });
}
