// New keys and their names.
import t from 'tap';
import { calculateJwkThumbprint } from 'jose';
import { base58 } from '@scure/base';
import { openKeyFiles } from '../../src/platform/key-files.ts';
import { keyFileName, makeKey } from '../../src/platform/make-key.ts';
import { onEachDatabase } from './test-service.ts';

await onEachDatabase(
  t,
  'a key is on disk before the database knows it, and is named as verifiers compute it',
  async (t, service) => {
    const files = await openKeyFiles(t.testdir({}), undefined);
    const tools = { config: service.config, files, at: service.now() };
    const failing = service.db.transaction(async (tx) => {
      await makeKey(tx, 'data-integrity', 'active', tools);
    });
    await t.rejects(failing, 'one active key a use');
    await service.db.transaction(async (tx) => {
      await tx.execute(`delete from keys`);
      const ed = await makeKey(tx, 'data-integrity', 'active', tools);
      const raw = Buffer.from(ed.publicJwk.x!, 'base64url');
      t.equal(ed.kid, `z${base58.encode(Buffer.concat([Buffer.from([0xed, 0x01]), raw]))}`);
      t.ok(await files.read(keyFileName(ed)));
      const rsa = await makeKey(tx, 'vc-jwt', 'next', tools);
      t.equal(rsa.kid, await calculateJwkThumbprint(rsa.publicJwk));
      t.match(rsa, { algorithm: 'RS256', state: 'next', activatedAt: null });
      t.equal(Buffer.from(rsa.publicJwk.n!, 'base64url').length, 256);
    });
  },
);
