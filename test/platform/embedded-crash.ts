// A process that commits to an embedded database as fast as it can and says each commit aloud, until it is killed.
import { openDatabase } from '../../src/platform/database.ts';
import { insertSetting } from '../../src/platform/store.ts';
import { silent, testConfig } from './test-template.ts';

const [dataDir, run] = process.argv.slice(2);
const db = await openDatabase(testConfig('unused', { dataDir: dataDir! }), silent);
process.stdout.write('open\n');
for (let n = 0; ; n++) {
  await db.transaction((tx) => insertSetting(tx, `${run}-${n}`, 'x', new Date()));
  process.stdout.write(`${run}-${n}\n`);
}
