// What was handed in is told from its bytes.
import t from 'tap';
import { deflateSync, crc32 } from 'node:zlib';
import { bakePng } from '../../src/openbadges/baking/png.ts';
import { bakeSvg } from '../../src/openbadges/baking/svg.ts';
import { MOST_SUBMISSION_BYTES, readSubmission } from '../../src/openbadges/submission.ts';

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}
const header = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
const png = Buffer.concat([
  Buffer.from('89504e470d0a1a0a', 'hex'),
  chunk('IHDR', header),
  chunk('IDAT', deflateSync(Buffer.from([0, 0]))),
  chunk('IEND', Buffer.alloc(0)),
]);
const svg = '<svg xmlns="http://www.w3.org/2000/svg"><rect/></svg>';
const json = '{"@context":[],"id":"urn:1"}';

void t.test('JSON, JWS, URL, PNG and SVG, as bytes and as text', async (t) => {
  t.strictSame(readSubmission(Buffer.from(`\ufeff ${json}`)), { carrier: 'json', text: json });
  t.match(readSubmission('eyJh.eyJi.c2ln\n'), { carrier: 'jws' });
  t.match(readSubmission(' https://a.example/badge '), { carrier: 'url', url: 'https://a.example/badge' });
  t.match(readSubmission(bakePng(png, json)), { carrier: 'png', text: json });
  t.match(readSubmission(bakeSvg(svg, json)), { carrier: 'svg', text: json });
  t.match(readSubmission(`data:image/png;base64,${bakePng(png, json).toString('base64')}`), {
    carrier: 'png',
    text: json,
  });
  t.match(readSubmission(`data:image/svg+xml,${encodeURIComponent(bakeSvg(svg, json))}`), { carrier: 'svg' });
});

void t.test('pictures without a badge, other bytes and nonsense', async (t) => {
  t.match(readSubmission(png), { carrier: undefined, fault: 'picture_without_badge' });
  t.match(readSubmission(svg), { carrier: undefined, fault: 'picture_without_badge' });
  t.match(readSubmission(Buffer.from([0xff, 0xfe, 0x00])), { fault: 'not_utf8' });
  for (const text of ['', 'hello world', 'data:image/gif;base64,AA'])
    t.match(readSubmission(text), { fault: 'not_recognised' });
  t.match(readSubmission(Buffer.alloc(MOST_SUBMISSION_BYTES + 1)), { fault: 'too_large' });
  t.match(readSubmission(png.subarray(0, 20)), { carrier: undefined });
});

void t.test('what people bring in place of a badge is named, with what to bring', async (t) => {
  const page = '<!doctype html><html><head></head></html>';
  for (const [input, fault, remedy] of [
    [Buffer.from('PK\x03\x04rest'), 'archive', /Unpack/],
    [Buffer.from('ffd8ffe000104a46', 'hex'), 'picture_of_other_kind', /original file/],
    [Buffer.from('GIF89a'), 'picture_of_other_kind', /link/],
    [Buffer.from('RIFF\0\0\0\0WEBPVP8 '), 'picture_of_other_kind', /link/],
    [Buffer.from('\0\0\0\x18ftypheic', 'latin1'), 'picture_of_other_kind', /link/],
    [Buffer.from('%PDF-1.7\n%%EOF'), 'pdf_without_badge', /original file/],
    [page, 'page_source', /link of the page/],
    ['https://a.example/1 https://a.example/2', 'several_addresses', /alone/],
    ['Dear Sir or Madam', 'not_recognised', /Paste the link/],
  ] as [Buffer | string, string, RegExp][])
    t.match(readSubmission(input), { carrier: undefined, fault, sentence: remedy }, fault);
  t.match(readSubmission('"https://a.example/1"'), { carrier: 'url', url: 'https://a.example/1' });
  t.match(readSubmission('<https://a.example/1>'), { carrier: 'url', url: 'https://a.example/1' });
});

void t.test('a badge is taken out of what mail programs, chats and word processors put around it', async (t) => {
  for (const text of [`My badge:\n${json}\nAda`, `\`\`\`json\n${json}\n\`\`\``, JSON.stringify(json)])
    t.match(readSubmission(text), { carrier: 'json', text: json }, text);
  t.match(readSubmission('eyJh\n.eyJi\r\n .c2ln'), { carrier: 'jws', text: 'eyJh.eyJi.c2ln' });
  t.match(readSubmission('"eyJh.eyJi.c2ln"'), { carrier: 'jws', text: 'eyJh.eyJi.c2ln' });
  t.match(readSubmission('{"a":1} and {"b":2}'), { carrier: 'json' }, 'and what is broken stays so for its reader');
  t.match(readSubmission('some {braces} and words'), { fault: 'not_recognised' });
});
