// The commands about issuers: whom the VC API may issue as.
import { printJson, readArguments, terminal, UsageError } from '../platform/cli-arguments.ts';
import type { Output } from '../platform/cli-arguments.ts';
import type { Service } from '../platform/service.ts';
import { createDidKeyIssuer } from './create-issuer.ts';
import { listIssuers, type OurIssuer } from './issuers.ts';

const usage = `Usage:
  cairn issuers list               our own did:web, and every did:key
  cairn issuers create --did-key   a new did:key, for the VC API`;

function describe({ id, method, key, verificationMethod }: OurIssuer): object {
  const { kid, state, createdAt } = key;
  return { id, method: `did:${method}`, verificationMethod, kid, algorithm: key.algorithm, state, createdAt };
}

/** @throws {UsageError} for a command line that cannot be understood */
export async function runIssuersCommand(service: Service, args: string[], out: Output = terminal): Promise<void> {
  const { values, positionals } = readArguments(args, { 'did-key': { type: 'boolean' } }, usage);
  const [command, ...more] = positionals;
  if (more.length > 0) throw new UsageError(`${more[0]} is one word too many.`, usage);
  switch (command) {
    case 'list':
      if (values['did-key'] !== undefined) throw new UsageError('Only create takes options.', usage);
      await service.keys.refresh();
      return printJson(out, { issuers: listIssuers(service).map(describe) });
    case 'create': {
      if (values['did-key'] !== true) throw new UsageError('--did-key is needed: did:web is there already.', usage);
      const issuer = describe(await createDidKeyIssuer(service));
      return printJson(out, { ...issuer, note: `Back up ${service.config.keysDir} now: it holds the new key.` });
    }
    default:
      throw new UsageError(command === undefined ? 'Which command?' : `There is no command issuers ${command}.`, usage);
  }
}
