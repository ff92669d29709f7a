// The picture of link previews: 1200 by 630, with the state of the moment.
import t from 'tap';
import { drawPreview, renderPreview } from '../../src/pages/preview-picture.ts';
import { findAwardable } from '../../src/tracks/catalogue.ts';

const content = {
  awardable: findAwardable('core/commons')!,
  state: 'valid' as const,
  stateTitle: 'Valid',
  issuerName: 'Example Commons',
  recipientName: 'Ada Example',
  day: '4 March 2026',
  direction: 'ltr' as const,
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
  t.match(revoked, /opacity="\.35"/);
  t.match(revoked, /fill="#a01c1c" d="M0 0h1200v14H0z"/);
  t.not(renderPreview({ ...content, state: 'revoked', stateTitle: 'Revoked' }).equals(renderPreview(content)), true);
});

await t.test('a hostile name is outlines alone, and a long one is clipped', async (t) => {
  t.notMatch(drawPreview({ ...content, recipientName: '</text><script>&\u0000' }), /<script|\u0000/);
  const long = (name: string) => drawPreview({ ...content, recipientName: name });
  t.equal(long(`${'Maria '.repeat(200)}X`), long(`${'Maria '.repeat(200)}Y`), 'its end is left out');
});

await t.test('a name that no font has is left out', async (t) => {
  t.equal(drawPreview({ ...content, recipientName: 'สมชาย' }), drawPreview({ ...content, recipientName: undefined }));
});

await t.test('in a language from right to left the whole picture runs so', async (t) => {
  const arabic = { ...content, stateTitle: 'سارية', day: '4 مارس 2026', direction: 'rtl' as const };
  t.match(drawPreview(content), /<svg x="70" y="95"/);
  t.match(drawPreview(arabic), /<svg x="690" y="95"/);
  t.not(drawPreview(arabic), drawPreview({ ...arabic, direction: 'ltr' }));
});

await t.test('a long name stands on two lines, both of its own size', async (t) => {
  const name = 'María José Fernández-Núñez de la Vega y Castro';
  const baselines = (svg: string) =>
    new Set([...svg.matchAll(/translate\([\d.]+ ([\d.]+)\)" fill/g)].map(([, y]) => y));
  const [short, long] = [content, { ...content, recipientName: name }].map((one) => baselines(drawPreview(one)).size);
  t.equal(long, short! + 1);
});
