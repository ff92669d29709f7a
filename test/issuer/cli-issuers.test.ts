import t from 'tap';
import { runIssuersCommand } from '../../src/issuer/cli-issuers.ts';
import { openTestService } from '../platform/test-service.ts';

void t.test('what is created is listed, as JSON', async (t) => {
  const service = await openTestService();
  t.teardown(() => service.close());
  const run = async (...args: string[]) => {
    let text = '';
    await runIssuersCommand(service, args, { write: (more) => void (text += more), fail: () => undefined });
    return JSON.parse(text);
  };
  const made = await run('create', '--did-key');
  t.match(made, { id: /^did:key:z6Mk/, method: 'did:key', state: 'active', note: /Back up/ });
  const { issuers } = await run('list');
  t.match(issuers, [{ id: 'did:web:badges.example.org', method: 'did:web' }, { id: made.id }]);
  t.notMatch(JSON.stringify(issuers), /private|"d"/i);
});

void t.test('what cannot be understood is said with the usage', async (t) => {
  const service = await openTestService();
  t.teardown(() => service.close());
  for (const args of [[], ['create'], ['list', '--did-key'], ['list', 'more'], ['drop'], ['create', '--did-web']])
    await t.rejects(runIssuersCommand(service, args), { name: 'UsageError', message: /Usage/ }, args.join(' '));
});
