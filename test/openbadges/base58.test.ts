// Base 58 is that of the library, of every length and with zeros in front, both ways.
import t from 'tap';
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { base58 } from '@scure/base';
import { decodeBase58, encodeBase58 } from '../../src/openbadges/base58.ts';

function compare(bytes: Uint8Array): void {
  const text = base58.encode(bytes);
  assert.equal(encodeBase58(bytes), text);
  assert.deepEqual(Uint8Array.from(decodeBase58(text)), bytes);
}

void t.test('the least and the greatest of every length', async (t) => {
  for (let length = 0; length < 100; length += 1) {
    const zeros = new Uint8Array(length);
    compare(zeros);
    compare(zeros.slice().fill(255));
    compare(Uint8Array.of(1, ...zeros));
    compare(Uint8Array.of(...zeros, 1));
    const text = 'z'.repeat(length);
    assert.deepEqual(Uint8Array.from(decodeBase58(text)), Uint8Array.from(base58.decode(text)));
  }
  t.pass();
});

void t.test('bytes of any kind', async (t) => {
  fc.assert(
    fc.property(fc.nat({ max: 5 }), fc.uint8Array({ maxLength: 100 }), (zeros, bytes) => {
      compare(Uint8Array.of(...Array<number>(zeros).fill(0), ...bytes));
    }),
    { numRuns: 2000 },
  );
  t.pass();
});

void t.test('letters that base 58 does not have are refused', async (t) => {
  for (const letter of ['0', 'O', 'I', 'l', '+', ' ', '\u0000', '\u007f', 'é', 'Ā', '𝟏']) {
    for (const text of [letter, `1${letter}`, `${letter}2`, `22222${letter}`, `${'2'.repeat(87)}${letter}`]) {
      t.throws(() => decodeBase58(text), JSON.stringify(text));
    }
  }
});
