// The commands about endorsements: what we vouch for.
import { printJson, readArguments, terminal, UsageError, type Output } from '../platform/cli-arguments.ts';
import { faultsOf } from '../platform/faults.ts';
import type { Service } from '../platform/service.ts';
import { describeEndorsement, endorsementOrder } from './endorsement-routes.ts';
import { listEndorsements } from './endorsement-store.ts';
import { issueEndorsement } from './issue-endorsement.ts';
import { revokeEndorsement } from './revoke-endorsement.ts';

const usage = `Usage:
  cairn endorsements issue --subject ID --name NAME --comment TEXT [--valid-until TIME]
  cairn endorsements list            the newest hundred
  cairn endorsements revoke ID       for ever

  --subject       the id of what is endorsed: a DID or a URL, such as did:web:partner.example
  --valid-until   such as 2028-12-31T23:59:59Z; for ever when left out`;

const options = {
  subject: { type: 'string' },
  name: { type: 'string' },
  comment: { type: 'string' },
  'valid-until': { type: 'string' },
} as const;

const MOST_LISTED = 100;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** @throws {UsageError} for a command line that cannot be understood; Problems of the deeds */
export async function runEndorsementsCommand(service: Service, args: string[], out: Output = terminal): Promise<void> {
  const { values, positionals } = readArguments(args, options, usage);
  const [command, id, ...more] = positionals;
  if (more.length > 0) throw new UsageError(`${more[0]} is one word too many.`, usage);
  if (command !== 'issue' && Object.keys(values).length > 0) throw new UsageError('Only issue takes options.', usage);
  switch (command) {
    case 'issue': {
      const { 'valid-until': validUntil, ...rest } = values;
      const order = endorsementOrder.safeParse({ ...rest, ...(validUntil !== undefined && { validUntil }) });
      if (!order.success || id !== undefined) {
        const faults = (order.error ? faultsOf(order.error, rest) : []).map(
          ({ pointer, detail }) => `--${pointer === '/validUntil' ? 'valid-until' : pointer.slice(1)}: ${detail}`,
        );
        throw new UsageError(faults.join('\n') || `${id} is one word too many.`, usage);
      }
      const { validUntil: end, ...parts } = order.data;
      const stored = await issueEndorsement(service, {
        ...parts,
        ...(end !== undefined && { validUntil: new Date(end) }),
      });
      return printJson(out, describeEndorsement(service, stored));
    }
    case 'list': {
      const found = await listEndorsements(service.db.read, MOST_LISTED);
      return printJson(out, { endorsements: found.map((one) => describeEndorsement(service, one)) });
    }
    case 'revoke': {
      const bare = id?.split('/').at(-1) ?? '';
      if (!UUID.test(bare)) throw new UsageError('Which endorsement? Give its id or its URL.', usage);
      return printJson(out, describeEndorsement(service, await revokeEndorsement(service, bare)));
    }
    default:
      throw new UsageError(
        command === undefined ? 'Which command?' : `There is no command endorsements ${command}.`,
        usage,
      );
  }
}
