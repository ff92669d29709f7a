// The commands that need a service, and their exit codes.
import t from 'tap';
import { runServiceCommand, SERVICE_COMMANDS } from '../src/commands.ts';
import { rows } from '../src/platform/database.ts';
import { sql } from '../src/platform/sql.ts';
import { openTestService } from './platform/test-service.ts';

await t.test('0 is done, 1 refused with the remedy, 2 not understood with the usage', async (t) => {
  const service = await openTestService();
  t.teardown(() => service.close());
  async function run(line: string): Promise<{ code: number; told: string; failed: string }> {
    let [told, failed] = ['', ''];
    const out = { write: (text: string) => void (told += text), fail: (text: string) => void (failed += text) };
    return { code: await runServiceCommand(service, line.split(' '), out), told, failed };
  }
  t.match(await run('clients list'), { code: 0, told: '"clients": []', failed: '' });
  t.match(await run('clients create --name x --scope nonsense'), { code: 1, told: '', failed: '/scopes/0' });
  t.match(await run('keys retire nobody'), { code: 1, failed: /no key/ });
  t.match(await run('clients frobnicate'), { code: 2, failed: 'Usage' });
  t.match(await run('nonsense'), { code: 2, failed: SERVICE_COMMANDS[0]! });
  const { kid } = service.keys.active('data-integrity');
  t.match(await run(`keys compromise ${kid}`), { code: 0 });
  const jobs = await rows(
    service.db.read,
    sql`select data, round(extract(epoch from start_after - created_on))::int as after from pgboss.job
    where name = 'credentials-reissue' order by start_after`,
  );
  // What a replica signs that has not heard of it, and what a transaction stores that was held up, is looked for too.
  const wanted = [0, 30, 300].map((after) => ({ data: { kid }, after }));
  t.same(jobs, wanted, 'what it had signed is signed again');
});
