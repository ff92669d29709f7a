// What `cairn database` asks for before anything is opened.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { runDatabaseCommand } from '../../src/platform/cli-database.ts';
import { makeScratch } from './scratch.ts';
import { testConfig } from './test-template.ts';

await t.test('it says what is missing, and makes nothing', async (t) => {
  const folder = makeScratch();
  const config = testConfig(join(folder, 'keys'), { dataDir: join(folder, 'data') });
  const elsewhere = { ...config, databaseUrl: 'postgres://nobody@localhost:1/none' };
  const out = { write: (text: string) => t.fail(text), fail: (text: string) => t.fail(text) };
  await t.rejects(runDatabaseCommand(elsewhere, [], out), /There is one command: move\.[^]*Usage/);
  await t.rejects(runDatabaseCommand(config, ['move'], out), /Set DATABASE_URL to where it is to go/);
  await t.rejects(runDatabaseCommand(elsewhere, ['move'], out), {
    message: `There is no embedded database in ${config.dataDir}`,
  });
  t.notOk(existsSync(config.dataDir));
});
