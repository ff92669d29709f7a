// The head of a badge's page: previews, other forms, the LinkedIn form filled in.
import t from 'tap';
import { alternateLinks, linkedDataFor, linkedInUrl, previewMeta } from '../../src/pages/credential-head.ts';
import { wordsOf } from '../../src/pages/words.ts';
import { HOSTILE, site, viewOf } from './badge-for-pages.ts';

await t.test('every value of the LinkedIn form arrives as it is', async (t) => {
  const view = viewOf({
    validUntil: '2027-02-28T00:00:00Z',
    achievement: { key: 'core', name: 'Teaching & Learning: 100% “open”?', description: '' },
    issuer: { id: 'did:web:x', name: 'Ünï & Co = #1' },
  });
  const query = new URL(linkedInUrl(view)).searchParams;
  t.same(Object.fromEntries(query), {
    startTask: 'CERTIFICATION_NAME',
    name: 'Teaching & Learning: 100% “open”?',
    organizationName: 'Ünï & Co = #1',
    issueYear: '2026',
    issueMonth: '3',
    expirationYear: '2027',
    expirationMonth: '2',
    certUrl: view.url,
    certId: view.id,
  });
  t.notMatch(linkedInUrl(viewOf()), /expiration/);
  const numbered = new URL(linkedInUrl(view, '12345')).searchParams;
  t.equal(numbered.get('organizationId'), '12345');
  t.notOk(numbered.has('organizationName'), 'one or the other');
});

await t.test('a preview has a picture of known size and escaped words', async (t) => {
  const meta = previewMeta(
    {
      title: HOSTILE,
      description: HOSTILE,
      url: 'https://a.example',
      imageUrl: 'https://a.example/p.png',
      imageWidth: 1200,
      imageHeight: 630,
      siteName: 'S',
    },
    wordsOf('en'),
  ).text;
  t.match(meta, /property="og:image:width"\s+content="1200"/);
  t.match(meta, /name="twitter:card"\s+content="summary_large_image"/);
  t.notMatch(meta, /<script/);
});

await t.test('the other forms are linked by their media types', async (t) => {
  t.match(
    alternateLinks(viewOf()).text,
    /rel="alternate" type="application\/vc" href="https:\/\/badges.example.org\/credentials\/[0-9a-f-]{36}\.json"/,
  );
});

await t.test('schema.org hears what kind it is and until when', async (t) => {
  t.match(linkedDataFor(viewOf({ validUntil: '2027-01-01T00:00:00Z' }), site.publicUrl), {
    credentialCategory: 'Badge',
    expires: '2027-01-01T00:00:00Z',
  });
  t.match(linkedDataFor(viewOf({ achievement: { key: 'core', name: 'C', description: '' } }), site.publicUrl), {
    credentialCategory: 'Certificate',
  });
});
