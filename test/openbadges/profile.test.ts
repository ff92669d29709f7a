import t from 'tap';
import { findingsAfter } from './example-badge.ts';

const issuer = (extra: object): string[] => findingsAfter((badge) => Object.assign(badge.issuer, extra));

void t.test('a full profile breaks no rule', async (t) => {
  t.same(
    issuer({
      url: 'https://badges.example.org',
      phone: '1-222-333-4444',
      description: 'We bake.',
      image: { id: 'data:image/png;base64,AA==', type: 'Image', caption: 'A loaf' },
      email: 'bakers@example.org',
      address: {
        type: ['Address'],
        addressCountryCode: 'FR',
        geo: { type: 'GeoCoordinates', latitude: 48.8, longitude: 2.3 },
      },
      otherIdentifier: [{ type: 'IdentifierEntry', identifier: '7', identifierType: 'ext:guild' }],
      parentOrg: { id: 'urn:x:1', type: ['Profile'], parentOrg: { id: 'urn:x:2', type: ['Profile'] } },
      dateOfBirth: '1990-12-31',
    }),
    [],
  );
});

void t.test('an issuer is a URI or a profile with id and type', async (t) => {
  t.same(
    findingsAfter((badge) => (badge.issuer = 'did:web:a.example')),
    [],
  );
  t.same(
    findingsAfter((badge) => (badge.issuer = {})),
    ['fail /issuer/id member_missing', 'fail /issuer/type member_missing'],
  );
  t.same(
    findingsAfter((badge) => delete badge.issuer),
    ['fail /issuer member_missing'],
  );
});

void t.test('types inside a profile are checked at every depth', async (t) => {
  t.same(issuer({ parentOrg: { id: 'urn:x:1', type: ['Invalid'] } }), ['fail /issuer/parentOrg/type type_wrong']);
  const wrong = [{ type: 'IdentityObject', identifier: '7', identifierType: 'isbn' }];
  t.same(issuer({ otherIdentifier: wrong }), ['fail /issuer/otherIdentifier/0/type type_wrong']);
  t.same(issuer({ address: { type: ['Place'] } }), ['fail /issuer/address/type type_wrong']);
});

void t.test('four classes have one text as type, never a list', async (t) => {
  t.same(issuer({ image: { id: 'https://a.example/i', type: ['Image'] } }), ['fail /issuer/image/type type_wrong']);
  t.same(issuer({ otherIdentifier: [{ type: ['IdentifierEntry'], identifier: '7', identifierType: 'isbn' }] }), [
    'fail /issuer/otherIdentifier/0/type type_wrong',
  ]);
  const geo = { type: ['GeoCoordinates'], latitude: 1, longitude: 1 };
  t.same(issuer({ address: { type: ['Address'], geo } }), ['fail /issuer/address/geo/type type_wrong']);
});

void t.test('an image is an object, best at an address that anybody can open', async (t) => {
  t.same(issuer({ image: 'https://a.example/i.png' }), ['fail /issuer/image object_expected']);
  t.same(issuer({ image: { id: 'ipfs://abc', type: 'Image' } }), ['warn /issuer/image/id image_scheme']);
});

void t.test('what looks wrong but is allowed is warned of', async (t) => {
  t.same(issuer({ email: 'no address' }), ['warn /issuer/email email_malformed']);
  t.same(issuer({ address: { type: ['Address'], addressCountryCode: 'France' } }), [
    'warn /issuer/address/addressCountryCode country_code_malformed',
  ]);
  const geo = { type: 'GeoCoordinates', latitude: 91, longitude: -181 };
  t.same(issuer({ address: { type: ['Address'], geo } }), [
    'warn /issuer/address/geo/latitude latitude_outside',
    'warn /issuer/address/geo/longitude longitude_outside',
  ]);
});
