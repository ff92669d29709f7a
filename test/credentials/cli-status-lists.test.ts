// What `cairn status-lists` says.
import t from 'tap';
import { runStatusListsCommand } from '../../src/credentials/cli-status-lists.ts';
import { openTestService } from '../platform/test-service.ts';

await t.test('skip says from which list places are taken now; anything else gets the usage', async (t) => {
  const service = await openTestService();
  t.teardown(() => service.close());
  let told = '';
  const out = { write: (text: string) => void (told += text), fail: (text: string) => t.fail(text) };
  await runStatusListsCommand(service, ['skip'], out);
  t.same(JSON.parse(told), { placesAreTakenFromList: 2 });
  for (const line of [[], ['skip', 'more'], ['shuffle']])
    await t.rejects(runStatusListsCommand(service, line, out), /There is one command: skip\.[^]*Usage/);
});
