// QR codes that a reader reads.
import { Resvg } from '@resvg/resvg-js';
import decodeQR from 'qr/decode.js';
import t from 'tap';
import { qrCodeOf, qrSvg } from '../../src/pages/qr-code.ts';

const address = 'https://badges.example.org/credentials/7d0f2c1e-4f43-4d34-8a54-0b6f4d1f5c11';

await t.test('what is read is the address', async (t) => {
  const { width, height, pixels } = new Resvg(qrSvg(address)).render();
  t.equal(decodeQR({ width, height, data: new Uint8Array(pixels) }), address);
});

await t.test('the picture has its light border and is small', async (t) => {
  const { modules, path } = qrCodeOf(address);
  t.match(qrSvg(address), `viewBox="0 0 ${modules + 8} ${modules + 8}"`);
  t.ok(path.startsWith('M0 0h7v1h-7z'), 'the finder in the corner');
  t.ok(qrSvg(address).length < 12_000);
});
