import t from 'tap';
import fc from 'fast-check';
import { bakeSvg, unbakeSvg } from '../../../src/openbadges/baking/svg.ts';
import { exampleBadge } from '../example-badge.ts';

const SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><circle r="1"/></svg>';
const JWS = 'eyJhbGciOiJSUzI1NiJ9.e30.c2ln';
const TEXT = JSON.stringify(exampleBadge());
const MALFORMED = { code: 'ERR_OB_IMAGE_MALFORMED' };

void t.test('a JWS stands in verify, JSON in CDATA, directly after the svg tag, the rest untouched', async (t) => {
  t.equal(
    bakeSvg(SVG, JWS),
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1" xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"><openbadges:credential verify="${JWS}"/><circle r="1"/></svg>`,
  );
  t.match(bakeSvg(SVG, TEXT), `<openbadges:credential><![CDATA[${TEXT}]]></openbadges:credential><circle`);
});

void t.test('a self-closing svg, a declaration before it and a prefix in use are kept in order', async (t) => {
  const empty = bakeSvg('<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" />', JWS);
  t.match(empty, /^<\?xml version="1.0"\?>\n<svg xmlns="http:\/\/www.w3.org\/2000\/svg" xmlns:openbadges=".*<\/svg>$/);
  t.equal(unbakeSvg(empty).text, JWS);
  const taken = bakeSvg('<s:svg xmlns:s="http://www.w3.org/2000/svg" xmlns:openbadges="urn:other"/>', JWS);
  t.match(taken, /xmlns:openbadges="urn:other"><openbadges:credential xmlns:openbadges="https:\/\/purl/);
  t.equal(unbakeSvg(taken).text, JWS);
  const declared = '<svg xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"></svg>';
  t.equal(bakeSvg(declared, JWS).match(/xmlns:openbadges/g)?.length, 1);
});

void t.test('property: bake then unbake is the identity, "]]>" and any script included', async () => {
  const texts = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom(']]>', ']]]]>>', '<![CDATA[', '&lt;', '</svg>', '\r\n'),
  );
  fc.assert(
    fc.property(fc.array(texts), (values) => {
      const text = JSON.stringify({ values });
      return unbakeSvg(bakeSvg(SVG, text)).text === text;
    }),
  );
});

void t.test('characters that XML cannot hold become JSON escapes: the same JSON', async (t) => {
  const text = `{"a":"x\uffff\ud800y"}`;
  const unbaked = unbakeSvg(bakeSvg(SVG, text)).text;
  t.equal(unbaked, '{"a":"x\\uffff\\ud800y"}');
  t.same(JSON.parse(unbaked), JSON.parse(text));
});

void t.test('a picture is never baked twice, and only an SVG and a badge are baked', async (t) => {
  t.throws(() => bakeSvg(bakeSvg(SVG, TEXT), TEXT), { code: 'ERR_OB_IMAGE_BAKED' });
  const old = '<svg xmlns:o="http://openbadges.org"><o:assertion verify="https://example.org/1"/></svg>';
  t.throws(() => bakeSvg(old, TEXT), { code: 'ERR_OB_IMAGE_BAKED' });
  t.throws(() => bakeSvg(SVG, '"><script/>'), MALFORMED);
  for (const bad of ['', 'text', '<html></html>', '<svg>', '<svg></g>'])
    t.throws(() => bakeSvg(bad, TEXT), MALFORMED, bad);
});

void t.test('others’ badges are found by namespace, whatever the prefix, the blanks or the escapes', async (t) => {
  const wrap = (badge: string): string =>
    `<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/x.dtd"><svg>${badge}</svg>`;
  const json = '{"a":"<&>"}';
  const at = 'xmlns:b="https://purl.imsglobal.org/ob/v3p0"';
  for (const badge of [
    `<b:credential ${at}>\n <![CDATA[\n${json}\n]]>\n</b:credential>`,
    `<b:credential ${at}>{&quot;a&quot;:&quot;&lt;&amp;&gt;&#34;}</b:credential>`,
    `<g><credential xmlns="https://purl.imsglobal.org/ob/v3p0"><![CDATA[${json}]]></credential></g>`,
  ])
    t.same(unbakeSvg(wrap(badge)), { text: json, standard: 'ob3' });
  t.throws(() => unbakeSvg(wrap('<b:credential xmlns:b="urn:other" verify="a.b.c"/>')), { code: 'ERR_OB_IMAGE_EMPTY' });
  t.throws(() => unbakeSvg(wrap(`<b:credential ${at}/>`)), { code: 'ERR_OB_IMAGE_EMPTY' });
});

void t.test('the first badge counts; Open Badges 3 goes before CLR 2 before Open Badges 2', async (t) => {
  const ob3 = '<b:credential xmlns:b="https://purl.imsglobal.org/ob/v3p0" verify="a.b.c"/>';
  const clr2 = '<b:credential xmlns:b="https://purl.imsglobal.org/clr/v2p0" verify="d.e.f"/>';
  const ob2 =
    '<b:assertion xmlns:b="http://openbadges.org" verify="https://example.org/1"><![CDATA[{"o":2}]]></b:assertion>';
  t.same(unbakeSvg(`<svg>${ob2}${clr2}${ob3}${ob3.replace('a.b.c', 'g.h.i')}</svg>`), {
    text: 'a.b.c',
    standard: 'ob3',
  });
  t.same(unbakeSvg(`<svg>${ob2}${clr2}</svg>`), { text: 'd.e.f', standard: 'clr2' });
  t.same(unbakeSvg(`<svg>${ob2}</svg>`), { text: '{"o":2}', standard: 'ob2' });
  t.same(unbakeSvg(`<svg>${ob2.replace('https://example.org/1', 'a.b.c')}</svg>`), { text: 'a.b.c', standard: 'ob2' });
  t.same(unbakeSvg(`<svg>${ob2.replace(/>.*</, '><')}</svg>`), { text: 'https://example.org/1', standard: 'ob2' });
});

void t.test('no entity is expanded: the billion laughs end in a refusal', async (t) => {
  const bomb = `<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><svg xmlns:o="https://purl.imsglobal.org/ob/v3p0"><o:credential>&b;</o:credential></svg>`;
  t.throws(() => unbakeSvg(bomb), MALFORMED);
  const outside = `<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg xmlns:o="https://purl.imsglobal.org/ob/v3p0"><o:credential verify="&x;"/></svg>`;
  t.throws(() => unbakeSvg(outside), MALFORMED);
});
