// The trail: each stone says by what it was laid.
import t from 'tap';
import { requirementTrail } from '../../src/pages/requirement-trail.ts';
import type { VerdictNode } from '../../src/tracks/evaluate.ts';
import { wordsOf } from '../../src/pages/words.ts';
import { HOSTILE } from './badge-for-pages.ts';

const leaf = (type: 'completed' | 'waived' | 'attended', source = 'https://lms.example'): VerdictNode => ({
  id: 'a/b',
  kind: 'unit',
  title: 'Unit',
  complete: true,
  done: 1,
  required: 1,
  satisfiedBy: [{ completion: 'c', source, occurredAt: '2026-03-01T10:00:00Z', type }],
});
const open: VerdictNode = {
  id: 'a/c',
  kind: 'unit',
  title: 'Open one',
  complete: false,
  done: 0,
  required: 1,
  missing: ['a/c'],
};

await t.test('the way it was met is said, and by which platform', async (t) => {
  const words = wordsOf('en');
  t.match(requirementTrail(leaf('waived'), words).text, /waived[^]*by <bdi>lms.example/);
  t.match(requirementTrail(leaf('attended'), words).text, /attended/);
  t.match(requirementTrail(leaf('completed', 'urn:x'), words).text, /<bdi>urn:x/);
  t.notMatch(requirementTrail(leaf('completed', HOSTILE), words).text, /<script/);
});

await t.test('what is open in an incomplete part is shown as open', async (t) => {
  const part: VerdictNode = {
    id: 'g',
    kind: 'allOf',
    title: 'Part',
    complete: false,
    done: 1,
    required: 2,
    missing: ['a/c'],
    children: [leaf('completed'), open],
  };
  const shown = requirementTrail({ ...part, id: 'root', children: [part, open] }, wordsOf('en')).text;
  t.match(shown, /class="open"[^]*Open one[^]*not done/);
  t.match(shown, /1 of 2/);
});
