import t from 'tap';
import fc from 'fast-check';
import { contentOf, decodeEntities, startTagsOf } from '../../../src/openbadges/baking/xml-scan.ts';

const tags = (text: string): string[] => [...startTagsOf(text)].map((tag) => `{${tag.namespace}}${tag.localName}`);
const MALFORMED = { code: 'ERR_OB_IMAGE_MALFORMED' };

void t.test('namespaces follow the tree: inner declarations end with their element', async (t) => {
  t.same(tags('<a xmlns="urn:1" xmlns:p="urn:2"><p:b xmlns:p="urn:3"><p:c/></p:b><p:d/><e xmlns=""/></a>'), [
    '{urn:1}a',
    '{urn:3}b',
    '{urn:3}c',
    '{urn:2}d',
    '{}e',
  ]);
});

void t.test('comments, CDATA, instructions and document types hide what looks like tags', async (t) => {
  t.same(
    tags(
      `<?xml version="1.0"?><!DOCTYPE svg PUBLIC "x>" 'y' [<!ENTITY a "<b>]>"><!-- ]><c> -->]><svg><!-- <d> --><![CDATA[<e>]]></svg>`,
    ),
    ['{}svg'],
  );
});

void t.test('attributes are read with either quote and any blanks', async (t) => {
  const [tag] = startTagsOf(`<a  b = "1>2"\n c='"' />`);
  t.same(
    [...tag!.attributes],
    [
      ['b', '1>2'],
      ['c', '"'],
    ],
  );
  t.ok(tag!.selfClosing);
});

void t.test('only the five entities of XML and characters are expanded', async (t) => {
  t.equal(decodeEntities('&lt;&gt;&amp;&quot;&apos;&#65;&#x1F600;'), `<>&"'A😀`);
  for (const bad of ['&nbsp;', '&x;', '& ', '&', '&#0;', '&#xD800;', '&#x110000;', '&__proto__;', '&constructor;'])
    t.throws(() => decodeEntities(bad), MALFORMED, bad);
});

void t.test('content is text and CDATA joined; elements inside are refused', async (t) => {
  const read = (text: string): string => contentOf(text, [...startTagsOf(text)][0]!);
  t.equal(read('<a>1&lt;<![CDATA[2<]]>3<!-- no --><?no?></a>'), '1<2<3');
  t.equal(read('<a/>'), '');
  t.throws(() => read('<a><b/></a>'), MALFORMED);
});

void t.test('what is not well formed is refused', async (t) => {
  for (const bad of [
    '<a>',
    '<a></b>',
    '</a>',
    '<a b>',
    '<a b=c>',
    '<a b="1" b="2"/>',
    '<a b="',
    '<',
    '< a>',
    '<a / >',
    '<!-- ',
    '<![CDATA[',
    '<!DOCTYPE [',
    '<?x',
  ])
    t.throws(() => tags(bad), MALFORMED, bad);
});

void t.test('a document nested or filled beyond all drawings is refused', async (t) => {
  t.throws(() => tags('<a>'.repeat(101)), MALFORMED);
  t.throws(() => tags(`<r>${'<a/>'.repeat(200_001)}</r>`), MALFORMED);
  const attributes = Array.from({ length: 600 }, (_, position) => ` a${position}=""`).join('');
  t.throws(() => tags(`<a${attributes}/>`), MALFORMED);
});

void t.test('property: no text makes it crash', async () => {
  const pieces = fc.constantFrom(
    '<',
    '>',
    '/',
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
    '<!DOCTYPE',
    '[',
    ']',
    'a',
    ':',
    '=',
    '"',
    "'",
    ' ',
    '&',
    ';',
    '?',
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
      try {
        return tags(parts.join('')).length >= 0;
      } catch (error) {
        return (error as { code?: string }).code === 'ERR_OB_IMAGE_MALFORMED';
      }
    }),
    { numRuns: 2000 },
  );
});
