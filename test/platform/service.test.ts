// The open service.
import t from 'tap';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { closeService, openService } from '../../src/platform/service.ts';
import { silent, testConfig } from './test-template.ts';
import { makeScratch } from './scratch.ts';

await t.test('an empty folder becomes a service; one that cannot be opened leaves no lock behind', async (t) => {
  const folder = makeScratch();
  const config = testConfig(join(folder, 'keys'), { dataDir: join(folder, 'data') });
  const service = await openService(config, silent);
  t.ok(service.keys.ready());
  t.ok(service.now() instanceof Date);
  t.equal(service.random(8).length, 8);
  await closeService(service);
  await t.rejects(openService({ ...config, publicUrl: 'https://other.example' }, silent), /belongs to/);
  t.notOk(existsSync(join(folder, 'data', 'lock')));
});
