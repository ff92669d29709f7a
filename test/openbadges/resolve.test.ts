// The ways of not having a document are kept apart.
import t from 'tap';
import { fetchDocument, fetchJson, ResolveError } from '../../src/openbadges/resolve.ts';
import { serve } from './documents.ts';

const resolve = serve({
  'https://a.example/good': { id: 'x' },
  'https://a.example/gone': { status: 410 },
  'https://a.example/busy': { status: 503 },
  'https://a.example/text': 'nonsense',
  'https://a.example/list': [1],
});

void t.test('a JSON object is found', async (t) => {
  t.match(await fetchJson(resolve, 'https://a.example/good'), { found: true, json: { id: 'x' } });
});

void t.test('unreachable, absent and unreadable are three things', async (t) => {
  t.match(await fetchJson(resolve, 'https://a.example/nowhere'), { found: false, why: 'unreachable' });
  t.match(await fetchJson(resolve, 'https://a.example/gone'), { found: false, why: 'absent' });
  t.match(await fetchDocument(resolve, 'https://a.example/busy', '*/*'), { found: false, why: 'unreachable' });
  t.match(await fetchJson(resolve, 'https://a.example/text'), { found: false, why: 'unreadable' });
  t.match(await fetchJson(resolve, 'https://a.example/list'), { found: false, why: 'unreadable' });
});

void t.test('a fault of the resolver itself is no answer', async (t) => {
  await t.rejects(
    fetchDocument(() => Promise.reject(new TypeError('ours')), 'https://a.example/', '*/*'),
    TypeError,
  );
  t.equal(new ResolveError('refused', 'no').kind, 'refused');
});
