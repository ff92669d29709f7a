// Problems and pointers.
import t from 'tap';
import { jsonPointer, Problem, PROBLEM_SCHEMA, problemBody } from '../../src/platform/problem.ts';

await t.test('a body names the code, the sentence and each fault, and fits its schema', async (t) => {
  const errors = [{ pointer: '/a', code: 'missing', detail: 'Give it.' }];
  const body = problemBody(new Problem('invalid', 422, 'Not so.', { errors }), { id: 'x' });
  t.match(body, {
    type: '/docs#problem-invalid',
    status: 422,
    code: 'invalid',
    detail: 'Not so.',
    instance: 'urn:uuid:x',
    errors,
  });
  t.ok(PROBLEM_SCHEMA.safeParse(body).success);
});

await t.test('above 499 nothing of what is inside is told', async (t) => {
  const body = problemBody(
    new Problem('internal', 500, 'disk /dev/sda3 full', { errors: [{ pointer: '/x', code: 'y', detail: 'z' }] }),
    { id: 'x' },
  );
  t.notMatch(JSON.stringify(body), /sda3|"z"/);
});

await t.test('pointers escape what RFC 6901 escapes', async (t) => {
  t.equal(jsonPointer(['a/b', 0, 'm~n']), '/a~1b/0/m~0n');
  t.equal(jsonPointer([]), '');
});
