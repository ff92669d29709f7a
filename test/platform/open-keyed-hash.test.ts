// A hash that nobody computes who has the database alone.
import { createHash } from 'node:crypto';
import { readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { openKeyedHash } from '../../src/platform/open-keyed-hash.ts';
import { MissingPrivateKeyError } from '../../src/platform/open-key-ring.ts';
import { readSetting } from '../../src/platform/store.ts';
import { settings } from '../../src/platform/table.ts';
import { onEachDatabase, type TestService } from './test-service.ts';

const open = ({ config, db, log, now }: TestService, more = {}) =>
  openKeyedHash({ ...config, ...more }, db, log, now());

await onEachDatabase(
  t,
  'the same text has the same hash at every start, and another has another',
  async (t, service) => {
    const again = await open(service);
    t.equal(again('ada@example.edu'), service.keyedHash('ada@example.edu'));
    t.not(again('ada@example.edu'), again('bob@example.edu'));
    t.not(
      again('ada@example.edu'),
      createHash('sha256').update('ada@example.edu').digest('base64url'),
      'not a plain one',
    );
  },
);

await onEachDatabase(t, 'a replica without the key, or with another, refuses to start', async (t, service) => {
  const file = join(service.config.keysDir, 'keyed-hash.pem');
  renameSync(file, `${file}.away`);
  await t.rejects(open(service), MissingPrivateKeyError);
  await t.rejects(open(service, { keysDir: join(t.testdir(), 'keys') }), /copy the folder/);
});

await onEachDatabase(
  t,
  'a key is made once, encrypted where keys are, and its secret is not in the database',
  async (t, service) => {
    await service.db.transaction((tx) => tx.delete(settings));
    const more = { keysDir: join(t.testdir(), 'keys'), keysPassphrase: 'a long passphrase' };
    const made = await open(service, more);
    const again = await open(service, more);
    t.equal(again('x'), made('x'));
    t.not(made('x'), service.keyedHash('x'));
    t.notMatch(readFileSync(join(more.keysDir, 'keyed-hash.sealed'), 'utf8'), /PRIVATE KEY/);
    const stored = await readSetting(service.db.read, 'hash_key');
    t.equal(stored?.length, 43, 'the fingerprint alone');
  },
);
