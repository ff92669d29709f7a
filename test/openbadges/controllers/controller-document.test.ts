// A controller document counts only when it says that it is the one asked for.
import t from 'tap';
import { resolveController } from '../../../src/openbadges/controllers/controller-document.ts';
import { serve } from '../documents.ts';
import { controllerOf, ed25519Key } from '../test-keys.ts';

const key = ed25519Key(1);

void t.test('did:key and did:jwk are read from themselves, without a fetch', async (t) => {
  const resolve = serve({});
  const did = `did:key:${key.multibase}`;
  t.match(await resolveController(did, resolve), {
    found: true,
    document: { json: { assertionMethod: [`${did}#${key.multibase}`] } },
  });
  const jwkDid = `did:jwk:${Buffer.from(JSON.stringify(key.jwk)).toString('base64url')}`;
  t.match(await resolveController(jwkDid, resolve), {
    found: true,
    document: { json: { verificationMethod: [{ id: `${jwkDid}#0` }] } },
  });
  t.strictSame(resolve.asked, []);
});

void t.test('did:web and https are asked for', async (t) => {
  const resolve = serve({
    'https://example.org/.well-known/did.json': controllerOf('did:web:example.org', key),
    'https://example.org/issuers/1': controllerOf('https://example.org/issuers/1', key),
    'https://example.org/issuers/2': controllerOf('https://example.org/issuers/1', key),
    'https://example.org/text': 'nonsense',
    'https://example.org/gone': { status: 404 },
  });
  t.match(await resolveController('did:web:example.org', resolve), { found: true });
  t.match(await resolveController('https://example.org/issuers/1', resolve), { found: true });
  t.match(await resolveController('https://example.org/issuers/2', resolve), { found: false, why: 'id_mismatch' });
  t.match(await resolveController('https://example.org/text', resolve), { found: false, why: 'malformed' });
  t.match(await resolveController('https://example.org/gone', resolve), { found: false, why: 'absent' });
  t.match(await resolveController('https://example.org/nowhere', resolve), { found: false, why: 'unreachable' });
});

void t.test('what no key can be found by', async (t) => {
  const resolve = serve({});
  t.match(await resolveController('did:ion:abc', resolve), { found: false, why: 'unsupported' });
  for (const id of [
    'xxx:z6Mk',
    'did:example:abc',
    'did:unheardof:abc',
    'did:key:!!',
    'did:jwk:e30e',
    'did:web:..',
    'nonsense',
  ])
    t.match(await resolveController(id, resolve), { found: false, why: 'malformed' }, id);
});
