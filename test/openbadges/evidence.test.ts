import t from 'tap';
import { findingsAfter } from './example-badge.ts';

void t.test('evidence has a type; everything else is a choice', async (t) => {
  t.same(
    findingsAfter((badge) => (badge.evidence = [{ type: ['Evidence', 'https://w3id.org/openbadges#Assertion'] }])),
    [],
  );
  t.same(
    findingsAfter((badge) => (badge.evidence = [{ id: 'https://a.example/1' }])),
    ['fail /evidence/0/type member_missing'],
  );
});

void t.test('its members are texts, its id a URI', async (t) => {
  const found = findingsAfter(
    (badge) => (badge.evidence = [{ type: ['Evidence'], id: 'loaf', genre: 7, narrative: ['x'] }]),
  );
  t.same(found, [
    'fail /evidence/0/id uri_malformed',
    'fail /evidence/0/narrative text_expected',
    'fail /evidence/0/genre text_expected',
  ]);
});
