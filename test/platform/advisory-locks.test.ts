// No two locks are one.
import t from 'tap';
import { ADVISORY_LOCKS } from '../../src/platform/advisory-locks.ts';

await t.test('every advisory lock has a number of its own', async (t) => {
  const numbers = Object.values(ADVISORY_LOCKS);
  t.equal(new Set(numbers).size, numbers.length);
});
