// One text for one run of bytes: every other text is refused.
import t from 'tap';
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { base58 } from '@scure/base';
import {
  decodeBase58btc,
  decodeBase64url,
  decodeMultibaseBase64url,
  encodeBase58btc,
  encodeBase64url,
} from '../../src/openbadges/multibase.ts';

const refused = { code: 'ERR_OB_ENCODING' };

void t.test('bytes come back as they went', async (t) => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      t.same(Buffer.from(decodeBase58btc(encodeBase58btc(bytes))), Buffer.from(bytes));
      t.same(Buffer.from(decodeBase64url(encodeBase64url(bytes))), Buffer.from(bytes));
      t.same(Buffer.from(decodeMultibaseBase64url(`u${encodeBase64url(bytes)}`)), Buffer.from(bytes));
    }),
    { numRuns: 30 },
  );
});

void t.test('base58btc is that of the library, leading zeros of any number included', async (t) => {
  fc.assert(
    fc.property(fc.nat({ max: 5 }), fc.uint8Array({ maxLength: 130 }), (zeros, bytes) => {
      const all = Uint8Array.of(...Array<number>(zeros).fill(0), ...bytes);
      assert.equal(encodeBase58btc(all), `z${base58.encode(all)}`);
    }),
    { numRuns: 500 },
  );
  t.pass();
});

void t.test('base64url with padding, foreign letters or left-over bits is refused', async (t) => {
  t.same(Buffer.from(decodeBase64url('AQ')), Buffer.of(1));
  for (const text of ['AQ==', 'AR', 'A', 'A+8', 'A/8', 'A Q', 'AQ\n'])
    t.throws(() => decodeBase64url(text), refused, text);
  t.throws(() => decodeMultibaseBase64url('AQ'), refused);
  t.throws(() => decodeMultibaseBase64url('UAQ'), refused);
});

void t.test('base58btc has its header, its letters and an end', async (t) => {
  for (const text of ['', '6Mk', 'z0', 'zO', 'zI', 'zl', 'z 1', 'Zabc', 'uAQ'])
    t.throws(() => decodeBase58btc(text), refused, text);
  t.throws(() => decodeBase58btc('z' + '2'.repeat(5000)), refused);
});
