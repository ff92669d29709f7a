// Our own documents come from inside, each document is asked for once, and a verification has a budget.
import t from 'tap';
import type { Resolve } from '../../src/openbadges/resolve.ts';
import { withinBudget, withOwnDocuments } from '../../src/verification/compose-resolvers.ts';

const outside: Resolve = async (url) => ({ url, status: 200, contentType: 'text/plain', body: `outside ${url}` });

void t.test('our own first, all others outside', async (t) => {
  const resolve = withOwnDocuments(
    async (url) => (url.includes('ours') ? { url, status: 200, contentType: '', body: 'ours' } : undefined),
    outside,
  );
  t.match(await resolve('https://ours.example/', '*/*'), { body: 'ours' });
  t.match(await resolve('https://theirs.example/', '*/*'), { body: 'outside https://theirs.example/' });
  t.equal(withOwnDocuments(undefined, outside), outside);
});

void t.test('one document is fetched once, also by two who ask at the same time', async (t) => {
  let asked = 0;
  const resolve = withinBudget(
    async (url, accept) => ((asked += 1), outside(url, accept)),
    () => 0,
  );
  await Promise.all([resolve('https://a.example/', 'x'), resolve('https://a.example/', 'x')]);
  t.equal(asked, 1);
});

void t.test('number, size and time are bounded', async (t) => {
  const budget = { fetches: 2, sizeBytes: 10, timeMs: 100 };
  let now = 0;
  const many = withinBudget(
    async (url) => ({ url, status: 200, contentType: '', body: '' }),
    () => now,
    budget,
  );
  await many('https://a.example/1', '');
  await many('https://a.example/2', '');
  await t.rejects(many('https://a.example/3', ''), { name: 'ResolveError', kind: 'budget' });
  const large = withinBudget(outside, () => now, budget);
  await large('https://a.example/1', '');
  await t.rejects(large('https://a.example/2', ''), { name: 'ResolveError', kind: 'budget' });
  const slow = withinBudget(outside, () => now, budget);
  now = 200;
  await t.rejects(slow('https://a.example/1', ''), { name: 'ResolveError', kind: 'budget' });
});
