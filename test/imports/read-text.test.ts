// Bytes as text: counted, bounded, UTF-8.
import fc from 'fast-check';
import t from 'tap';
import { readText, tooLarge } from '../../src/imports/read-text.ts';
import { pieces } from './streams.ts';

async function read(chunks: Uint8Array[], max = 1000): Promise<{ text: string; bytes: number }> {
  const received = { bytes: 0 };
  let text = '';
  for await (const piece of readText(pieces(...chunks), max, received)) text += piece;
  return { text, bytes: received.bytes };
}

await t.test('whatever the pieces, the text is the same', async (t) => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 7 }), async (text, size) => {
      const bytes = Buffer.from(text.replace(/^\ufeff/, ''));
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, n) =>
        bytes.subarray(n * size, (n + 1) * size),
      );
      const got = await read(chunks, 100_000);
      t.equal(got.text, bytes.toString());
      t.equal(got.bytes, bytes.length);
    }),
    { numRuns: 200 },
  );
});

await t.test('a byte order mark is left out', async (t) => {
  t.equal((await read([Buffer.from([0xef, 0xbb]), Buffer.from([0xbf, 0x61])])).text, 'a');
});

await t.test('another encoding is refused, also when it shows at the end', async (t) => {
  await t.rejects(read([Buffer.from('Zoë', 'latin1'), Buffer.from('x')]), { code: 'not_utf8', status: 422 });
  await t.rejects(read([Buffer.from('Zoë', 'latin1')]), { code: 'not_utf8' });
  await t.rejects(read([Buffer.from('id', 'utf16le'), Buffer.from([0xff])]), { code: 'not_utf8' });
});

await t.test('a file may have as many bytes as is allowed, and not one more', async (t) => {
  t.equal((await read([Buffer.from('abc'), Buffer.from('de')], 5)).bytes, 5);
  await t.rejects(read([Buffer.from('abc'), Buffer.from('de')], 4), { code: 'import_too_large', status: 413 });
  t.match(tooLarge(4).headers, { connection: 'close' }, 'the rest is not waited for');
});
