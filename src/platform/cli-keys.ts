// The commands about keys.
import { printJson, readArguments, terminal, UsageError } from './cli-arguments.ts';
import type { Output } from './cli-arguments.ts';
import { compromiseKey } from './compromise-key.ts';
import type { Alongside } from './compromise-key.ts';
import { KEY_USES } from './key-ring.ts';
import type { KeyUse, RingKey } from './key-ring.ts';
import { retireKey } from './retire-key.ts';
import { rotateKey } from './rotate-key.ts';
import type { Service } from './service.ts';

const usage = `Usage:
  cairn keys list                 every key with its state
  cairn keys rotate USE           the next key signs from now on; USE is ${KEY_USES.join(', ')} or all
  cairn keys retire KID           give up a key that does not sign yet
  cairn keys compromise KID       stop a key that somebody else may hold, and sign its badges again`;

const BADGES_AGAIN =
  'The badges that it had signed are signed again by the running service; what the VC API issued has to be issued anew.';

/** What becomes of what a compromised key had signed. */
const AFTER_COMPROMISE: Record<KeyUse, string> = {
  'data-integrity': BADGES_AGAIN,
  'vc-jwt': BADGES_AGAIN,
  'access-token': 'The tokens that it had signed are refused from now on; platforms ask for others.',
  'did-key': 'This issuer is its key, and is lost with it: issue what still holds anew, as another issuer.',
};

const backUp = ({ config }: Service): string => `Back up ${config.keysDir} now: it holds new keys.`;

function describe(key: RingKey): object {
  const { kid, use, algorithm, state, createdAt, activatedAt, retiredAt, compromisedAt } = key;
  return { kid, use, algorithm, state, createdAt, activatedAt, retiredAt, compromisedAt };
}

/**
 * @param alongsideCompromise what must happen in the transaction that marks a key: the platform knows nothing of badges
 * @throws {UsageError} for a command line that cannot be understood; Problems of the deeds
 */
export async function runKeysCommand(
  service: Service,
  args: string[],
  out: Output = terminal,
  alongsideCompromise?: Alongside,
): Promise<void> {
  const [command, name, ...more] = readArguments(args, {}, usage).positionals;
  if (more.length > 0) throw new UsageError(`${more[0]} is one word too many.`, usage);
  if (command === 'list') {
    if (name !== undefined) throw new UsageError(`${name} is one word too many.`, usage);
    return printJson(out, { keys: KEY_USES.flatMap((use) => service.keys.keys(use)).map(describe) });
  }
  if (name === undefined) throw new UsageError(command === undefined ? 'Which command?' : 'A word is missing.', usage);
  switch (command) {
    case 'rotate': {
      const uses = name === 'all' ? KEY_USES : KEY_USES.filter((use) => use === name);
      if (uses.length === 0) throw new UsageError(`There is no use ${name}.`, usage);
      const rotated: Awaited<ReturnType<typeof rotateKey>>[] = [];
      for (const use of uses as KeyUse[]) rotated.push(await rotateKey(service, use));
      return printJson(out, { rotated, note: backUp(service) });
    }
    case 'retire': {
      const key = await retireKey(service, name);
      return printJson(out, { ...key, ...(key.next && { note: backUp(service) }) });
    }
    case 'compromise': {
      const key = await compromiseKey(service, name, alongsideCompromise);
      const note = [AFTER_COMPROMISE[key.use], ...(key.next ? [backUp(service)] : [])].join(' ');
      return printJson(out, { ...key, note });
    }
    default:
      throw new UsageError(`There is no command keys ${command}.`, usage);
  }
}
