// The badge that is attached to a PDF is found, and where there is none or there are two, that is said.
import t from 'tap';
import { deflateSync } from 'node:zlib';
import { isPdf, unbakePdf } from '../../../src/openbadges/baking/pdf.ts';

const json = '{"@context":["https://www.w3.org/ns/credentials/v2"],"id":"urn:1"}';

interface Attached {
  bytes: Buffer;
  filter?: string;
  length?: string;
  line?: string;
}

/** A PDF with streams attached; no reader of pages would take it, and none has to. */
function pdf(...attached: Attached[]): Buffer {
  const objects = attached.map(({ bytes, filter = '/Filter /FlateDecode', length, line = '\n' }, n) =>
    Buffer.concat([
      Buffer.from(
        `${n + 1} 0 obj\n<< /Type /EmbeddedFile /Subtype /application#2Fvc\n/Length ${length ?? bytes.length} ${filter} >>\nstream${line}`,
      ),
      bytes,
      Buffer.from('\nendstream\nendobj\n'),
    ]),
  );
  return Buffer.concat([Buffer.from('%PDF-1.7\n'), ...objects, Buffer.from('<< /EmbeddedFiles 9 0 R >>\n%%EOF')]);
}
const packed = (text: string): Attached => ({ bytes: deflateSync(Buffer.from(text)) });

void t.test('packed or plain, with its length or one that is kept elsewhere', (t) => {
  for (const one of [
    packed(json),
    { ...packed(json), filter: '/Filter [ /FlateDecode ]' },
    { bytes: Buffer.from(json), filter: '' },
    { ...packed(json), line: '\r\n' },
    { bytes: Buffer.from(json), filter: '', length: '9 0 R' },
  ])
    t.match(unbakePdf(pdf(one)), { text: json, standard: 'ob3', remark: /pages of the PDF was not checked/ });
  t.equal(unbakePdf(pdf(packed('eyJh.eyJi.c2ln'))).text, 'eyJh.eyJi.c2ln');
  t.equal(unbakePdf(pdf(packed('<invoice/>'), packed('{"a":1}'), packed(json), packed(json))).text, json);
  t.end();
});

void t.test('without a badge, with two, broken or hostile: named, never thrown otherwise', (t) => {
  const empty = { code: 'ERR_OB_IMAGE_EMPTY', message: /No badge is attached/ };
  for (const one of [
    Buffer.from('%PDF-1.7\n%%EOF'),
    pdf(packed('{"a":1}')),
    pdf({ bytes: Buffer.from('no zlib') }),
    pdf({ ...packed(json), filter: '/Filter /Crypt' }),
    pdf({ ...packed(json), length: '999999' }),
    pdf(packed(json)).subarray(0, 120),
    pdf({ bytes: deflateSync(Buffer.alloc(3_000_000, 0x20)) }),
    Buffer.from(`%PDF-1.7 ${'/EmbeddedFile '.repeat(1000)}`),
  ])
    t.throws(() => unbakePdf(one), empty);
  t.throws(() => unbakePdf(pdf(packed(json), packed(json.replace('urn:1', 'urn:2')))), {
    code: 'ERR_OB_IMAGE_MALFORMED',
    message: /Several badges/,
  });
  t.equal(isPdf(Buffer.from('%PDF-1.4')), true);
  t.equal(isPdf(Buffer.from('PDF')), false);
  t.end();
});
