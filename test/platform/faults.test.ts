// What zod found, with the remedy.
import t from 'tap';
import { z } from 'zod';
import { faultsOf } from '../../src/platform/faults.ts';

const shape = z.strictObject({
  id: z.uuid(),
  kind: z.enum(['unit', 'session']),
  count: z.int().min(1),
  when: z.iso.datetime({ error: 'Give the time with its zone.' }).optional(),
  names: z.array(z.string()).max(2).optional(),
  target: z
    .discriminatedUnion('type', [
      z.strictObject({ type: z.literal('a'), value: z.string() }),
      z.strictObject({ type: z.literal('b') }),
    ])
    .optional(),
  either: z
    .union([z.strictObject({ url: z.url() }), z.strictObject({ file: z.string(), size: z.int(), kind: z.string() })])
    .optional(),
});

function find(given: object): Record<string, string> {
  const parsed = shape.safeParse(given);
  if (parsed.success) return {};
  return Object.fromEntries(faultsOf(parsed.error, given).map(({ pointer, code }) => [pointer, code]));
}

const good = { id: '9f1d6f0e-2c53-4f0e-9d5e-0d1b3f6f8c11', kind: 'unit', count: 1 };

await t.test('each fault has its place and its code', async (t) => {
  t.same(find(good), {});
  t.same(find({}), { '/id': 'missing', '/kind': 'missing', '/count': 'missing' });
  t.same(find({ ...good, id: 5, count: 0 }), { '/id': 'wrong_type', '/count': 'too_small' });
  t.same(find({ ...good, id: 'x', kind: 'y' }), { '/id': 'wrong_format', '/kind': 'not_allowed' });
  t.same(find({ ...good, names: ['a', 'b', 'c'] }), { '/names': 'too_big' });
  t.same(find({ ...good, extra: 1, 'a/b': 2 }), { '/extra': 'unknown_field', '/a~1b': 'unknown_field' });
  t.same(find({ ...good, target: { type: 'a' } }), { '/target/value': 'missing' });
});

await t.test('what two rules say alike is said once', async (t) => {
  const parsed = z.object({ n: z.int().max(Number.MAX_SAFE_INTEGER) }).safeParse({ n: 2 ** 60 });
  t.equal(parsed.error?.issues.length, 2);
  t.match(faultsOf(parsed.error!), [{ pointer: '/n', code: 'too_big' }]);
  t.equal(faultsOf(parsed.error!).length, 1);
});

await t.test('of a union, the branch that is nearest', async (t) => {
  t.same(find({ ...good, either: { url: 'not a url' } }), { '/either/url': 'wrong_format' });
});

await t.test('a sentence of the schema is kept', async (t) => {
  const parsed = shape.safeParse({ ...good, when: 'noon' });
  t.match(faultsOf(parsed.error!), [{ pointer: '/when', detail: 'Give the time with its zone.' }]);
});

await t.test('thousands of faults are cut short', async (t) => {
  const many = z.array(z.string()).safeParse(Array.from({ length: 1000 }, () => 1));
  t.equal(faultsOf(many.error!).length, 50);
});
