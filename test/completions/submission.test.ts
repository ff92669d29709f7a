// The identity of a record: client, source and id, which nothing in their texts can confuse.
import fc from 'fast-check';
import t from 'tap';
import { recordKey } from '../../src/completions/submission.ts';

await t.test('two records have one key only when all three are the same', async (t) => {
  const parts = fc.tuple(fc.string(), fc.string(), fc.string());
  const key = ([clientId, source, recordId]: [string, string, string]) => recordKey({ clientId, source, recordId });
  fc.assert(fc.property(parts, parts, (a, b) => (key(a) === key(b)) === a.every((text, n) => text === b[n])));
  t.not(key(['a', 'b","c', 'd']), key(['a","b', 'c', 'd']));
});
