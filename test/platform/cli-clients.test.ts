// The commands about clients.
import t from 'tap';
import { UsageError } from '../../src/platform/cli-arguments.ts';
import { runClientsCommand } from '../../src/platform/cli-clients.ts';
import { openTestService } from './test-service.ts';

await t.test('a client is made, listed, given a second secret and disabled; each prints JSON', async (t) => {
  const service = await openTestService();
  t.teardown(() => service.close());
  async function run<T>(line: string): Promise<T> {
    let text = '';
    await runClientsCommand(service, line.split(' '), { write: (more) => void (text += more), fail: () => {} });
    return JSON.parse(text) as T;
  }
  const made = await run<{ id: string; client_secret: string }>(
    'create --name LMS --source https://a.example --source https://b.example --scope completions:write --scope completions:read,reviews:write --trust-email',
  );
  t.match(made, {
    client_id: made.id,
    sources: ['https://a.example', 'https://b.example'],
    scopes: ['completions:write', 'completions:read', 'reviews:write'],
    trustEmail: true,
    mayStateConsents: false,
    client_secret: /^[\w-]{43}$/,
  });
  t.match(await run('list'), { clients: [{ id: made.id, secrets: 1 }] });
  t.match(await run(`rotate-secret ${made.id}`), { secret: /^[\w-]{43}$/, living: 2 });
  t.same(await run(`disable ${made.id}`), { id: made.id, disabled: true });
  t.match(await run('list'), { clients: [{ disabledAt: String, secrets: 0 }] });
  t.notMatch(JSON.stringify(await run('list')), made.client_secret);
});

await t.test('what is not understood is told, and stores nothing', async (t) => {
  const service = await openTestService();
  t.teardown(() => service.close());
  for (const line of [
    '',
    'destroy',
    'create',
    'create --name x',
    'list --name x',
    'rotate-secret',
    'disable',
    'list more words',
    'list more',
  ]) {
    await t.rejects(runClientsCommand(service, line.split(' ').filter(Boolean)), UsageError, line);
  }
  const writer = 'create --name x --scope completions:read,reviews:write'.split(' ');
  await t.rejects(runClientsCommand(service, writer), /--source is needed/, 'it could write for nobody');
});
