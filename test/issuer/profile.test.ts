// Who we are: a did:web that leads a resolver back to our own DID document.
import fc from 'fast-check';
import t from 'tap';
import { buildIssuerProfile, issuerDid } from '../../src/issuer/profile.ts';
import { didWebUrl } from '../../src/openbadges/controllers/did-web.ts';

await t.test('host and port are percent-encoded, a path is joined by colons', async (t) => {
  t.equal(issuerDid('https://badges.example.org'), 'did:web:badges.example.org');
  t.equal(issuerDid('http://localhost:3000'), 'did:web:localhost%3A3000');
  t.equal(issuerDid('https://example.org/badges/cc'), 'did:web:example.org:badges:cc');
});

await t.test('a resolver of did:web finds the document where we serve it', async (t) => {
  fc.assert(
    fc.property(fc.domain(), fc.integer({ min: 1024, max: 65535 }), (host, port) => {
      t.equal(didWebUrl(issuerDid(`https://${host}`)), `https://${host}/.well-known/did.json`);
      t.equal(didWebUrl(issuerDid(`https://${host}:${port}`)), `https://${host}:${port}/.well-known/did.json`);
    }),
    { numRuns: 50 },
  );
});

await t.test('the profile in credentials has the DID as its id, and name, address and picture', async (t) => {
  t.same(buildIssuerProfile('https://badges.example.org', 'Creative Commons'), {
    id: 'did:web:badges.example.org',
    type: ['Profile'],
    name: 'Creative Commons',
    url: 'https://badges.example.org/issuer',
    image: {
      id: 'https://badges.example.org/issuer/image.png',
      type: 'Image',
      caption: 'The mark of Creative Commons',
    },
  });
});
