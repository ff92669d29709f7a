import t from 'tap';
import fc from 'fast-check';
import { exampleBadge, exampleCredential, findingsAfter, findingsOf, type Json } from './example-badge.ts';

void t.test('all faults are reported, not only the first, each at its place', async (t) => {
  const found = findingsAfter((badge) => {
    delete badge.id;
    badge.validFrom = 'today';
    badge.issuer.type = ['Organisation'];
    badge.credentialSubject.achievement.name = 7;
    badge.evidence = [{ type: ['Evidence'] }, { type: ['Proof'] }];
  });
  t.same(found.toSorted(), [
    'fail /credentialSubject/achievement/name text_expected',
    'fail /evidence/1/type type_wrong',
    'fail /id member_missing',
    'fail /issuer/type type_wrong',
    'fail /validFrom datetime_malformed',
  ]);
});

void t.test('a single value for a list is the compacted form: a warning, and its content is checked', async (t) => {
  t.same(
    findingsAfter((badge) => (badge.evidence = { type: ['Evidence'] })),
    ['warn /evidence list_compacted'],
  );
  t.same(
    findingsAfter((badge) => (badge.credentialSubject.achievement.tag = 'bread')),
    ['warn /credentialSubject/achievement/tag list_compacted'],
  );
  t.same(
    findingsAfter((badge) => (badge.issuer.type = 'Profile')),
    ['warn /issuer/type type_compacted'],
  );
  t.same(
    findingsAfter((badge) => (badge.evidence = { type: ['Other'] })),
    ['fail /evidence/type type_wrong'],
  );
  t.same(
    findingsAfter((badge) => (badge.proof = badge.proof[0])),
    [],
    'of a proof both standards allow it',
  );
});

void t.test('the content of a type is checked in its compacted form too', async (t) => {
  const found = findingsAfter((badge) => (badge.evidence = [{ type: 'InvalidEvidence' }]));
  t.ok(found.includes('fail /evidence/0/type type_wrong'));
  t.same(findingsAfter((badge) => (badge.type = 'OpenBadgeCredential'))[0], 'fail /type type_wrong');
  for (const bad of [[], 7, {}, [7], [''], [['Profile']]])
    t.same(
      findingsAfter((badge) => (badge.issuer.type = bad)),
      ['fail /issuer/type type_malformed'],
      JSON.stringify(bad),
    );
});

void t.test('null is never a value; an empty list and an empty text are warned of', async (t) => {
  t.same(
    findingsAfter((badge) => (badge.name = null)),
    ['fail /name member_null'],
  );
  t.same(
    findingsAfter((badge) => (badge.evidence = [])),
    ['warn /evidence list_empty'],
  );
  t.same(
    findingsAfter((badge) => (badge.name = ' ')),
    ['warn /name text_empty'],
  );
  t.same(
    findingsAfter((badge) => (badge.credentialSubject.unknown = null)),
    ['warn /credentialSubject/unknown null_value'],
  );
  t.same(
    findingsAfter((badge) => badge['@context'].push({ x: null })),
    [],
    'in a context null has a meaning',
  );
});

void t.test('objects are objects: no list, no bare text, no bare URI', async (t) => {
  const place = '/credentialSubject/achievement/criteria';
  for (const bad of ['https://a.example', [], [{ narrative: 'x' }], 7, true])
    t.same(
      findingsAfter((badge) => (badge.credentialSubject.achievement.criteria = bad)),
      [`fail ${place} object_expected`],
      JSON.stringify(bad),
    );
});

void t.test(
  'texts with languages: allowed where the data model speaks, warned of or refused where it does not',
  async (t) => {
    const tagged = { '@value': 'Pain', '@language': 'fr', '@direction': 'ltr' };
    const plain = (name: unknown): string[] => findingsOf({ ...exampleCredential(), name });
    t.same(plain(tagged), []);
    t.same(plain([tagged, { '@value': 'Bread', '@language': 'en' }]), []);
    for (const bad of [
      { ...tagged, extra: 1 },
      { '@value': 7 },
      { ...tagged, '@direction': 'up' },
      { ...tagged, '@language': 'not a tag' },
      {},
      [],
      [7],
      7,
    ])
      t.same(plain(bad), ['fail /name text_expected'], JSON.stringify(bad));
    t.same(
      findingsAfter((badge) => (badge.name = tagged)),
      ['warn /name language_tagged'],
    );
    t.same(
      findingsAfter((badge) => (badge.name = { en: 'Bread' })),
      ['warn /name language_map'],
    );
    const inner = '/credentialSubject/achievement/name';
    t.same(
      findingsAfter((badge) => (badge.credentialSubject.achievement.name = tagged)),
      [`fail ${inner} text_expected`],
    );
    t.same(
      findingsAfter((badge) => (badge.credentialSubject.achievement.name = { en: 'Bread' })),
      [`warn ${inner} language_map`],
    );
  },
);

void t.test('classes without further members refuse them; the others allow them', async (t) => {
  t.same(
    findingsAfter((badge) => (badge.image = { id: 'https://a.example/i.png', type: 'Image', width: 1 })),
    ['fail /image/width member_unknown'],
  );
  t.same(
    findingsAfter((badge) => (badge.credentialSubject.achievement.colour = 'brown')),
    [],
  );
});

void t.test('property: no JSON crashes the check, whatever stands where', async () => {
  const places: ((badge: Json, value: unknown) => void)[] = [
    (badge, value) => (badge.credentialSubject = value),
    (badge, value) => (badge.credentialSubject.achievement = value),
    (badge, value) => (badge.credentialSubject.result = value),
    (badge, value) => (badge.credentialSubject.identifier = value),
    (badge, value) => (badge.issuer = value),
    (badge, value) => (badge.endorsement = value),
    (badge, value) =>
      (badge.credentialStatus = { type: 'BitstringStatusListEntry', statusMessage: value, statusSize: value }),
    (badge, value) => (badge.relatedResource = value),
    (badge, value) => (badge['@context'] = value),
    (badge, value) => (badge.type = value),
  ];
  fc.assert(
    fc.property(fc.constantFrom(...places), fc.jsonValue({ maxDepth: 3 }), (put, value) => {
      const badge = exampleBadge();
      put(badge, value);
      return Array.isArray(findingsOf(badge));
    }),
    { numRuns: 500 },
  );
});
