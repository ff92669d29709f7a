import t from 'tap';
import fc from 'fast-check';
import { crc32, deflateSync } from 'node:zlib';
import { bakePng, unbakePng } from '../../../src/openbadges/baking/png.ts';
import { exampleBadge } from '../example-badge.ts';

const TEXT = JSON.stringify(exampleBadge());
const JWS = 'eyJhbGciOiJSUzI1NiJ9.e30.c2ln';

function chunk(type: string, body: Buffer): Buffer {
  const head = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(body.length);
  checksum.writeUInt32BE(crc32(head));
  return Buffer.concat([length, head, checksum]);
}

const HEADER = chunk('IHDR', Buffer.from('00000001000000010800000000', 'hex'));
const PIXELS = chunk('IDAT', deflateSync(Buffer.from([0, 0])));
const END = chunk('IEND', Buffer.alloc(0));
const png = (...chunks: Buffer[]): Buffer =>
  Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), HEADER, ...chunks, END]);
const PLAIN = png(PIXELS);

const iTXt = (keyword: string, text: string, flag = 0): Buffer =>
  chunk(
    'iTXt',
    Buffer.concat([
      Buffer.from(`${keyword}\0${String.fromCharCode(flag)}\0en\0key\0`, 'latin1'),
      flag ? deflateSync(text) : Buffer.from(text),
    ]),
  );
const MALFORMED = { code: 'ERR_OB_IMAGE_MALFORMED' };

void t.test(
  'the chunk is as the standard writes it: iTXt, its keyword, uncompressed, nothing else, a right checksum',
  async (t) => {
    const baked = bakePng(PLAIN, JWS);
    const expected = chunk('iTXt', Buffer.from(`openbadgecredential\0\0\0\0\0${JWS}`, 'latin1'));
    t.ok(baked.equals(png(expected, PIXELS)), 'before the pixels, and the rest untouched');
  },
);

void t.test('property: bake then unbake is the identity, in any script', async () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.string({ unit: 'binary' })), (members) => {
      const text = JSON.stringify({ ...members, id: 'urn:uuid:1' });
      return unbakePng(bakePng(PLAIN, text)).text === text;
    }),
  );
});

void t.test('a picture is never baked twice, whichever standard baked it before', async (t) => {
  t.throws(() => bakePng(bakePng(PLAIN, TEXT), TEXT), { code: 'ERR_OB_IMAGE_BAKED' });
  t.throws(() => bakePng(png(chunk('tEXt', Buffer.from('openbadges\0https://example.org/1')), PIXELS), TEXT), {
    code: 'ERR_OB_IMAGE_BAKED',
  });
});

void t.test('only a whole PNG and only a badge are baked', async (t) => {
  t.throws(() => bakePng(PLAIN, 'hello'), MALFORMED);
  t.throws(() => bakePng(Buffer.from('GIF89a'), TEXT), MALFORMED);
  t.throws(() => bakePng(PLAIN.subarray(0, PLAIN.length - 12), TEXT), MALFORMED, 'no end');
});

void t.test('the first chunk counts, before or after the pixels', async (t) => {
  t.same(unbakePng(png(PIXELS, iTXt('openbadgecredential', JWS), iTXt('openbadgecredential', 'x.y.z'))), {
    text: JWS,
    standard: 'ob3',
  });
});

void t.test('Open Badges 3 goes before CLR 2 before Open Badges 2, wherever they stand', async (t) => {
  const [old, clr, now] = [
    iTXt('openbadges', '{"o":2}'),
    iTXt('clrcredential', '{"c":2}'),
    iTXt('openbadgecredential', '{"o":3}'),
  ];
  t.same(unbakePng(png(old, clr, now)), { text: '{"o":3}', standard: 'ob3' });
  t.same(unbakePng(png(old, clr)), { text: '{"c":2}', standard: 'clr2' });
  t.same(unbakePng(png(old)), { text: '{"o":2}', standard: 'ob2' });
});

void t.test('a compressed text is read and remarked on; a bomb is not unfolded', async (t) => {
  t.match(unbakePng(png(iTXt('openbadgecredential', TEXT, 1))), { text: TEXT, remark: /compressed/ });
  t.throws(() => unbakePng(png(iTXt('openbadgecredential', 'x'.repeat(40_000_000), 1))), MALFORMED);
});

void t.test('old plain chunks hold badges of Open Badges 2 only', async (t) => {
  const url = 'https://example.org/assertions/1';
  t.same(unbakePng(png(chunk('tEXt', Buffer.from(`openbadges\0${url}`)))), { text: url, standard: 'ob2' });
  const packed = Buffer.concat([Buffer.from('openbadges\0\0'), deflateSync(url)]);
  t.same(unbakePng(png(chunk('zTXt', packed))), { text: url, standard: 'ob2' });
  t.throws(() => unbakePng(png(chunk('tEXt', Buffer.from(`openbadgecredential\0${TEXT}`)))), {
    code: 'ERR_OB_IMAGE_EMPTY',
    message: /iTXt/,
  });
});

void t.test('a picture without a badge says so, and that apps strip them', async (t) => {
  t.throws(() => unbakePng(PLAIN), { code: 'ERR_OB_IMAGE_EMPTY', message: /original file/ });
});

void t.test('wrong lengths, checksums, headers and text are malformed', async (t) => {
  const baked = bakePng(PLAIN, TEXT);
  const flipped = Buffer.from(baked);
  flipped[100]! ^= 1;
  const long = Buffer.from(baked);
  long.writeUInt32BE(0xffff_fff0, 33);
  for (const bad of [Buffer.alloc(0), Buffer.from('x'), flipped, long, baked.subarray(0, 60), baked.subarray(0, 38)])
    t.throws(() => unbakePng(bad), MALFORMED);
  t.throws(() => unbakePng(Buffer.concat([PLAIN.subarray(0, 8), END])), MALFORMED, 'no header');
  t.throws(() => unbakePng(png(chunk('iTXt', Buffer.from('openbadgecredential\0\0\0no-more', 'latin1')))), MALFORMED);
  const notUtf8 = Buffer.concat([Buffer.from('openbadgecredential\0\0\0\0\0', 'latin1'), Buffer.from([0xff, 0xfe])]);
  t.throws(() => unbakePng(png(chunk('iTXt', notUtf8))), MALFORMED);
});

void t.test('property: whatever is done to the bytes, the answer is a text or a named fault', async () => {
  const baked = bakePng(PLAIN, TEXT);
  fc.assert(
    fc.property(fc.nat(baked.length - 1), fc.nat(255), fc.nat(baked.length), (at, byte, end) => {
      const broken = Buffer.from(baked.subarray(0, Math.max(end, at + 1)));
      broken[at] = byte;
      try {
        return unbakePng(broken).text === TEXT;
      } catch (error) {
        return String((error as { code?: string }).code).startsWith('ERR_OB_IMAGE_');
      }
    }),
    { numRuns: 500 },
  );
});
