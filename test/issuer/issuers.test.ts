import t from 'tap';
import { credentialKeys } from '../../src/issuer/routes.ts';
import { createDidKeyIssuer } from '../../src/issuer/create-issuer.ts';
import { didKeyIssuer, findIssuer, issuerPrivateKey, listIssuers, ownIssuer } from '../../src/issuer/issuers.ts';
import { parseDidKey } from '../../src/openbadges/keys.ts';
import { kinds, openTestService } from '../platform/test-service.ts';
import { proofKey } from './ring-keys.ts';

void t.test('without more, the did:web of our address is the one issuer', async (t) => {
  const service = await openTestService();
  t.teardown(() => service.close());
  const [own, ...more] = listIssuers(service);
  t.same(more, []);
  t.equal(own?.id, 'did:web:badges.example.org');
  t.equal(own?.verificationMethod, `did:web:badges.example.org#${own?.key.kid}`);
  t.equal(ownIssuer(service).key.state, 'active');
  t.equal((await findIssuer(service, 'did:web:badges.example.org'))?.method, 'web');
  t.equal(await findIssuer(service, 'did:web:elsewhere.example'), undefined);
  t.equal(await findIssuer(service, 'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK'), undefined);
});

void t.test('a did:key names the key that signs for it, and is published nowhere', async (t) => {
  const issuer = didKeyIssuer(proofKey());
  const named = parseDidKey(issuer.verificationMethod);
  t.equal(named.verificationMethod, issuer.verificationMethod);
  t.equal(issuer.id, `did:key:${issuer.key.kid}`);
  const service = await openTestService();
  t.teardown(() => service.close());
  const made = await createDidKeyIssuer(service);
  t.notOk(credentialKeys(service).some((key) => key.kid === made.key.kid));
});

if (kinds.includes('postgres'))
  void t.test('a did:key that a replica made is found by the others, which say when they lack its key', async (t) => {
    const service = await openTestService('postgres');
    t.teardown(() => service.close());
    const replica = await service.openReplica();
    t.teardown(() => replica.close());
    const elsewhere = await service.openReplica({ keysDir: `${service.config.keysDir}-2` }).catch((error) => error);
    t.match(elsewhere.message, /private part/);
    const made = await createDidKeyIssuer(service);
    const found = await findIssuer(replica, made.id);
    t.equal(found?.key.kid, made.key.kid);
    t.ok(found && issuerPrivateKey(replica, found));
    t.throws(() => issuerPrivateKey(replica, didKeyIssuer(proofKey())), { code: 'key_not_here', status: 503 });
  });
