// What a parsed body does not show is judged from its text.
import t from 'tap';
import { judgeEnvelope, textToJudge } from '../../src/verification/posted-json.ts';

void t.test('a badge as it is, and a request whose badge means two things, are judged by their text', async (t) => {
  const badge = '{"type":"x","name":"a"}';
  const twice = '{"type":"x","name":"a","name":"b"}';
  for (const text of [
    badge,
    twice,
    `{"input":${twice}}`,
    '{"@context":[]}',
    `{"input":{"a":${'['.repeat(1e5)}${']'.repeat(1e5)}}}`,
  ])
    t.equal(textToJudge(text), text);
  for (const text of [
    `{"input":${badge}}`,
    JSON.stringify({ input: twice }),
    '{"name":"a"}',
    '[1]',
    'null',
    '"x"',
    '{',
  ])
    t.equal(textToJudge(text), undefined);
});

void t.test('an envelope may be as much deeper than a badge as it is one', async (t) => {
  const levels = (depth: number) => `{"input":${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}}`;
  t.ok(judgeEnvelope(levels(64)).ok);
  t.match(judgeEnvelope(levels(65)), { ok: false, fault: 'too_deep' });
  t.match(judgeEnvelope('{"options":1,"options":2}'), { ok: false, fault: 'repeated_member' });
});
