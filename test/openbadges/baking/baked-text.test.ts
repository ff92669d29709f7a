import t from 'tap';
import { bakedForm, isCompactJws, MOST_TEXT_BYTES } from '../../../src/openbadges/baking/baked-text.ts';

void t.test('a JSON document and a compact JWS are told apart', async (t) => {
  t.equal(bakedForm('{"id":"urn:uuid:1"}'), 'json');
  t.equal(bakedForm('eyJhbGciOiJSUzI1NiJ9.e30.c2ln'), 'jws');
  t.ok(isCompactJws('eyJhbGciOiJSUzI1NiJ9..c2ln'), 'a detached payload is still of that form');
});

void t.test('nothing else is baked: no URL, no list, no blanks around, nothing endless', async (t) => {
  for (const bad of [
    '',
    'https://example.org/1.json',
    '[]',
    ' {} ',
    '{"a":1}\n',
    'a.b',
    'a.b.c.d',
    '{'.padEnd(MOST_TEXT_BYTES, ' ') + '}',
  ])
    t.throws(() => bakedForm(bad), { code: 'ERR_OB_IMAGE_MALFORMED' }, bad.slice(0, 30));
});
