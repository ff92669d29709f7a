// Whatever was hashed before, the digest is that of the bytes.
import t from 'tap';
import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import fc from 'fast-check';
import { PrefixDigest } from '../../../src/openbadges/rdf/prefix-digest.ts';

void t.test('of texts that begin alike, as far as is said and no further', async (t) => {
  const step = fc.tuple(fc.nat({ max: 12_000 }), fc.nat({ max: 12_000 }), fc.nat({ max: 12_000 }));
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), (steps) => {
      const digest = new PrefixDigest();
      let bytes = Buffer.alloc(0);
      for (const [n, [size, differsAt, said]] of steps.entries()) {
        const next = Buffer.alloc(size, n + 1);
        const same = bytes.copy(next, 0, 0, Math.min(differsAt, size));
        bytes = next;
        // Less than is the same may be said, as it is of what was written anew.
        const told = Math.min(same, said % 3 === 0 ? said : same);
        assert.equal(digest.digest(bytes, told).toString('hex'), hash('sha256', bytes));
      }
    }),
    { numRuns: 500 },
  );
  t.pass();
});

void t.test('what was begun is not begun anew while it serves', async (t) => {
  const digest = new PrefixDigest();
  const bytes = Buffer.alloc(10_000, 7);
  for (const last of [1, 2, 3]) {
    bytes[9_999] = last;
    t.equal(digest.digest(bytes, last === 1 ? 0 : 9_999).toString('hex'), hash('sha256', bytes));
  }
  // What is said to be the same is not read: the bytes that were begun with stand for it.
  const other = Buffer.from(bytes).fill(9, 0, 100);
  t.equal(digest.digest(other, 9_999).toString('hex'), hash('sha256', bytes));
});
