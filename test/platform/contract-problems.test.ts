// The problems of every kind of route, as the contract shows them.
import t from 'tap';
import { describeProblems, standardProblems, STANDARD_PROBLEMS } from '../../src/platform/contract-problems.ts';
import { Problem } from '../../src/platform/problem.ts';

const nothing = { token: false, limited: false, body: false, params: false, query: false };

await t.test('a route meets the problems of its kind, and no others', async (t) => {
  t.same(standardProblems(nothing), []);
  t.same(standardProblems({ ...nothing, token: true, limited: true }), [
    'TokenMissing',
    'ScopeMissing',
    'TooManyRequests',
  ]);
  const body = standardProblems({ ...nothing, body: true }).map((name) => STANDARD_PROBLEMS[name]?.status);
  t.same(body.sort(), [400, 413, 415, 422]);
  t.same(standardProblems({ ...nothing, params: true }), ['NotFound', 'Invalid']);
});

await t.test('each is the problem that is answered in earnest, with its own code', async (t) => {
  const codes = Object.values(STANDARD_PROBLEMS).map((problem) => problem.code);
  t.equal(new Set(codes).size, codes.length);
  t.notOk(codes.includes('internal'), 'none of them is what nobody expected');
});

await t.test('problems of one status stand together, each by its code, with the headers of the status', async (t) => {
  t.match(describeProblems([new Problem('busy', 503, 'Come again.'), new Problem('asleep', 503, 'Come later.')]), {
    description: '`busy`: Come again.\n\n`asleep`: Come later.',
    headers: { 'Retry-After': { schema: { type: 'string' } } },
    content: {
      'application/problem+json': { examples: { busy: { value: { code: 'busy', status: 503 } }, asleep: {} } },
    },
  });
});
