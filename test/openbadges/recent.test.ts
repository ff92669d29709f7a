// A bounded memory keeps what is asked for, and never more than it may.
import t from 'tap';
import { Recent } from '../../src/openbadges/recent.ts';

void t.test('the oldest go first, but for those that were asked for', async (t) => {
  const recent = new Recent<number>(40);
  for (const [n, key] of ['a', 'b', 'c', 'd'].entries()) recent.set(key, n, 9);
  t.equal(recent.get('a'), 0);
  recent.set('e', 4, 9);
  t.equal(recent.get('b'), undefined, 'the oldest that nobody asked for');
  t.same(
    ['a', 'c', 'd', 'e'].map((key) => recent.get(key)),
    [0, 2, 3, 4],
  );
});

void t.test('what is set again counts once, what is deleted not at all', async (t) => {
  const recent = new Recent<string>(20);
  for (let n = 0; n < 10; n += 1) recent.set('a', `value ${n}`, 9);
  recent.set('b', 'other', 9);
  t.equal(recent.get('a'), 'value 9');
  t.equal(recent.get('b'), 'other');
  recent.delete('a');
  recent.set('c', 'third', 9);
  t.equal(recent.get('b'), 'other');
  t.equal(recent.get('a'), undefined);
});

void t.test('what is heavier than all is not kept, and takes the others with it only as far as it must', async (t) => {
  const recent = new Recent<string>(20);
  recent.set('a', 'light', 1);
  recent.set('b', 'heavy', 100);
  t.equal(recent.get('b'), undefined);
});
