// What was bundled is what is meant: the contexts cannot be changed, fetched or mistaken.
import t from 'tap';
import { createHash } from 'node:crypto';
import { CONTEXTS, OB_V3, VC_V2, loadDocument } from '../../src/openbadges/contexts.ts';

function terms(url: string): Record<string, unknown> {
  return (CONTEXTS.get(url) as { '@context': Record<string, unknown> })['@context'];
}

void t.test('an unknown context is refused by name, never fetched', async (t) => {
  await t.rejects(loadDocument('https://example.org/context.json'), {
    code: 'ERR_OB_CONTEXT_UNKNOWN',
    message: /https:\/\/example\.org\/context\.json/,
  });
  await t.rejects(loadDocument('__proto__'), { code: 'ERR_OB_CONTEXT_UNKNOWN' });
});

void t.test('no context can be changed, at any depth', async (t) => {
  const frozen = (value: unknown): boolean =>
    value === null || typeof value !== 'object' || (Object.isFrozen(value) && Object.values(value).every(frozen));
  for (const [url, document] of CONTEXTS) t.ok(frozen(document), url);
  const loaded = await loadDocument(OB_V3);
  (loaded.document as { '@context': Record<string, unknown> })['@context'].name = 'https://evil.example/name';
  t.notMatch(JSON.stringify(await loadDocument(OB_V3)), /evil/);
});

void t.test('Open Badges 3.0.3 is the newer copy, with endorsementJwt and jti', async (t) => {
  t.ok(terms(OB_V3).endorsementJwt);
  t.ok(terms(OB_V3).jti);
});

void t.test('the bundled texts are the ones that were reviewed', async (t) => {
  // The order of members does not count, so the digest is of the members sorted. Both texts were compared with what
  // their publishers serve: whoever changes one of them changes what every badge says.
  const sorted = (value: unknown): unknown =>
    value === null || typeof value !== 'object' || Array.isArray(value)
      ? value
      : Object.fromEntries(
          Object.entries(value)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([key, member]) => [key, sorted(member)]),
        );
  const digest = (url: string) =>
    createHash('sha256')
      .update(JSON.stringify(sorted(CONTEXTS.get(url))))
      .digest('hex');
  t.equal(digest(VC_V2), 'b463c8d6a066214123ddd9827b135e1b50e1fc73322cc52a9b12a4f1fc7d86cf');
  t.equal(digest(OB_V3), '04b1136ddc4eda9a8966bc7ef182789f233a26739473140ef75d6968c29a2966');
});
