// The identity of a record: client, source and id, which nothing in their texts can confuse.
import fc from 'fast-check';
import t from 'tap';
import { namesIn, recordKey, type Submission } from '../../src/completions/submission.ts';
import { record, submission } from './submissions.ts';

await t.test('two records have one key only when all three are the same', async (t) => {
  const parts = fc.tuple(fc.string(), fc.string(), fc.string());
  const key = ([clientId, source, recordId]: [string, string, string]) => recordKey({ clientId, source, recordId });
  fc.assert(fc.property(parts, parts, (a, b) => (key(a) === key(b)) === a.every((text, n) => text === b[n])));
  t.not(key(['a', 'b","c', 'd']), key(['a","b', 'c', 'd']));
});

await t.test('two records of one learner, or under one id, have a name in common; others have none', async (t) => {
  const common = (a: Submission, b: Submission) => namesIn(a).some((name) => namesIn(b).includes(name));
  const ada = record('copyright/basics', 'ada');
  t.ok(common(submission(ada), submission(record('copyright/global', 'ada'))));
  t.ok(common(submission(ada), submission(record('copyright/basics', 'ben', { id: ada.id }))));
  const email = (value: string, verified: boolean) => ({ identifiers: [{ type: 'email' as const, value, verified }] });
  t.ok(
    common(
      submission(record('copyright/basics', 'ada', { learner: email('Ada@example.edu', true) })),
      submission(record('copyright/basics', 'ada', { learner: email('ada@example.edu', false) })),
    ),
    'believed or not',
  );
  t.notOk(common(submission(ada), submission(record('copyright/basics', 'ben'))));
  t.notOk(common(submission(ada), submission(record('copyright/basics', 'ben', { id: ada.id }), { clientId: 'b' })));
});
