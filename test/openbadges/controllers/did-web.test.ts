// did:web to URLs, and who speaks for an id.
import t from 'tap';
import { authorityOf, didWebUrl } from '../../../src/openbadges/controllers/did-web.ts';

void t.test('a domain, a port and a path', async (t) => {
  t.equal(didWebUrl('did:web:example.org'), 'https://example.org/.well-known/did.json');
  t.equal(didWebUrl('did:web:localhost%3A3000'), 'https://localhost:3000/.well-known/did.json');
  t.equal(didWebUrl('did:web:example.org:issuers:42'), 'https://example.org/issuers/42/did.json');
});

void t.test('what would lead elsewhere is refused', async (t) => {
  for (const did of [
    'did:web:',
    'did:web:a b',
    'did:web:example.org:..',
    'did:web:example.org:%2e%2e',
    'did:web:example.org:a%2Fb',
    'did:web:x@evil.org',
    'did:web:example.org:',
    'did:key:z6',
    'did:web:example.org:%zz',
  ])
    t.equal(didWebUrl(did), undefined, did);
});

void t.test('the authority of an issuer id', async (t) => {
  t.equal(authorityOf('https://example.org:8443/issuers/1'), 'example.org:8443');
  t.equal(authorityOf('did:web:example.org:issuers:1'), 'example.org');
  t.equal(authorityOf('did:key:z6Mk'), undefined);
  t.equal(authorityOf('urn:uuid:1'), undefined);
});
