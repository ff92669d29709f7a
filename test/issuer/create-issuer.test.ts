import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { createDidKeyIssuer } from '../../src/issuer/create-issuer.ts';
import { issuerPrivateKey, listIssuers } from '../../src/issuer/issuers.ts';
import { compromiseKey } from '../../src/platform/compromise-key.ts';
import { belongsTo } from '../../src/platform/key-files.ts';
import { retireKey } from '../../src/platform/retire-key.ts';
import { onEachDatabase, openTestService } from '../platform/test-service.ts';

await onEachDatabase(t, 'any number of did:keys beside each other, each with its own key', async (t, service) => {
  const one = await createDidKeyIssuer(service);
  service.clock.advance(1);
  const two = await createDidKeyIssuer(service);
  t.not(one.id, two.id);
  t.same(
    listIssuers(service).map((issuer) => issuer.id),
    ['did:web:badges.example.org', one.id, two.id],
  );
  t.ok(belongsTo(issuerPrivateKey(service, two), two.key.publicJwk));
});

void t.test('the private part lies among the others, sealed when there is a passphrase', async (t) => {
  const service = await openTestService('pglite', { keysPassphrase: 'correct horse battery' });
  t.teardown(() => service.close());
  const { key } = await createDidKeyIssuer(service);
  const files = readdirSync(service.config.keysDir).filter((file) => file.includes(key.kid));
  t.same(files, [`did-key-${key.kid}.sealed`]);
  t.notMatch(readFileSync(join(service.config.keysDir, files[0]!), 'utf8'), /PRIVATE KEY/);
});

void t.test('a compromised did:key is an issuer no more, and nothing takes its place', async (t) => {
  const service = await openTestService();
  t.teardown(() => service.close());
  const { id, key } = await createDidKeyIssuer(service);
  await t.rejects(retireKey(service, key.kid), { code: 'key_of_an_issuer' });
  t.same(await compromiseKey(service, key.kid), { kid: key.kid, use: 'did-key', state: 'compromised' });
  t.notOk(listIssuers(service).some((issuer) => issuer.id === id));
  t.equal(service.keys.keys('did-key').length, 1);
});
