// The commands about clients: the platforms and people that may call the API.
import { SCOPES } from './callers.ts';
import { printJson, readArguments, terminal, UsageError } from './cli-arguments.ts';
import type { Output } from './cli-arguments.ts';
import { describeClient } from './clients.ts';
import { createClient } from './create-client.ts';
import { disableClient } from './disable-client.ts';
import { rotateSecret } from './rotate-secret.ts';
import type { Service } from './service.ts';
import { readClients } from './store.ts';

const usage = `Usage:
  cairn clients create --name NAME --source URL… --scope SCOPE… [--trust-email] [--may-state-consents]
  cairn clients list
  cairn clients rotate-secret ID   a second secret; the one before the last stops
  cairn clients disable ID

  --source   what the client speaks for, such as https://moodle.example.edu; may be repeated
  --scope    may be repeated: ${SCOPES.join(' ')}
  --trust-email          e-mails that it calls verified are believed
  --may-state-consents   consents that it states are believed`;

const options = {
  name: { type: 'string' },
  source: { type: 'string', multiple: true },
  scope: { type: 'string', multiple: true },
  'trust-email': { type: 'boolean' },
  'may-state-consents': { type: 'boolean' },
} as const;

/** @throws {UsageError} for a command line that cannot be understood; Problems of the deeds */
export async function runClientsCommand(service: Service, args: string[], out: Output = terminal): Promise<void> {
  const { values, positionals } = readArguments(args, options, usage);
  const [command, id, ...more] = positionals;
  if (more.length > 0) throw new UsageError(`${more[0]} is one word too many.`, usage);
  if (command !== 'create' && Object.keys(values).length > 0) throw new UsageError('Only create takes options.', usage);
  switch (command) {
    case 'create': {
      if (values.name === undefined || values.scope === undefined)
        throw new UsageError('--name and --scope are needed.', usage);
      if (values.source === undefined && values.scope.some((scope) => /\b(completions|reviews):write\b/.test(scope)))
        throw new UsageError('--source is needed: what is written is written for a source.', usage);
      const { client, secret } = await createClient(service, {
        name: values.name,
        sources: values.source ?? [],
        scopes: [...new Set(values.scope.flatMap((scope) => scope.split(/[\s,]+/).filter(Boolean)))],
        trustEmail: values['trust-email'] ?? false,
        mayStateConsents: values['may-state-consents'] ?? false,
      });
      return printJson(out, {
        client_id: client.id,
        client_secret: secret,
        ...describeClient(client),
        note: 'The secret is shown this once.',
      });
    }
    case 'list':
      if (id !== undefined) throw new UsageError(`${id} is one word too many.`, usage);
      return printJson(out, { clients: (await readClients(service.db.read)).map(describeClient) });
    case 'rotate-secret':
      if (id === undefined) throw new UsageError('Which client?', usage);
      return printJson(out, { id, ...(await rotateSecret(service, id)), note: 'The secret is shown this once.' });
    case 'disable':
      if (id === undefined) throw new UsageError('Which client?', usage);
      await disableClient(service, id);
      return printJson(out, { id, disabled: true });
    default:
      throw new UsageError(command === undefined ? 'Which command?' : `There is no command clients ${command}.`, usage);
  }
}
