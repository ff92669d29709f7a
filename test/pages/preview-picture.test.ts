// The picture of link previews: 1200 by 630, with the state of the moment.
import t from 'tap';
import { breakLines, drawPreview, renderPreview } from '../../src/pages/preview-picture.ts';
import { findAwardable } from '../../src/tracks/catalogue.ts';

const content = {
  awardable: findAwardable('core/commons')!,
  state: 'valid' as const,
  stateTitle: 'Valid',
  issuerName: 'Example Commons',
  recipientName: 'Ada Example',
  day: '4 March 2026',
};

await t.test('it is a PNG of 1200 by 630, made once', async (t) => {
  const png = renderPreview(content);
  t.equal(png.subarray(1, 4).toString(), 'PNG');
  t.equal(png.readUInt32BE(16), 1200);
  t.equal(png.readUInt32BE(20), 630);
  t.equal(renderPreview(content), png);
});

await t.test('a badge that was revoked looks so', async (t) => {
  const revoked = drawPreview({ ...content, state: 'revoked', stateTitle: 'Revoked' });
  t.match(revoked, />Revoked</);
  t.match(revoked, /opacity="\.35"/);
  t.not(renderPreview({ ...content, state: 'revoked', stateTitle: 'Revoked' }).equals(renderPreview(content)), true);
});

await t.test('a hostile name is text, and a long one is clipped', async (t) => {
  t.notMatch(drawPreview({ ...content, recipientName: '</text><script>&\u0000' }), /<script|\u0000/);
  t.same(breakLines('one two three four five', 7, 2), ['one two', 'three…']);
  t.same(breakLines('x'.repeat(40), 10, 2), [`${'x'.repeat(10)}…`]);
  t.same(breakLines('', 10, 2), []);
});
