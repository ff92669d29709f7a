import { createHash } from 'node:crypto';
import t from 'tap';
import fc from 'fast-check';
import { permutationOf } from '../../../src/openbadges/status/status-index.ts';

const KEY = Buffer.from('00112233445566778899aabbccddeeff', 'hex');

void t.test(
  'property: a permutation, for any length and key: each counter its own place, all places inside',
  async () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 600 }), fc.uint8Array({ minLength: 16, maxLength: 64 }), (length, key) => {
        const places = new Set(
          Array.from({ length }, (_, counter) => permutationOf(Buffer.from(key), length)(counter)),
        );
        return places.size === length && [...places].every((place) => place >= 0 && place < length);
      }),
      { numRuns: 25 },
    );
  },
);

void t.test('a part of the real list: no place twice, and the order of awards does not show', async (t) => {
  const places = Array.from({ length: 4000 }, (_, counter) => permutationOf(KEY, 131_072)(counter));
  t.equal(new Set(places).size, 4000);
  const rising = places.filter((place, position) => position > 0 && place > places[position - 1]!).length;
  t.ok(rising > 1800 && rising < 2200, 'as often up as down');
  t.ok(Math.max(...places) > 120_000 && Math.min(...places) < 10_000, 'all over the list');
});

void t.test('the same key gives the same place for ever; another key another one', async (t) => {
  const first = Array.from({ length: 8 }, (_, counter) => permutationOf(KEY, 131_072)(counter));
  t.same(
    first,
    Array.from({ length: 8 }, (_, counter) => permutationOf(KEY, 131_072)(counter)),
  );
  const other = Array.from({ length: 8 }, (_, counter) => permutationOf(Buffer.alloc(16, 1), 131_072)(counter));
  t.notSame(first, other);
});

void t.test('places are those that were given out before: they stand in badges', async (t) => {
  // Digests of the first thousand places, recorded when each round was hashed anew. Above 2^20 it still is.
  for (const [length, digest] of [
    [2, '83b97b859aa5f81b'],
    [100, '6bb39c97d2bd83dd'],
    [131_071, '6f288a9a70632e16'],
    [131_072, '6f288a9a70632e16'],
    [2 ** 20, '0eeea25f9d9cf3fc'],
    [2 ** 20 + 1, '72623ed4f18b56de'],
    [2 ** 30, '17b759ce6a5f5bb3'],
  ] as const) {
    const placeIn = permutationOf(KEY, length);
    const first = Array.from({ length: Math.min(length, 1000) }, (_, counter) => placeIn(counter));
    t.equal(createHash('sha256').update(first.join()).digest('hex').slice(0, 16), digest, `${length} places`);
    t.same(
      first.map((_, at) => placeIn(first.length - 1 - at)),
      first.toReversed(),
      'and the same when they are asked for again, in another order',
    );
  }
});

void t.test('the whole list: every place once', async (t) => {
  const placeIn = permutationOf(KEY, 131_072);
  t.equal(new Set(Array.from({ length: 131_072 }, (_, counter) => placeIn(counter))).size, 131_072);
});

void t.test('a counter outside the list, a short key and a senseless length are refused', async (t) => {
  for (const counter of [-1, 131_072, 0.5, Number.NaN])
    t.throws(() => permutationOf(KEY, 131_072)(counter), { code: 'ERR_OB_STATUS_INDEX' });
  t.throws(() => permutationOf(Buffer.alloc(15), 131_072)(0), { code: 'ERR_OB_STATUS_INDEX' });
  for (const length of [0, 1, 2 ** 31, 1.5])
    t.throws(() => permutationOf(KEY, length)(0), { code: 'ERR_OB_STATUS_INDEX' });
});
