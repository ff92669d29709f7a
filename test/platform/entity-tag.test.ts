// Entity tags, as RFC 9110 compares them.
import t from 'tap';
import { etagOf, hasAlready } from '../../src/platform/entity-tag.ts';

void t.test('the same bytes have the same tag', async (t) => {
  t.equal(etagOf('a'), etagOf(Buffer.from('a')));
  t.not(etagOf('a'), etagOf('b'));
  t.match(etagOf('a'), /^"[\w-]{27}"$/);
});

void t.test('a tag is known among others, as a proxy weakened it, and by the star', async (t) => {
  for (const known of ['"b"', 'W/"b"', '"a", "b"', '"a",W/"b" ', '*']) t.ok(hasAlready(known, '"b"'), known);
  for (const other of [undefined, '', '"a"', 'b', '"bb"', 'W/"a"']) t.notOk(hasAlready(other, '"b"'), String(other));
});
