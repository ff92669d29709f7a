// The commands about endorsements.
import t from 'tap';
import { runEndorsementsCommand } from '../../src/credentials/cli-endorsements.ts';
import { openTestService } from '../platform/test-service.ts';

const service = await openTestService();
t.teardown(() => service.close());
const run = async (...args: string[]) => {
  let text = '';
  await runEndorsementsCommand(service, args, { write: (more) => void (text += more), fail: () => undefined });
  return JSON.parse(text);
};
const issue = ['issue', '--subject', 'did:web:partner.example', '--name', 'Accredited', '--comment', 'Well done.'];

void t.test('issued, listed and revoked, as JSON', async (t) => {
  const made = await run(...issue, '--valid-until', '2028-12-31T23:59:59Z');
  t.match(made, { subject: 'did:web:partner.example', status: 'live' });
  t.match(await run('list'), { endorsements: [{ id: made.id }] });
  t.match(await run('revoke', made.url), { id: made.id, status: 'revoked' });
  await t.rejects(run('revoke', '00000000-0000-4000-8000-000000000000'), { code: 'endorsement_unknown' });
});

void t.test('what cannot be understood is said with the usage', async (t) => {
  for (const args of [
    [],
    ['issue'],
    [...issue, 'more'],
    ['issue', '--subject', 'partner', '--name', 'N', '--comment', 'C'],
    ['list', '--name', 'N'],
    ['revoke'],
    ['revoke', 'nonsense'],
    ['drop'],
  ])
    await t.rejects(run(...args), { name: 'UsageError', message: /Usage/ }, args.join(' '));
  await t.rejects(run(...issue, '--valid-until', 'soon'), { message: /^--valid-until: Give a time with zone/ });
  await t.rejects(run('issue', '--subject', 'did:web:x'), { message: /^--name: This is required.*\n--comment: This/ });
});
