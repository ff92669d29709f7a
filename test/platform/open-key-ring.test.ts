// Keys at start.
import { readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { KeyFileError } from '../../src/platform/key-files.ts';
import { KEY_USES } from '../../src/platform/key-ring.ts';
import { MissingPrivateKeyError, openKeyRing } from '../../src/platform/open-key-ring.ts';
import { rotateKey } from '../../src/platform/rotate-key.ts';
import { keys } from '../../src/platform/table.ts';
import { onEachDatabase } from './test-service.ts';
import type { TestService } from './test-service.ts';

const open = (service: TestService, keysDir = service.config.keysDir) =>
  openKeyRing({ ...service.config, keysDir }, service.db, service.log, service.now);

await onEachDatabase(t, 'the first start makes an active and a next key for each use', async (t, service) => {
  await service.db.transaction((tx) => tx.delete(keys));
  const keysDir = join(t.testdir(), 'keys');
  const ring = await open(service, keysDir);
  for (const use of KEY_USES) {
    t.same(
      ring
        .keys(use)
        .map(({ state }) => state)
        .sort(),
      ['active', 'next'],
      use,
    );
    t.ok(ring.privateKey(ring.active(use).kid));
  }
  t.match(ring.active('data-integrity').kid, /^z6Mk/);
  t.equal(ring.active('vc-jwt').publicJwk.kty, 'RSA');
  t.equal(readdirSync(keysDir).length, 6);
  t.same((await open(service, keysDir)).active('vc-jwt').kid, ring.active('vc-jwt').kid);
});

await onEachDatabase(t, 'replicas that start at once make one set', async (t, service) => {
  await service.db.transaction((tx) => tx.delete(keys));
  const keysDir = join(t.testdir(), 'keys');
  const rings = await Promise.all([open(service, keysDir), open(service, keysDir), open(service, keysDir)]);
  t.equal(new Set(rings.map((ring) => ring.active('data-integrity').kid)).size, 1);
  t.equal((await service.db.read.select().from(keys)).length, 6);
});

await onEachDatabase(
  t,
  'a replica without the private part of an active key refuses, and says which',
  async (t, service) => {
    const kid = service.keys.active('data-integrity').kid;
    const file = join(service.config.keysDir, `data-integrity-${kid}.pem`);
    renameSync(file, `${file}.away`);
    await t.rejects(open(service), MissingPrivateKeyError);
    await t.rejects(open(service), new RegExp(`data-integrity key ${kid}.*copy the folder`));
    writeFileSync(file, 'not a key');
    await t.rejects(open(service));
  },
);

await onEachDatabase(t, 'a file that holds another key than its name says is refused', async (t, service) => {
  const [active, next] = service.keys
    .keys('data-integrity')
    .map(({ kid }) => join(service.config.keysDir, `data-integrity-${kid}.pem`));
  renameSync(next!, active!);
  await t.rejects(open(service), /another key than its name says/);
});

await onEachDatabase(t, 'a next key that is not here does not keep the service from starting', async (t, service) => {
  const next = service.keys.keys('data-integrity').find(({ state }) => state === 'next')!;
  const file = join(service.config.keysDir, `data-integrity-${next.kid}.pem`);
  renameSync(file, `${file}.away`);
  t.ok((await open(service)).ready());
});

await onEachDatabase(t, 'ES256 by setting', async (t, service) => {
  await service.db.transaction((tx) => tx.delete(keys));
  const config = { ...service.config, keysDir: join(t.testdir(), 'keys'), jwtAlgorithm: 'ES256' as const };
  const ring = await openKeyRing(config, service.db, service.log, service.now);
  t.match(ring.active('vc-jwt'), { algorithm: 'ES256', publicJwk: { crv: 'P-256' } });
});

await onEachDatabase(t, 'a first passphrase seals every key, those that sign no more too', async (t, service) => {
  const { retired } = await rotateKey(service, 'data-integrity');
  const keysPassphrase = 'correct horse battery';
  await openKeyRing({ ...service.config, keysPassphrase }, service.db, service.log, service.now);
  const left = readdirSync(service.config.keysDir).filter((file) =>
    /^(data-integrity|vc-jwt|access-token)-/.test(file),
  );
  t.ok(left.includes(`data-integrity-${retired}.sealed`));
  t.same(
    left.filter((file) => !file.endsWith('.sealed')),
    [],
  );
  await t.rejects(open(service), KeyFileError, 'and none opens without it');
});
