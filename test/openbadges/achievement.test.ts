import t from 'tap';
import { findingsAfter, type Json } from './example-badge.ts';

const achievement = (change: (achievement: Json) => void): string[] =>
  findingsAfter((badge) => change(badge.credentialSubject.achievement));
const subject = (change: (subject: Json) => void): string[] =>
  findingsAfter((badge) => change(badge.credentialSubject));

void t.test('a full achievement breaks no rule', async (t) => {
  t.same(
    achievement((one) =>
      Object.assign(one, {
        achievementType: 'Certificate',
        alignment: [
          { type: ['Alignment'], targetName: 'Bread', targetUrl: 'https://a.example/bread', targetType: 'CFItem' },
        ],
        creator: { id: 'did:web:a.example', type: ['Profile'] },
        creditsAvailable: 2.5,
        humanCode: 'B1',
        image: { id: 'https://a.example/b.png', type: 'Image' },
        inLanguage: 'en',
        otherIdentifier: [{ type: 'IdentifierEntry', identifier: 'B1', identifierType: 'identifier' }],
        related: [{ id: 'urn:x:pain', type: ['Related'], inLanguage: 'fr', version: '1' }],
        tag: ['bread'],
        version: '1.0',
      }),
    ),
    [],
  );
});

void t.test('id, type, name, description and criteria are asked for', async (t) => {
  for (const member of ['id', 'type', 'name', 'description', 'criteria'])
    t.same(
      achievement((one) => delete one[member]),
      [`fail /credentialSubject/achievement/${member} member_missing`],
    );
});

void t.test('criteria say what was asked, in words or by an address', async (t) => {
  const place = '/credentialSubject/achievement/criteria';
  t.same(
    achievement((one) => (one.criteria = { id: 'https://a.example/criteria' })),
    [],
  );
  t.same(
    achievement((one) => (one.criteria = {})),
    [`fail ${place} criteria_empty`],
  );
  t.same(
    achievement((one) => (one.criteria = { narrative: ' ' })),
    [`warn ${place}/narrative text_empty`, `fail ${place} criteria_empty`],
  );
});

void t.test('alignments and relations are whole', async (t) => {
  const place = '/credentialSubject/achievement';
  t.same(
    achievement((one) => (one.alignment = [{ type: ['Alignment'], targetUrl: 'bread' }])),
    [`fail ${place}/alignment/0/targetName member_missing`, `fail ${place}/alignment/0/targetUrl uri_malformed`],
  );
  t.same(
    achievement((one) => (one.related = [{ id: 'urn:x:1', type: ['Achievement'] }])),
    [`fail ${place}/related/0/type type_wrong`],
  );
});

void t.test('a badge belongs to somebody: an id or an identifier', async (t) => {
  const identifier = [
    { type: 'IdentityObject', hashed: false, identityHash: 'ada@a.example', identityType: 'emailAddress' },
  ];
  t.same(
    subject((one) => {
      delete one.id;
      one.identifier = identifier;
    }),
    [],
  );
  t.same(
    subject((one) => delete one.id),
    ['fail /credentialSubject subject_unidentified'],
  );
  t.same(
    subject((one) => {
      delete one.id;
      one.identifier = [];
    }),
    ['warn /credentialSubject/identifier list_empty', 'fail /credentialSubject subject_unidentified'],
  );
});

void t.test('identities are whole, and a hash is a hash', async (t) => {
  const place = '/credentialSubject/identifier/0';
  const identity = (extra: object): string[] =>
    subject(
      (one) =>
        (one.identifier = [
          {
            type: 'IdentityObject',
            hashed: true,
            identityHash: `sha256$${'a'.repeat(64)}`,
            identityType: 'emailAddress',
            ...extra,
          },
        ]),
    );
  t.same(identity({ salt: 'x' }), []);
  t.same(identity({ type: 'InvalidIdentity' }), [`fail ${place}/type type_wrong`]);
  t.same(identity({ type: ['IdentityObject'] }), [`fail ${place}/type type_wrong`]);
  t.same(identity({ hashed: 'true' }), [`fail ${place}/hashed boolean_expected`]);
  t.same(identity({ identityHash: 'sha256$12' }), [`fail ${place}/identityHash identity_hash_malformed`]);
  t.same(identity({ identityType: 'email' }), [`fail ${place}/identityType value_not_allowed`]);
  t.same(identity({ extra: 1 }), [`fail ${place}/extra member_unknown`]);
});

void t.test('one subject, never a list; and an achievement in it', async (t) => {
  t.same(
    findingsAfter((badge) => (badge.credentialSubject = [badge.credentialSubject])),
    ['fail /credentialSubject object_expected'],
  );
  t.same(
    subject((one) => delete one.achievement),
    ['fail /credentialSubject/achievement member_missing'],
  );
  t.same(
    subject((one) => (one.type = ['Person'])),
    ['fail /credentialSubject/type type_wrong'],
  );
  t.same(
    subject((one) => (one.source = { id: 'urn:x:1', type: ['Invalid'] })),
    ['fail /credentialSubject/source/type type_wrong'],
  );
});

void t.test('an activity runs forward', async (t) => {
  const found = subject((one) =>
    Object.assign(one, { activityStartDate: '2026-02-01T00:00:00Z', activityEndDate: '2026-01-01T00:00:00Z' }),
  );
  t.same(found, ['warn /credentialSubject/activityEndDate activity_ends_first']);
});
