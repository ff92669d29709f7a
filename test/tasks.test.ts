// What runs in threads gives the very bytes that it gives in the main thread.
import t from 'tap';
import { openWorkers } from '../src/platform/worker-pool.ts';
import { renderBadgeSvg } from '../src/tracks/badge-image.ts';
import { findAwardable } from '../src/tracks/catalogue.ts';
import { viewOf } from './pages/badge-for-pages.ts';
import { badge as badgeOf, issuerDocuments, now, sign } from './openbadges/signed-badges.ts';

const inside = openWorkers({ threads: 0 });
// A thread gives way to everything else; on a machine with much else to do it may take long, and is right all the same.
const apart = openWorkers({ threads: 1, timeoutMs: 200_000, silenceMs: 200_000 });
t.teardown(() => apart.close());

const awardable = findAwardable('core/commons')!;
const given = { publicUrl: 'https://school.example', now, ownIssuers: [] };

async function sameInBoth(name: string, input: unknown): Promise<unknown> {
  const ask = async (question: unknown): Promise<unknown> => {
    const { url } = question as { url: string };
    const document = issuerDocuments[url];
    const status = document === undefined ? 404 : 200;
    return { url, status, contentType: 'application/json', body: JSON.stringify(document ?? {}) };
  };
  const [first, second] = [await inside.run(name, input, ask), await apart.run(name, input, ask)];
  const bytes = (value: unknown): unknown => (value instanceof Uint8Array ? Buffer.from(value) : JSON.stringify(value));
  t.same(bytes(second), bytes(first), name);
  return second;
}

await t.test('pictures, certificates and reports', async (t) => {
  await sameInBoth('badge-png', { svg: renderBadgeSvg(awardable), sizePx: 100 });
  await sameInBoth('preview', {
    ...{
      awardable,
      state: 'valid',
      stateTitle: 'Genuine',
      issuerName: 'Example',
      recipientName: 'Ada',
      day: '4 March',
    },
  });
  await sameInBoth('certificate', { view: viewOf(), awardable, language: 'ar', size: 'letter' });
  const badge = await sign(badgeOf());
  for (const input of [JSON.stringify(badge), JSON.stringify({ ...badge, name: 'Changed' }), 'no badge', '{"a":'])
    for (const name of ['verify-submission', 'write-report'])
      await sameInBoth(name, { ...given, input, at: undefined, recipient: undefined });
  t.match(await sameInBoth('verify-credential', { ...given, credential: badge, proof: undefined }), {
    outcome: 'valid',
  });
  const presentation = {
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    type: ['VerifiablePresentation'],
    verifiableCredential: [badge],
  };
  const report = await sameInBoth('verify-presentation', { ...given, presentation });
  t.match(report, { faults: [], credentials: [{}] });
});
