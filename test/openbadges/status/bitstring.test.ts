import t from 'tap';
import fc from 'fast-check';
import { gunzipSync, gzipSync } from 'node:zlib';
import { decodeBitstring, encodeBitstring } from '../../../src/openbadges/status/bitstring.ts';

const pack = (bytes: Uint8Array): string => `u${gzipSync(bytes).toString('base64url')}`;

void t.test('the empty list of the Recommendation is read as 131,072 zeros', async (t) => {
  const bits = decodeBitstring('uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA');
  t.equal(bits.lengthBits, 131_072);
  t.equal(bits.get(0), 0);
  t.equal(bits.get(131_071), 0);
});

void t.test('index 0 is the left-most bit of the first byte', async (t) => {
  const bytes = gunzipSync(Buffer.from(encodeBitstring([0, 15]).slice(1), 'base64url'));
  t.equal(bytes[0], 0b1000_0000);
  t.equal(bytes[1], 0b0000_0001);
  t.equal(bytes.length, 16_384);
});

void t.test('property: the bits that were set are read, and no others', async () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 131_071 }), { maxLength: 50 }), (indexes) => {
      const bits = decodeBitstring(encodeBitstring(indexes));
      const probe = [...indexes, ...indexes.map((index) => (index + 1) % 131_072)];
      return probe.every((index) => bits.get(index) === (indexes.includes(index) ? 1 : 0));
    }),
    { numRuns: 30 },
  );
});

void t.test('the same list is the same text', async (t) => {
  t.equal(encodeBitstring([5, 9]), encodeBitstring(new Set([9, 5])));
});

void t.test('statuses of several bits are read in their order', async (t) => {
  const bytes = new Uint8Array(16_384);
  bytes[0] = 0b0111_0010;
  const bits = decodeBitstring(pack(bytes));
  t.same(
    [0, 1, 2, 3].map((index) => bits.get(index, 2)),
    [1, 3, 0, 2],
  );
  t.equal(bits.get(0, 8), 0b0111_0010);
});

void t.test('a list too short, of broken bytes, or a bit outside it is not written', async (t) => {
  t.throws(() => encodeBitstring([], 131_064), { code: 'ERR_OB_STATUS_LENGTH' });
  t.throws(() => encodeBitstring([], 131_073), { code: 'ERR_OB_STATUS_LENGTH' });
  for (const index of [-1, 131_072, 0.5]) t.throws(() => encodeBitstring([index]), { code: 'ERR_OB_STATUS_RANGE' });
});

void t.test('an index outside the list is a range error', async (t) => {
  const bits = decodeBitstring(encodeBitstring([]));
  for (const index of [-1, 131_072, 1.5, Number.NaN, Number.MAX_SAFE_INTEGER])
    t.throws(() => bits.get(index), { code: 'ERR_OB_STATUS_RANGE' });
  t.throws(() => bits.get(65_536, 2), { code: 'ERR_OB_STATUS_RANGE' });
});

void t.test('what is no multibase, no strict base64url or no gzip is malformed', async (t) => {
  const good = encodeBitstring([1]);
  for (const bad of [
    undefined,
    7,
    '',
    'u',
    good.slice(1),
    `z${good.slice(1)}`,
    `${good}=`,
    `${good.slice(0, 9)} ${good.slice(9)}`,
    'u!!!!',
    'uAAAA',
    good.slice(0, 40),
  ])
    t.throws(() => decodeBitstring(bad), { code: 'ERR_OB_STATUS_MALFORMED' }, String(bad).slice(0, 20));
});

void t.test('a gzip bomb is stopped at the bound', async (t) => {
  const bomb = pack(new Uint8Array(40 * 1024 * 1024));
  t.throws(() => decodeBitstring(bomb), { code: 'ERR_OB_STATUS_MALFORMED', message: /unfolds/ });
  t.throws(() => decodeBitstring(encodeBitstring([]), { maxBytes: 1000 }), { message: /unfolds/ });
});

void t.test('hostile texts never crash', async () => {
  fc.assert(
    fc.property(fc.base64String(), (text) => {
      try {
        decodeBitstring(`u${text}`);
      } catch (error) {
        return (error as { code: string }).code === 'ERR_OB_STATUS_MALFORMED';
      }
      return true;
    }),
  );
});
